import { dayInZone } from '../../domain/clock.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { NotDone } from '../../store/result.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { underFreshId } from '../episode/fresh-id.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceFailure, succeed } from '../service-outcome.ts';
import { decideRow, type EpisodeUpdate } from './cohort-decision.ts';
import { type ImportReport, type LeftUnanswered, RowProblems } from './cohort-report.ts';
import { type CohortRow, gatherRows, type SoundRow } from './cohort-rows.ts';
import { unansweredEnds } from './unanswered-ends.ts';

/** A cohort to bring into a clinic. */
export interface CohortImport {
  readonly clinic: Clinic;
  /** The approved protocol that new episodes follow. */
  readonly protocol: ProtocolPin;
  readonly rows: AsyncIterable<CohortRow>;
  /** True: stored episodes take over other facts and further events. */
  readonly update?: boolean | undefined;
  /** True: sound rows are kept although others are faulty. */
  readonly partial?: boolean | undefined;
  /** True: gives the report, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** The outcome of an import; where rows are at fault, the report says which. */
export type ImportOutcome = { readonly ok: true; readonly value: ImportReport } | FailedImport;

type FailedImport = ServiceFailure & { readonly report?: ImportReport };

/** What is to be written, and what was found on the way. */
interface Work {
  readonly rows: number;
  readonly unchanged: number;
  readonly eventsKept: number;
  readonly leftUnanswered: readonly LeftUnanswered[];
  readonly problems: RowProblems;
  readonly added: readonly SoundRow[];
  readonly updates: readonly { readonly row: SoundRow; readonly update: EpisodeUpdate }[];
}

/**
 * Brings episodes into a clinic. Everything is read and checked first; then all new episodes are
 * registered in one unit of work, or none. The same file again changes nothing. Updates follow one
 * episode after the other: one that was changed meanwhile is left as it is and told by its row.
 */
export async function importCohort(
  context: SchedulerContext,
  cohort: CohortImport,
): Promise<ImportOutcome> {
  const { clinic, protocol, partial = false, dryRun = false } = cohort;
  const usable = await protocolFault(context, clinic, protocol);
  if (usable !== undefined) return notDone(usable);
  const work = await decide(context, cohort);
  if (work.rows === 0) return fail('invalid', NO_ROWS);
  const faulty = work.problems.rows;
  if (faulty > 0 && (!partial || faulty === work.rows)) {
    return { ...fail('invalid', faultyRows(faulty, work.rows)), report: reportOf(work) };
  }
  if (dryRun) return succeed(reportOf(work));
  const registered = await register(context, cohort, work);
  if (!registered.ok) return registered;
  const updated = await updateAll(context, clinic, work);
  const written = { added: registered.ids, updated };
  const report = reportOf(work, written);
  const missed = work.updates.length - updated.length;
  return missed === 0 ? succeed(report) : { ...fail('conflict', notUpdated(missed)), report };
}

/** Why new episodes cannot follow the protocol: asked before a long file is read. */
async function protocolFault(
  { store }: SchedulerContext,
  clinic: Clinic,
  pin: ProtocolPin,
): Promise<NotDone | undefined> {
  const found = await store.findProtocol(clinic.id, pin);
  if (found.outcome !== 'ok') return found;
  if (found.value.hash !== pin.hash) return { outcome: 'refused', why: 'protocol-differs' };
  return found.value.approvals.length > 0 ? undefined : { outcome: 'refused', why: 'not-approved' };
}

async function decide(
  context: SchedulerContext,
  { clinic, protocol, rows: given, update = false }: CohortImport,
): Promise<Work> {
  const problems = new RowProblems();
  const today = dayInZone(context.clock(), clinic.zone);
  const { rows, sound } = await gatherRows(given, today, problems);
  const added: Work['added'][number][] = [];
  const updates: Work['updates'][number][] = [];
  let [unchanged, eventsKept] = [0, 0];
  for (const row of sound) {
    const decision = await decideRow(context, { clinic, today, update }, row);
    if (decision.what === 'register') added.push(row);
    else if (decision.what === 'refuse') problems.add(row, decision.problems);
    else if (decision.what === 'update') {
      updates.push(decision);
      eventsKept += decision.update.eventsKept;
    } else {
      unchanged += 1;
      eventsKept += decision.eventsKept;
    }
  }
  const leftUnanswered = await unansweredEnds(context, { clinic, protocol, today }, added);
  return { rows, unchanged, eventsKept, leftUnanswered, problems, added, updates };
}

async function register(
  context: SchedulerContext,
  { clinic, protocol }: CohortImport,
  work: Work,
): Promise<{ readonly ok: true; readonly ids: readonly number[] } | FailedImport> {
  if (work.added.length === 0) return { ok: true, ids: [] };
  const numbered = () => work.added.map((row) => ({ id: context.newId(), row }));
  const { id: added, result: kept } = await underFreshId(numbered, (rows) =>
    context.store.registerEpisodes(actNow(context), {
      clinic: clinic.id,
      episodes: rows.map(({ id, row: { caseFile } }) => ({
        id,
        facts: caseFile.episode,
        protocol,
        events: caseFile.events,
      })),
    }),
  );
  if (kept.outcome === 'ok') return { ok: true, ids: added.map(({ id }) => id) };
  if (kept.outcome !== 'refused' || kept.why !== 'external-id-taken') return notDone(kept);
  const row = work.added[kept.index ?? 0];
  if (row !== undefined) work.problems.add(row, [MEANWHILE]);
  return { ...fail('conflict', MEANWHILE), report: reportOf(work) };
}

/** Gives the numbers of the episodes that took over what the file says. */
async function updateAll(
  context: SchedulerContext,
  clinic: Clinic,
  { updates, problems }: Work,
): Promise<number[]> {
  const done: number[] = [];
  for (const { row, update } of updates) {
    const fault = await updateOne(context, clinic, update);
    if (fault === undefined) done.push(update.episode);
    else problems.add(row, notDone(fault).problems);
  }
  return done;
}

async function updateOne(
  context: SchedulerContext,
  clinic: Clinic,
  { episode, version, facts, factsThatDiffer, newEvents: events }: EpisodeUpdate,
): Promise<NotDone | undefined> {
  const { store } = context;
  const scope = { clinic: clinic.id, episode };
  let expected = version;
  if (factsThatDiffer.length > 0) {
    const revised = await store.reviseEpisode(actNow(context), { ...scope, expected, facts });
    if (revised.outcome !== 'ok') return revised;
    expected = revised.value.version;
  }
  const appended = await store.appendEvents(actNow(context), { ...scope, expected, events });
  return appended.outcome === 'ok' ? undefined : appended;
}

function reportOf(
  { rows, unchanged, eventsKept, leftUnanswered, problems, added, updates }: Work,
  written?: { readonly added: readonly number[]; readonly updated: readonly number[] },
): ImportReport {
  const episodes = written === undefined ? [] : [...written.added, ...written.updated];
  return {
    written: episodes.length > 0,
    rows,
    registered: added.length,
    unchanged,
    updated: written?.updated.length ?? updates.length,
    faulty: problems.rows,
    eventsKept,
    leftUnanswered,
    ...problems.listed(),
    episodes,
  };
}

const NO_ROWS: Problem = {
  path: '',
  message: 'the file holds no episode',
  found: 'nothing',
  allowed: 'one case a line (NDJSON), or CSV with the names of the columns first',
};

const MEANWHILE: Problem = {
  path: '',
  message: 'someone else registered an episode of this file meanwhile; nothing was written',
  mend: 'run the import again: what is there by then counts as unchanged',
};

function faultyRows(faulty: number, rows: number): Problem {
  return {
    path: '',
    message: 'rows are faulty; nothing was written',
    found: `${faulty} of ${rows} rows`,
    mend: faulty === rows ? 'mend them' : 'mend them, or import the others with --partial',
  };
}

function notUpdated(missed: number): Problem {
  return {
    path: '',
    message:
      'someone else changed episodes meanwhile; what the file says of them is not all taken over',
    found: `${missed} of them`,
    mend: 'run the import again: what was taken over counts as unchanged',
  };
}
