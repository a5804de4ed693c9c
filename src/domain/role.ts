/**
 * What an account may do in a clinic; each role is given for one clinic, and none is given by another.
 *
 * - `viewer`: reads worklists and timelines
 * - `scheduler`: also registers episodes and records what happened: contacts, bookings, exams, results
 * - `clinician`: also decides (answers an escalation, ends surveillance over an open one) and approves protocols
 * - `administrator`: reads, and manages accounts and subscriptions
 * - `service`: a machine with an API key; registers and records
 */
export const ROLES = ['viewer', 'scheduler', 'clinician', 'administrator', 'service'] as const;
export type Role = (typeof ROLES)[number];
