import type { Act } from '../act.ts';
import type { AuditAction, AuditDetail } from '../audit.ts';
import { runContent } from '../content.ts';
import { finishedRun, heldRun, renewedRun, startedRun } from '../lease.ts';
import type { NewRun, NightlyRun, RunQuery, RunReport, RunScope } from '../nightly-run.ts';
import { done, notFound, type Result } from '../result.ts';
import { logEnd } from './audit-log.ts';
import type { Connection, Row } from './connection.ts';
import { clinicExists } from './protocols.ts';
import { day, json, text, whole, wholeOrNull } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The ledger of the nightly job. */

function isCounts(value: unknown): value is RunReport['counts'] {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((count) => Number.isSafeInteger(count))
  );
}

/** @throws StoreFault `damaged` */
export function readRun(row: Row): NightlyRun {
  const finishedAt = wholeOrNull(row, 'finished_at');
  return {
    run: whole(row, 'run'),
    asOf: day(row, 'as_of'),
    holder: text(row, 'holder'),
    startedAt: whole(row, 'started_at'),
    leaseUntil: whole(row, 'lease_until'),
    auditHead: { seq: whole(row, 'audit_seq'), seal: text(row, 'audit_seal') },
    finishedAt,
    report:
      finishedAt === null
        ? null
        : {
            digest: text(row, 'digest'),
            episodes: whole(row, 'episodes'),
            counts: json(row, 'counts', isCounts),
          },
  };
}

export function listRuns(connection: Connection, query: RunQuery): NightlyRun[] {
  const { clinic, limit, finished = false, before = Number.MAX_SAFE_INTEGER } = query;
  return connection
    .all(
      `SELECT * FROM nightly_run WHERE clinic_id = ? AND as_of < ?
         AND (? = 0 OR finished_at IS NOT NULL)
       ORDER BY run DESC LIMIT ?`,
      clinic,
      before,
      finished ? 1 : 0,
      limit,
    )
    .map(readRun);
}

export function startRun(
  connection: Connection,
  { at }: Act,
  note: Note,
  work: NewRun,
): Result<NightlyRun> {
  const { clinic, asOf } = work;
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  // The run's own row is not in the log yet.
  const run = startedRun(newestOf(connection, clinic), at, logEnd(connection), work);
  if ('outcome' in run) return run;
  putRun(connection, note, clinic, run, 'run.started', { asOf, leaseUntil: run.leaseUntil });
  return done(run);
}

export function renewRun(
  connection: Connection,
  { at }: Act,
  note: Note,
  work: RunScope & { readonly leaseMs: number },
): Result<{ readonly leaseUntil: number }> {
  const { clinic, leaseMs } = work;
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const held = heldRun(newestOf(connection, clinic), work);
  if ('outcome' in held) return held;
  const run = renewedRun(held, at, leaseMs);
  const { leaseUntil } = run;
  if (leaseUntil !== held.leaseUntil) {
    putRun(connection, note, clinic, run, 'run.renewed', { leaseUntil });
  }
  return done({ leaseUntil });
}

export function finishRun(
  connection: Connection,
  { at }: Act,
  note: Note,
  work: RunScope & { readonly report: RunReport },
): Result<null> {
  const { clinic, report } = work;
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const held = heldRun(newestOf(connection, clinic), work);
  if ('outcome' in held) return held;
  const run = finishedRun(held, at, report);
  putRun(connection, note, clinic, run, 'run.finished', { episodes: report.episodes });
  return done(null);
}

function newestOf(connection: Connection, clinic: number): NightlyRun | undefined {
  return listRuns(connection, { clinic, limit: 1 })[0];
}

/** Writes a run as it now stands. */
function putRun(
  connection: Connection,
  note: Note,
  clinic: number,
  run: NightlyRun,
  action: AuditAction,
  detail: AuditDetail,
): void {
  const { auditHead, report } = run;
  connection.run(
    `INSERT INTO nightly_run (clinic_id, run, as_of, holder, started_at, lease_until,
       audit_seq, audit_seal, finished_at, digest, episodes, counts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (clinic_id, run) DO UPDATE SET lease_until = excluded.lease_until,
       finished_at = excluded.finished_at, digest = excluded.digest,
       episodes = excluded.episodes, counts = excluded.counts`,
    clinic,
    run.run,
    run.asOf,
    run.holder,
    run.startedAt,
    run.leaseUntil,
    auditHead.seq,
    auditHead.seal,
    run.finishedAt,
    report === null ? null : report.digest,
    report === null ? null : report.episodes,
    report === null ? null : JSON.stringify(report.counts),
  );
  note({ action, clinic, detail: { run: run.run, ...detail }, content: runContent(run) });
}
