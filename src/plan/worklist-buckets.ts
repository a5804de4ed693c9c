/**
 * The closed list of buckets, the most urgent first. Every open item of an episode lies in exactly one
 * of them on every day; N is the number of days that a clinic looks ahead. Of a visit it is the first
 * that fits of `on-hold`, `overdue`, `booked`, `deferred`, `due`, `opens-soon`, `later`. The reasons are
 * in docs/worklist.md.
 */
export const BUCKETS = {
  'escalation-overdue': {
    title: 'Escalations overdue',
    says: 'An open question whose deadline has passed. No booking and no suspension hides it.',
  },
  escalation: {
    title: 'Escalations',
    says: 'An open question whose deadline is today or later.',
  },
  overdue: {
    title: 'Overdue visits',
    says: 'A visit whose window, with any deferral, is over. It stays here until an event closes it, booked or not.',
  },
  due: {
    title: 'Due visits',
    says: 'A visit whose window is open, without an appointment ahead in it; if it was deferred, the deferral ends within N days.',
  },
  'opens-soon': {
    title: 'Visits that open soon',
    says: 'A visit whose window opens within N days, without an appointment in it.',
  },
  booked: {
    title: 'Booked visits',
    says: 'A visit with an appointment that is today or later and inside its window.',
  },
  deferred: {
    title: 'Deferred visits',
    says: 'A visit whose deadline was moved to a day more than N days away.',
  },
  'on-hold': {
    title: 'On hold or suspended',
    says: 'A visit that waits for the answer of an escalation, or for the end of a suspension, whatever its window; a lane visit only if it opens within N days of that end.',
  },
  'data-to-complete': {
    title: 'Data to complete',
    says: 'Facts of an episode that are not recorded and could change its plan.',
  },
  'to-close': {
    title: 'To close or to go on',
    says: 'An episode without a visit left that nothing has ended.',
  },
  later: {
    title: 'Later',
    says: 'A visit whose window opens in more than N days, without an appointment in it: nothing is to be done yet.',
  },
} as const satisfies Record<string, { readonly title: string; readonly says: string }>;

export type Bucket = keyof typeof BUCKETS;

/** Most urgent first. */
export const BUCKET_NAMES = Object.keys(BUCKETS) as readonly Bucket[];
