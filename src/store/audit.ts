/** What was done. A closed list; the detail of each is in docs/store.md. */
export type AuditAction =
  | 'store.created'
  | 'store.migrated'
  | 'store.restored'
  | 'clock.accepted'
  | 'clinic.created'
  | 'clinic.calendar-set'
  | 'protocol.recorded'
  | 'protocol.approved'
  | 'episode.registered'
  | 'episode.revised'
  | 'episode.pinned'
  | 'events.appended'
  | 'plans.saved'
  | 'calendar.saved'
  | 'run.started'
  | 'run.renewed'
  | 'run.finished'
  | 'account.created'
  | 'account.revised'
  | 'api-key.created'
  | 'api-key.revoked'
  | 'subscription.created'
  | 'subscription.revoked'
  | 'episode.assigned'
  | 'episode.unassigned'
  | 'view.saved'
  | 'view.removed'
  | 'operation.recorded'
  | 'patient.erased';

/** Counts, numbers and keys of a closed kind. Never a clinical fact, a name, or a patient's reference. */
export type AuditDetail = Readonly<
  Record<string, string | number | readonly number[] | readonly string[]>
>;

/** One change, as it is about to be sealed. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly clinic?: number | undefined;
  readonly episode?: number | undefined;
  /** The version of the episode after the change. */
  readonly version?: number | undefined;
  readonly detail?: AuditDetail | undefined;
  /** The text of what was written; the row keeps a keyed digest of it, not the text. */
  readonly content?: string | undefined;
}

/** One row of the audit log. */
export interface AuditRow {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly actor: string;
  readonly clinic: number | null;
  readonly action: string;
  readonly episode: number | null;
  readonly version: number | null;
  /** JSON. */
  readonly detail: string;
  readonly content: string | null;
  /** HMAC-SHA256 over all of the above and the seal of the row before, in lower-case hex. */
  readonly seal: string;
}

/** Where the log ends. Kept outside the store, in backups and reports, it proves that no end was cut off. */
export interface AuditHead {
  /** 0 for an empty log. */
  readonly seq: number;
  readonly seal: string;
}

/** What is wrong with the log, and at which row. */
export interface AuditBreach {
  /**
   * - `changed`: the row's seal does not fit its content, or the row before it was exchanged
   * - `gap`: rows are missing before it, or it stands twice
   * - `end`: the log does not end where the store says that it does
   * - `head`: the row is not the one that a head kept outside names
   */
  readonly kind: 'changed' | 'gap' | 'end' | 'head';
  readonly seq: number;
}

/** The outcome of checking the log. */
export interface AuditReport {
  readonly rows: number;
  readonly head: AuditHead;
  /** The first breach; null: the log is whole. */
  readonly breach: AuditBreach | null;
}

/** Asks for audit rows in order. */
export interface AuditQuery {
  /** Rows behind this one; 0: from the start. */
  readonly after: number;
  readonly limit: number;
}
