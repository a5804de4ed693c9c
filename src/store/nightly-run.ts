import type { Day } from '../domain/civil-date.ts';
import type { AuditHead } from './audit.ts';

/** What a finished run leaves in the ledger. Counts and digests: never a fact of a patient. */
export interface RunReport {
  /** SHA-256 of what the run told, in lower-case hex: two runs that tell the same have the same. */
  readonly digest: string;
  readonly episodes: number;
  /** Rows in each bucket of the worklist. */
  readonly counts: Readonly<Record<string, number>>;
}

/** One run of the nightly job for one clinic. */
export interface NightlyRun {
  /** From 1 in each clinic. */
  readonly run: number;
  /** The day that it lists. */
  readonly asOf: Day;
  /** Who runs it: a host, and a process on it. */
  readonly holder: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly startedAt: number;
  /** Until when no other run of the clinic may start; the run puts it off while it works. */
  readonly leaseUntil: number;
  /** The end of the audit log when it started: its list rests on every change up to here, at least. */
  readonly auditHead: AuditHead;
  /** Null: it is running, or it was killed. */
  readonly finishedAt: number | null;
  readonly report: RunReport | null;
}

/** A run that may start. */
export interface NewRun {
  readonly clinic: number;
  readonly asOf: Day;
  readonly holder: string;
  /** In milliseconds from the act. */
  readonly leaseMs: number;
}

/** Names a run, and whose it is: a run whose lease another one took over can do nothing more. */
export interface RunScope {
  readonly clinic: number;
  readonly run: number;
  readonly holder: string;
}

/** Asks for the runs of a clinic, the newest first. */
export interface RunQuery {
  readonly clinic: number;
  readonly limit: number;
  /** True: only finished ones. */
  readonly finished?: boolean | undefined;
  /** Only runs of earlier days than this one. */
  readonly before?: Day | undefined;
}
