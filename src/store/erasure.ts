import type { AuditEntry } from './audit.ts';
import { readFacts } from './event-text.ts';

export const ERASURE_GROUNDS = ['patient-request', 'retention-ended', 'entered-in-error'] as const;
/** Why a patient is erased. A closed list, so that the audit keeps no free text about a patient. */
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

/** Whose data go: every episode with the patient reference, or one episode. */
export interface Erasure {
  readonly clinic: number;
  readonly whose: { readonly patientRef: string } | { readonly episode: number };
  readonly ground: ErasureGround;
}

/** What an erasure took away. */
export interface Erased {
  /** The numbers of the episodes. They stay, empty, and are never given out again. */
  readonly episodes: readonly number[];
  readonly events: number;
  /** False: others were using the file, so bytes of deleted rows are left in it. `Store.purge` removes them. */
  readonly purged: boolean;
}

/** The audit row of an erasure. `subscriptions`: the selectors of those that went with the patient. */
export function erasureEntry(
  erased: Omit<Erased, 'purged'> & {
    readonly clinic: number;
    readonly ground: ErasureGround;
    readonly subscriptions: readonly string[];
  },
): AuditEntry {
  const { clinic, episodes, events, ground, subscriptions } = erased;
  const also = subscriptions.length === 0 ? {} : { subscriptions };
  return { action: 'patient.erased', clinic, detail: { episodes, events, ground, ...also } };
}

/** Every patient's reference that stands in stored facts, as it is stored elsewhere. */
export function patientRefsIn(facts: readonly string[]): Set<string> {
  const refs = facts.map((text) => readFacts(text).patientRef?.toWellFormed());
  return new Set(refs.filter((ref) => ref !== undefined));
}
