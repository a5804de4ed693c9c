/** What was done not longer ago, in milliseconds, was done just now. */
export const JUST_NOW = 5 * 60_000;
