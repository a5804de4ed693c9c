import { configureGlobal } from 'fast-check';

/**
 * Generated cases differ from run to run, so that the suite goes on searching; with FAST_CHECK_SEED
 * they are always the same, as a build needs it.
 */
const seed = process.env.FAST_CHECK_SEED;
if (seed !== undefined) configureGlobal({ seed: Number(seed) });
