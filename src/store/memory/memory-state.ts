import type { Account } from '../account.ts';
import type { LoggedAcknowledgement } from '../acknowledgement.ts';
import type { ApiKey } from '../api-key.ts';
import type { AuditHead, AuditRow } from '../audit.ts';
import { EMPTY_HEAD } from '../audit-chain.ts';
import type { CalendarEntry } from '../calendar-entry.ts';
import type { Clinic } from '../clinic.ts';
import type { DueItem } from '../due-item.ts';
import type { EventColumns } from '../event-text.ts';
import type { NightlyRun } from '../nightly-run.ts';
import type { LoggedOperation } from '../operation.ts';
import type { SavedView } from '../saved-view.ts';
import type { Approval, ProtocolPin, ProtocolVersion } from '../stored-protocol.ts';
import type { Subscription } from '../subscription.ts';

/** An event as text, like a database keeps it, so that no caller shares an object with the store. */
export interface MemoryEvent extends EventColumns {
  readonly at: number;
  readonly actor: string;
  readonly version: number;
}

/** What an episode's facts and protocol were from a version on. */
export interface MemoryStatement {
  readonly version: number;
  readonly facts: string;
  readonly protocol: ProtocolPin;
}

/** What the memory store holds of an episode that was not erased. */
export interface MemoryEpisode {
  readonly externalId: string;
  readonly patientRef: string | undefined;
  readonly facts: string;
  readonly protocol: ProtocolPin;
  readonly version: number;
  readonly planVersion: number | null;
  /** The facts and the protocol of every version that stated them, the newest last. */
  readonly statements: readonly MemoryStatement[];
  readonly events: readonly MemoryEvent[];
  readonly acknowledgements: readonly LoggedAcknowledgement[];
  readonly items: readonly DueItem[];
  readonly calendar: readonly CalendarEntry[];
  /** The accounts that are responsible for it, in the order of their numbers. */
  readonly clinicians: readonly number[];
}

/** What the memory store holds. Replaced whole or not at all by each unit of work. */
export interface MemoryState {
  readonly clinics: Map<number, Clinic>;
  /** The calendar of closed days of each clinic. */
  readonly calendars: Map<number, string>;
  /** The runs of the nightly job of each clinic, the newest last. */
  readonly runs: Map<number, readonly NightlyRun[]>;
  /** By clinic, id and version. */
  readonly protocols: Map<string, ProtocolVersion & { readonly clinic: number }>;
  readonly approvals: Map<string, readonly Approval[]>;
  /** By number; `episode` is null after an erasure. */
  readonly episodes: Map<
    number,
    { readonly clinic: number; readonly episode: MemoryEpisode | null }
  >;
  readonly accounts: Map<number, Account>;
  /** By selector. */
  readonly apiKeys: Map<string, ApiKey>;
  /** By selector. */
  readonly subscriptions: Map<string, Subscription>;
  /** By clinic and account, in the order of their names. */
  readonly views: Map<string, readonly SavedView[]>;
  /** The newest last. */
  readonly operations: LoggedOperation[];
  readonly audit: AuditRow[];
  head: AuditHead;
  sealedHead: string;
}

/** The key of a protocol version in the maps. */
export function protocolKey(clinic: number, id: string, version: string): string {
  return JSON.stringify([clinic, id, version]);
}

export function emptyState(): MemoryState {
  return {
    clinics: new Map(),
    calendars: new Map(),
    runs: new Map(),
    protocols: new Map(),
    approvals: new Map(),
    episodes: new Map(),
    accounts: new Map(),
    apiKeys: new Map(),
    subscriptions: new Map(),
    views: new Map(),
    operations: [],
    audit: [],
    head: EMPTY_HEAD,
    sealedHead: '',
  };
}
