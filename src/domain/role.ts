/**
 * What an account may do in a clinic; each role is given for one clinic, and none is given by another.
 *
 * - `viewer`: reads worklists and timelines
 * - `scheduler`: also records contacts, bookings and deferrals
 * - `clinician`: also records findings and decisions, and approves protocols
 * - `administrator`: manages accounts, subscriptions and the clinic's settings
 * - `service`: a machine that signs in with an API key
 */
export const ROLES = ['viewer', 'scheduler', 'clinician', 'administrator', 'service'] as const;
export type Role = (typeof ROLES)[number];
