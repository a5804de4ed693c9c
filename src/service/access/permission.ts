import type { Role } from '../../domain/role.ts';
import type { AccountKind } from '../../store/account.ts';

/**
 * What may be done in a clinic.
 *
 * - `read`: worklists, timelines, calendars, protocols
 * - `record`: what happened to a patient, where it needs no clinician's judgement
 * - `decide`: what takes an item off the list on a clinician's word: see {@link permissionToRecord}
 * - `register`: episodes, and their facts
 * - `approve`: protocols, and which one episodes follow
 * - `subscribe`: calendar subscriptions, and revoke one's own
 * - `administer`: accounts of the clinic, others' subscriptions, `named` calendars, the system page
 */
export type Permission =
  | 'read'
  | 'record'
  | 'decide'
  | 'register'
  | 'approve'
  | 'subscribe'
  | 'administer';

/** What each role may do; what does not stand here, it may not. */
const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  scheduler: ['read', 'record', 'register', 'subscribe'],
  clinician: ['read', 'record', 'decide', 'register', 'approve', 'subscribe'],
  administrator: ['read', 'subscribe', 'administer'],
  service: ['read', 'record', 'register'],
};

/** Who asks: an account as it stands now. */
export interface Caller {
  /** Number of the account. */
  readonly id: number;
  /** The sign-in name; the actor in the audit log. */
  readonly name: string;
  readonly displayName: string;
  readonly kind: AccountKind;
  /** At another version a session of this account is of no use. */
  readonly credentialsVersion: number;
  /** By the number of the clinic; an account has no role in any other. */
  readonly roles: ReadonlyMap<number, ReadonlySet<Role>>;
}

/** Whether the caller may do something in a clinic, by its number. */
export function may(caller: Caller, clinic: number, permission: Permission): boolean {
  const roles = caller.roles.get(clinic) ?? [];
  return [...roles].some((role) => PERMISSIONS[role].includes(permission));
}

/** What the types of events need. A type that does not stand here needs `decide`. */
const TO_RECORD: ReadonlyMap<unknown, Permission> = new Map([
  // Facts of a report or a chart, and what was agreed with the patient.
  ['imaging', 'record'],
  ['report', 'record'],
  ['pathology', 'record'],
  ['ablation', 'record'],
  ['constraint', 'record'],
  ['deferral', 'record'],
  ['decline', 'record'],
  ['booking', 'record'],
  ['contact', 'record'],
  ['closure', 'record'],
]);

/** What is known about a recording beside its events. */
export interface RecordingFacts {
  /** True: open escalations are left unanswered on the author's word. */
  readonly acknowledged?: boolean | undefined;
  /** The events that the episode has, as a correction needs what it takes back needs. */
  readonly recorded?: readonly { readonly id: string; readonly type: string }[] | undefined;
}

/**
 * What recording these events needs, all of them together. `decide`: a `decision`, which closes an
 * escalation; `surgery`, `reopening`, `suspension` and `resumption`, which end or change the course;
 * any ending with an acknowledgement of open escalations; a `correction` of one of these, or of what
 * is not known; whatever is no event of a known type.
 */
export function permissionToRecord(
  events: readonly unknown[],
  { acknowledged = false, recorded = [] }: RecordingFacts = {},
): 'record' | 'decide' {
  if (acknowledged) return 'decide';
  const types = new Map<unknown, unknown>(recorded.map(({ id, type }) => [id, type]));
  const isPlain = (event: unknown) => {
    const { type, of } = fieldsOf(event);
    return TO_RECORD.has(type === 'correction' ? types.get(of) : type);
  };
  return events.every(isPlain) ? 'record' : 'decide';
}

function fieldsOf(event: unknown): { readonly type?: unknown; readonly of?: unknown } {
  return typeof event === 'object' && event !== null ? event : {};
}
