import type { Act } from '../act.ts';
import type { AuditAction, AuditDetail } from '../audit.ts';
import { runContent } from '../content.ts';
import type { NewRun, NightlyRun, RunQuery, RunReport, RunScope } from '../nightly-run.ts';
import { type NotDone, notFound, refused } from '../result.ts';
import { type Change, type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The ledger of the nightly job. */

export function startRun(state: MemoryState, { at }: Act, work: NewRun): Decided<NightlyRun> {
  const { clinic, asOf, holder, leaseMs } = work;
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const newest = state.runs.get(clinic)?.at(-1);
  if (newest?.finishedAt === null && newest.leaseUntil > at) return refused('run-in-progress');
  const run: NightlyRun = {
    run: (newest?.run ?? 0) + 1,
    asOf,
    holder: holder.toWellFormed(),
    startedAt: at,
    leaseUntil: at + leaseMs,
    auditHead: state.head,
    finishedAt: null,
    report: null,
  };
  return change(state, clinic, run, run, 'run.started', { asOf, leaseUntil: run.leaseUntil });
}

export function renewRun(
  state: MemoryState,
  { at }: Act,
  work: RunScope & { readonly leaseMs: number },
): Decided<{ readonly leaseUntil: number }> {
  const held = heldRun(state, work);
  if ('outcome' in held) return held;
  const leaseUntil = Math.max(held.leaseUntil, at + work.leaseMs);
  if (leaseUntil === held.leaseUntil) return unchanged({ leaseUntil });
  const run = { ...held, leaseUntil };
  return change(state, work.clinic, run, { leaseUntil }, 'run.renewed', { leaseUntil });
}

export function finishRun(
  state: MemoryState,
  { at }: Act,
  work: RunScope & { readonly report: RunReport },
): Decided<null> {
  const held = heldRun(state, work);
  if ('outcome' in held) return held;
  const { digest, episodes, counts } = work.report;
  const report = { digest, episodes, counts: { ...counts } };
  const run = { ...held, leaseUntil: at, finishedAt: at, report };
  return change(state, work.clinic, run, null, 'run.finished', { episodes });
}

/** The run, when no other one took over. */
function heldRun(state: MemoryState, { clinic, run, holder }: RunScope): NightlyRun | NotDone {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const newest = state.runs.get(clinic)?.at(-1);
  const held = newest?.run === run && newest.finishedAt === null;
  return held && newest.holder === holder.toWellFormed() ? newest : refused('lease-lost');
}

/** Puts a run in the place of its former self, or behind the others. */
function change<T>(
  state: MemoryState,
  clinic: number,
  run: NightlyRun,
  value: T,
  action: AuditAction,
  more: AuditDetail,
): Change<T> {
  const others = (state.runs.get(clinic) ?? []).filter((other) => other.run !== run.run);
  const detail = { run: run.run, ...more };
  return {
    value,
    audit: [{ action, clinic, detail, content: runContent(run) }],
    apply: () => state.runs.set(clinic, [...others, run]),
  };
}

export function listRuns(state: MemoryState, query: RunQuery): NightlyRun[] {
  const { clinic, limit, finished = false, before } = query;
  return (state.runs.get(clinic) ?? [])
    .filter((run) => !finished || run.finishedAt !== null)
    .filter((run) => before === undefined || run.asOf < before)
    .toReversed()
    .slice(0, limit);
}
