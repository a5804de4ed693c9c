import { CLOCK_TOLERANCE_MS } from './act.ts';
import type { AuditHead } from './audit.ts';
import type { NewRun, NightlyRun, RunReport, RunScope } from './nightly-run.ts';
import { type NotDone, refused } from './result.ts';

/**
 * Who may run the nightly job of a clinic. Every store decides by the newest run of the clinic, and
 * by the time of the act.
 */

/** A run that starts; it is refused while the newest one holds a lease. One that ends now has run out. */
export function startedRun(
  newest: NightlyRun | undefined,
  at: number,
  auditHead: AuditHead,
  { asOf, holder, leaseMs }: NewRun,
): NightlyRun | NotDone {
  if (newest !== undefined && holdsLease(newest, at)) return refused('run-in-progress');
  return {
    run: (newest?.run ?? 0) + 1,
    asOf,
    holder: holder.toWellFormed(),
    startedAt: at,
    leaseUntil: at + leaseMs,
    auditHead: { seq: auditHead.seq, seal: auditHead.seal },
    finishedAt: null,
    report: null,
  };
}

/**
 * Whether a run keeps others from starting. One that started well ahead of now was started by a clock
 * that was wrong; that was accepted since.
 */
export function holdsLease({ finishedAt, startedAt, leaseUntil }: NightlyRun, at: number): boolean {
  return finishedAt === null && leaseUntil > at && startedAt <= at + CLOCK_TOLERANCE_MS;
}

/** The run that is named, when it works still: a lease that ran out counts until another run takes over. */
export function heldRun(
  newest: NightlyRun | undefined,
  { run, holder }: RunScope,
): NightlyRun | NotDone {
  const held = newest?.run === run && newest.finishedAt === null;
  return held && newest.holder === holder.toWellFormed() ? newest : refused('lease-lost');
}

/** The run with the end of its lease put off, never put forward; a lease of 0 is one given back. */
export function renewedRun(held: NightlyRun, at: number, leaseMs: number): NightlyRun {
  const until = leaseMs === 0 ? at : Math.max(held.leaseUntil, at + leaseMs);
  return { ...held, leaseUntil: Math.max(held.startedAt, until) };
}

/** The run with what it tells, its lease given back. */
export function finishedRun(held: NightlyRun, at: number, report: RunReport): NightlyRun {
  const { digest, episodes, counts } = report;
  const kept = { digest, episodes, counts: { ...counts } };
  return { ...held, leaseUntil: at, finishedAt: at, report: kept };
}
