import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { success } from '../../../src/domain/problem.ts';
import { parseJson } from '../../../src/service/case/parse-json.ts';
import type { CohortRow } from '../../../src/service/cohort/cohort-rows.ts';
import { exportCohort } from '../../../src/service/cohort/export-cohort.ts';
import { type CohortImport, importCohort } from '../../../src/service/cohort/import-cohort.ts';
import { readCohortCsv } from '../../../src/service/cohort/read-cohort.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { day, NORTH, SEAL, UID_SECRET, value } from '../../store/fixtures.ts';

const DOCUMENT = readFileSync(
  new URL('../../cases/staged-risk-adapted.protocol.json', import.meta.url),
  'utf8',
);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const PROTOCOL = { id: 'staged-risk-adapted', version: '1.0.0', hash: sha256(DOCUMENT) };

/** 2026-03-01T22:30Z; in the clinic's zone, Europe/Berlin, that is still the first of March. */
export const NOW = Date.UTC(2026, 2, 1, 22, 30);
const ACT = { actor: 'dr-lee', at: NOW };

async function furnish(store: Store): Promise<Store> {
  value(await store.createClinic(ACT, NORTH));
  const clinic = NORTH.id;
  const protocol = { ...PROTOCOL, document: DOCUMENT };
  value(await store.recordProtocol(ACT, { clinic, protocol }));
  const approval = { ...PROTOCOL, clinician: 'Dr. Lee', date: day('2026-01-01') };
  value(await store.approveProtocol(ACT, { clinic, approval }));
  return store;
}

/** A store in memory with one clinic, whose protocol is approved. */
export function memoryClinic(): Promise<Store> {
  return furnish(createMemoryStore({ seal: SEAL, uidSecret: UID_SECRET, act: ACT }));
}

/** The same on a new SQLite file. */
export async function clinicFile(path: string): Promise<Store> {
  return furnish(await createStore(path, { seal: SEAL, act: ACT, uidSecret: UID_SECRET }));
}

/** Another connection to it. */
export function sameClinicFile(path: string): Promise<Store> {
  return openStore(path, { seal: SEAL, act: ACT });
}

/** What use cases are handed; `from`: where the numbers of episodes begin. */
export function contextOf(store: Store, from = 100): SchedulerContext {
  let number = from;
  return {
    store,
    clock: () => NOW,
    newId: () => {
      number += 1;
      return number;
    },
    actor: 'dr-lee',
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    sha256,
    protocols: new Map(),
  };
}

/** The rows of a CSV text. */
export function csvRows(text: string): AsyncIterable<CohortRow> {
  async function* lines() {
    yield* text.split('\n');
  }
  return readCohortCsv(lines());
}

/** Documents as the lines of an NDJSON file. */
export async function* documentRows(...documents: readonly unknown[]): AsyncGenerator<CohortRow> {
  for (const [index, document] of documents.entries()) {
    yield { line: index + 1, document: success(document) };
  }
}

/** The rows of an NDJSON text. */
export async function* ndjsonRows(text: string): AsyncGenerator<CohortRow> {
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    yield { line: index + 1, document: parseJson(line, index + 1) };
  }
}

type Settings = Partial<Pick<CohortImport, 'update' | 'partial' | 'dryRun' | 'protocol'>>;

/** Imports rows into the clinic. */
export function importInto(
  context: SchedulerContext,
  rows: AsyncIterable<CohortRow>,
  settings: Settings = {},
) {
  return importCohort(context, { clinic: NORTH, protocol: PROTOCOL, rows, ...settings });
}

/** The clinic's episodes as text. */
export async function exported(
  store: Store,
  format: 'ndjson' | 'csv' = 'ndjson',
  episode?: string,
): Promise<string> {
  const outcome = await exportCohort({ store }, { clinic: NORTH, format, episode });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  const parts: string[] = [];
  for await (const part of outcome.value) parts.push(part);
  return parts.join('');
}

/** A case file of an ablation on 15 January 2026. */
export function caseOf(
  id: string,
  events: readonly object[] = [],
  facts: Readonly<Record<string, unknown>> = {},
) {
  const ablation = { date: '2026-01-15' };
  return { episode: { id, laterality: 'left', ablation, ...facts }, events };
}

export const EXAM = {
  type: 'imaging',
  id: 'x1',
  date: '2026-02-20',
  modality: 'MRI',
  biRads: '2',
} as const;
