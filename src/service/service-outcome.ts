import type { Problem } from '../domain/problem.ts';
import type { Missing, NotDone, Refusal } from '../store/result.ts';

/**
 * Why a use case was not done. Nothing of it was kept.
 *
 * - `invalid`: what was handed in is wrong, or contradicts what is recorded
 * - `not-found`: there is no such clinic, episode or protocol
 * - `refused`: a rule of the store stands against it
 * - `conflict`: someone else changed the same meanwhile; look again and decide again
 * - `busy`: another run is at it; wait
 */
export type ServiceFault = 'invalid' | 'not-found' | 'refused' | 'conflict' | 'busy';

export interface ServiceFailure {
  readonly ok: false;
  readonly fault: ServiceFault;
  readonly problems: readonly Problem[];
}

/** The outcome of a use case. A fault of the store's file is thrown as `StoreFault`. */
export type ServiceOutcome<T> = { readonly ok: true; readonly value: T } | ServiceFailure;

export function succeed<T>(value: T): ServiceOutcome<T> {
  return { ok: true, value };
}

export function fail(fault: ServiceFault, ...problems: readonly Problem[]): ServiceFailure {
  return { ok: false, fault, problems };
}

/** Problems of outside data as the outcome of a use case. */
export function invalid({ problems }: { readonly problems: readonly Problem[] }): ServiceFailure {
  return { ok: false, fault: 'invalid', problems };
}

/** What the store did not do, in words; `whose`: what it was to change, where it can be in conflict. */
export function notDone(result: NotDone, whose: 'episode' | 'account' = 'episode'): ServiceFailure {
  switch (result.outcome) {
    case 'conflict':
      return fail('conflict', {
        path: '',
        message: CHANGED[whose](result.version),
        mend: 'look at it again, decide again',
      });
    case 'not-found':
      return fail('not-found', { path: '', message: MISSING[result.what] });
    case 'refused':
      return fail(faultOf(result.why), { path: '', ...REFUSED[result.why] });
  }
}

function faultOf(why: Refusal): ServiceFault {
  if (why === 'run-in-progress' || why === 'lease-lost') return 'busy';
  return why === 'external-id-taken' || why === 'event-id-taken' ? 'conflict' : 'refused';
}

const CHANGED = {
  episode: (version: number) =>
    `the episode was changed meanwhile and stands at version ${version}`,
  account: () => 'the account was changed meanwhile',
} as const;

const MISSING: Readonly<Record<Missing, string>> = {
  clinic: 'there is no such clinic',
  protocol: 'there is no such protocol version in the clinic',
  episode: 'there is no such episode in the clinic',
  account: 'there is no such account',
  'api-key': 'there is no such API key',
  subscription: 'there is no such subscription',
};

const REFUSED: Readonly<Record<Refusal, { readonly message: string; readonly mend?: string }>> = {
  'id-taken': { message: 'the number is taken', mend: 'try again' },
  'name-taken': { message: 'another account has this name', mend: 'choose another name' },
  'name-malformed': {
    message:
      'a name has 2 to 40 of a-z, 0-9, dot, hyphen and underscore, the first a letter or digit',
    mend: 'choose another name',
  },
  'expiry-out-of-range': {
    message: 'it would end before it begins, or hold for longer than it may',
    mend: 'choose another day',
  },
  'too-long': { message: 'the name or the filters of the view are too long' },
  'code-taken': { message: 'another clinic has this code', mend: 'choose another code' },
  'external-id-taken': {
    message: 'the clinic has an episode with this id',
    mend: 'record events for it, or choose another id',
  },
  'event-id-taken': {
    message: 'the episode has another event with this id',
    mend: 'choose another id; a mistake is mended by a correction',
  },
  'uid-taken': { message: 'another calendar event of the clinic has this UID' },
  'protocol-differs': {
    message: 'this version of the protocol is recorded with another text',
    mend: 'give the changed protocol a new version',
  },
  'not-approved': {
    message: 'no clinician has approved this version of the protocol for the clinic',
    mend: 'approve it first: protocol approve',
  },
  'already-approved': { message: 'this clinician has approved this version before' },
  'uid-changed': { message: 'a calendar event that was handed out keeps its UID' },
  'sequence-not-higher': { message: 'the calendar event was changed meanwhile', mend: 'try again' },
  erased: { message: 'the patient was erased; nothing can be recorded any more' },
  'run-in-progress': { message: 'another nightly run of the clinic is at work' },
  'lease-lost': { message: 'another nightly run of the clinic took over' },
  'clock-behind': {
    message: 'the clock of this machine is earlier than the newest row of the audit log',
    mend: 'set the clock; if it is right, an earlier wrong clock wrote that row: see doctor',
  },
};
