/**
 * How much a calendar tells. `minimal`: that imaging is due, when, and a code that the worklist
 * finds. `coded`: also the episode's code, the modalities and the reason. `named`: also the patient's
 * reference; for clinic calendars only. calendar.md, "Privacy".
 */
export const CALENDAR_PRIVACIES = ['minimal', 'coded', 'named'] as const;
export type CalendarPrivacy = (typeof CALENDAR_PRIVACIES)[number];
