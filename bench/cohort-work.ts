import { addDays, type Day } from '../src/domain/civil-date.ts';
import { dayInZone } from '../src/domain/clock.ts';
import type { CaseEvent } from '../src/domain/event.ts';
import { computeSchedule } from '../src/engine/compute-schedule.ts';
import { buildHistory } from '../src/history/build-history.ts';
import { pagesOfCases } from '../src/service/episode/each-case.ts';
import { listDue } from '../src/service/night/list-due.ts';
import { runNightly } from '../src/service/night/run-nightly.ts';
import { succeed } from '../src/service/service-outcome.ts';
import { type CohortStore, value } from './cohort-store.ts';

/** What is done with a cohort, and the floors that it is held against. */

const SOON_DAYS = 14;

function todayOf({ context, clinic }: CohortStore): Day {
  return dayInZone(context.clock(), clinic.zone);
}

/** Floor: the open items of the night, read raw from the one index that covers them. */
export function readIndex(store: CohortStore): number {
  const rows = store.raw
    .prepare(
      `SELECT earliest, kind, target, latest, episode_id, seq FROM due_item INDEXED BY due_item_open
       WHERE clinic_id = ? AND open = 1 AND earliest <= ?`,
    )
    .raw()
    .all(store.clinic.id, todayOf(store));
  return rows.length;
}

/** The same items with the names of their episodes, in order. */
export async function findDue(store: CohortStore): Promise<number> {
  const { context, clinic } = store;
  const rows = await context.store.findDue({
    clinic: clinic.id,
    to: todayOf(store),
    limit: Number.MAX_SAFE_INTEGER,
  });
  return rows.length;
}

/** Floor: every history read and planned in whole days; nothing told, nothing compared, nothing kept. */
export async function readAndPlan(store: CohortStore): Promise<number> {
  const { context, clinic, protocol } = store;
  const asOf = todayOf(store);
  let lines = 0;
  for await (const page of pagesOfCases(context, clinic.id)) {
    for (const { caseFile } of page) {
      lines += computeSchedule(buildHistory(caseFile, asOf), protocol.protocol).visits.length;
    }
  }
  return lines;
}

/** The worklist of the day, as `cryowatch due` tells it. */
export async function dueList({ context, clinic }: CohortStore): Promise<number> {
  const due = value(await listDue(context, { clinics: [clinic], soonDays: SOON_DAYS }));
  return due.worklist.rows.length;
}

/** One nightly run without its files. @returns rows, and the most resident memory that was seen, in bytes */
export async function nightly(store: CohortStore): Promise<{ rows: number; peak: number }> {
  const { context, clinic } = store;
  let peak = 0;
  const look = async () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const work = { clinic, soonDays: SOON_DAYS, holder: 'bench', leaseMs: 3_600_000 };
  const deliver = async () => succeed({ digest: 'not delivered' });
  const report = value(await runNightly(context, { ...work, deliver, progress: look }));
  await look();
  return { rows: report.worklist.rows.length, peak };
}

/** Records an exam of yesterday in every fiftieth episode. */
export async function changeTwoPercent(store: CohortStore): Promise<void> {
  const { context, clinic, raw } = store;
  const date = addDays(todayOf(store), -1);
  const exam: CaseEvent = { id: `n${date}`, type: 'imaging', date, modality: 'MRI', biRads: '2' };
  const chosen = raw
    .prepare<[number], { id: number; version: number }>(
      'SELECT id, version FROM episode WHERE rowid % 50 = ? ORDER BY id',
    )
    .all(date % 50);
  for (const { id: episode, version: expected } of chosen) {
    const act = { actor: 'bench', at: context.clock() };
    const work = { clinic: clinic.id, episode, expected, events: [exam] };
    const kept = await context.store.appendEvents(act, work);
    if (kept.outcome !== 'ok') throw new Error(JSON.stringify(kept));
  }
}

/** Leaves every episode as if its plan rested on another protocol: no date of it is right. */
export async function staleEveryPlan({ raw }: CohortStore): Promise<void> {
  raw.exec(
    'UPDATE due_item SET latest = latest + 1; UPDATE episode SET plan_version = NULL, plan_seal = NULL;',
  );
}
