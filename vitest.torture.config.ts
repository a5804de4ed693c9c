import { defineConfig } from 'vitest/config';

/** `npm run torture`: real processes that are killed, full and failing disks, broken files. */
export default defineConfig({
  test: {
    include: ['tests/torture/**/*.torture.ts'],
    testTimeout: 150_000,
    hookTimeout: 60_000,
    // Each starts processes of its own; two cores hold no more.
    maxWorkers: 2,
  },
});
