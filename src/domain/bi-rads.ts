/**
 * BI-RADS assessment categories. A plain 4 without a letter is legal on every modality.
 * schedule.md, "Input" and section 2.
 */
export const BI_RADS_CATEGORIES = ['0', '1', '2', '3', '4', '4A', '4B', '4C', '5', '6'] as const;
export type BiRads = (typeof BI_RADS_CATEGORIES)[number];

/** The categories that have an interval; all others ask for something else than the next visit. */
export const INTERVAL_CATEGORIES = ['1', '2', '3'] as const;
export type IntervalCategory = (typeof INTERVAL_CATEGORIES)[number];

/** The categories that ask for an action of their own (schedule.md section 5, "By category"). */
export const ACTION_CATEGORIES = ['0', '4', '4A', '4B', '4C', '5', '6'] as const;

/** Whether a category has an interval (1, 2 or 3). */
export function hasInterval(category: BiRads | undefined): category is IntervalCategory {
  return category === '1' || category === '2' || category === '3';
}

/** Whether a category asks for tissue or treatment (4, 4A, 4B, 4C, 5, 6). */
export function isSuspicious(category: BiRads | undefined): boolean {
  return category !== undefined && category !== '0' && !hasInterval(category);
}

/** The more worrying of two categories that have an interval. */
export function worseOf(a: IntervalCategory, b: IntervalCategory): IntervalCategory {
  return a > b ? a : b;
}
