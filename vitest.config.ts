import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/fast-check-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One core more than vitest takes by itself: on two of them that is half the time.
    maxWorkers: availableParallelism(),
  },
});
