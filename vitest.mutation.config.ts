import { defineConfig } from 'vitest/config';

/** The tests that mutation testing runs: those of the pure core, less the long and the random ones. */
export default defineConfig({
  test: {
    include: ['tests/{domain,engine,history,input}/**/*.test.ts', 'tests/conformance.test.ts'],
    exclude: ['tests/domain/civil-date-centuries.test.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});
