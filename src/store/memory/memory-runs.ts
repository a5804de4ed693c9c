import type { Act } from '../act.ts';
import type { AuditAction, AuditDetail } from '../audit.ts';
import { runContent } from '../content.ts';
import { finishedRun, heldRun, renewedRun, startedRun } from '../lease.ts';
import type { NewRun, NightlyRun, RunQuery, RunReport, RunScope } from '../nightly-run.ts';
import { notFound } from '../result.ts';
import { type Change, type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The ledger of the nightly job. */

export function startRun(state: MemoryState, { at }: Act, work: NewRun): Decided<NightlyRun> {
  const { clinic, asOf } = work;
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const run = startedRun(newestOf(state, clinic), at, state.head, work);
  if ('outcome' in run) return run;
  return change(state, clinic, run, run, 'run.started', { asOf, leaseUntil: run.leaseUntil });
}

export function renewRun(
  state: MemoryState,
  { at }: Act,
  work: RunScope & { readonly leaseMs: number },
): Decided<{ readonly leaseUntil: number }> {
  const { clinic, leaseMs } = work;
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const held = heldRun(newestOf(state, clinic), work);
  if ('outcome' in held) return held;
  const run = renewedRun(held, at, leaseMs);
  const { leaseUntil } = run;
  if (leaseUntil === held.leaseUntil) return unchanged({ leaseUntil });
  return change(state, clinic, run, { leaseUntil }, 'run.renewed', { leaseUntil });
}

export function finishRun(
  state: MemoryState,
  { at }: Act,
  work: RunScope & { readonly report: RunReport },
): Decided<null> {
  const { clinic, report } = work;
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const held = heldRun(newestOf(state, clinic), work);
  if ('outcome' in held) return held;
  const run = finishedRun(held, at, report);
  return change(state, clinic, run, null, 'run.finished', { episodes: report.episodes });
}

function newestOf(state: MemoryState, clinic: number): NightlyRun | undefined {
  return state.runs.get(clinic)?.at(-1);
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
