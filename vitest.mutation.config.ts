import { defineConfig } from 'vitest/config';

/** The tests that mutation testing runs: those of the pure core, with few generated examples each. */
export default defineConfig({
  test: {
    include: ['tests/{domain,engine,history,properties}/**/*.test.ts', 'tests/conformance.test.ts'],
    exclude: [
      'tests/domain/civil-date-centuries.test.ts',
      'tests/properties/generated-cases.test.ts',
    ],
    env: { FAST_CHECK_RUNS: '15' },
    testTimeout: 30_000,
  },
});
