import { defineConfig } from 'vitest/config';

/** `npm run e2e`: the running service with Debian's Chromium and with real calendar programs. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.ts'],
    testTimeout: 40_000,
    hookTimeout: 60_000,
    // Each starts a service and a browser of its own; two cores hold no more.
    maxWorkers: 2,
  },
});
