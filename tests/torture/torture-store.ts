import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayFromCivil } from '../../src/domain/civil-date.ts';
import { dayInZone } from '../../src/domain/clock.ts';
import { success } from '../../src/domain/problem.ts';
import { storeHost } from '../../src/host/store-host.ts';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { createClinic } from '../../src/service/clinic/create-clinic.ts';
import { importCohort } from '../../src/service/cohort/import-cohort.ts';
import { shiftCase } from '../../src/service/cohort/shift-case.ts';
import { createContext, openContext } from '../../src/service/open-context.ts';
import type { SchedulerContext } from '../../src/service/scheduler-context.ts';
import { sqliteFiles } from '../../src/store/sqlite/sqlite-files.ts';
import { ok } from '../cli/clinic-store.ts';
import { tempFolder } from '../store/temp-stores.ts';

const SAMPLE = new URL('../../examples/clinic/episodes.ndjson', import.meta.url);
const SAMPLE_DAY = dayFromCivil(2026, 6, 15);
const ZONE = 'Europe/Berlin';
const ACTOR = 'torture';

/** A store in a file with its key beside it, on which the real command works. */
export interface TortureStore {
  readonly folder: string;
  readonly database: string;
  /** Options that name the store. */
  readonly place: readonly string[];
  /** The ids of an episode's events, as they are kept. */
  eventIds(episode: string): Promise<readonly string[]>;
  /** How many episodes are kept. */
  episodes(): Promise<number>;
  /** Checks the whole file against its audit log. */
  findings(): Promise<readonly unknown[]>;
  use<T>(work: (context: SchedulerContext) => Promise<T>): Promise<T>;
}

/** So many cases as of today, one JSON text each; ids from `EP-<first>`. */
export function cohortLines(count: number, first = 1): string[] {
  const shift = dayInZone(Date.now(), ZONE) - SAMPLE_DAY;
  const sample = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
  return Array.from({ length: count }, (_, index) => {
    const document = shiftCase(JSON.parse(sample[index % sample.length] ?? ''), shift);
    const id = `EP-${first + index}`;
    const episode = { ...document.episode, id, patientRef: `S-${first + index}` };
    return JSON.stringify({ ...document, episode });
  });
}

/** A store of clinic NORTH with so many episodes, none of them planned yet. */
export async function tortureStore(episodes: number): Promise<TortureStore> {
  const folder = tempFolder();
  const database = join(folder, 'clinic.db');
  const key = randomBytes(32);
  writeFileSync(`${database}.key`, `${key.toString('hex')}\n`, { mode: 0o600 });
  const access = { database, key, actor: ACTOR };
  const context = await createContext(storeHost(Date.now), access);
  try {
    const clinic = ok(await createClinic(context, { code: 'NORTH', zone: ZONE }));
    const word = { clinic, protocol: 'staged-risk-adapted', clinician: 'Dr. Lee' };
    const { pin } = ok(await approveProtocol(context, word));
    const lines = cohortLines(episodes);
    async function* rows() {
      for (const [index, line] of lines.entries()) {
        yield { line: index + 1, document: success(JSON.parse(line)) };
      }
    }
    const imported = await importCohort(context, { clinic, protocol: pin, rows: rows() });
    if (!imported.ok) throw new Error(JSON.stringify(imported));
  } finally {
    await context.store.close();
  }
  return storeAt(folder, database, key);
}

/** A copy as a machine that stopped now would leave it: the file, its log, its key. */
export function copyOf(store: TortureStore): TortureStore {
  const folder = tempFolder();
  const database = join(folder, 'clinic.db');
  for (const end of ['', '-wal', '.key']) {
    if (existsSync(`${store.database}${end}`)) {
      copyFileSync(`${store.database}${end}`, `${database}${end}`);
    }
  }
  return storeAt(folder, database, Buffer.from(readFileSync(`${database}.key`, 'utf8'), 'hex'));
}

function storeAt(folder: string, database: string, key: Uint8Array): TortureStore {
  const use: TortureStore['use'] = async (work) => {
    const context = await openContext(storeHost(Date.now), { database, key, actor: ACTOR });
    try {
      return await work(context);
    } finally {
      await context.store.close();
    }
  };
  const all = async ({ store }: SchedulerContext) => {
    const [clinic] = await store.listClinics();
    return store.pageCases({ clinic: clinic?.id ?? 0, after: 0, limit: 1_000_000 });
  };
  return {
    folder,
    database,
    place: ['--database', database],
    use,
    eventIds: (episode) =>
      use(async (context) => {
        const found = (await all(context)).find(({ caseFile }) => caseFile.episode.id === episode);
        return found?.caseFile.events.map(({ id }) => id) ?? [];
      }),
    episodes: async () => (await use(all)).length,
    findings: async () => {
      const settings = { key, act: { actor: ACTOR, at: Date.now() } };
      return (await sqliteFiles.verify(database, settings)).findings;
    },
  };
}
