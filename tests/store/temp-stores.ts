import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createStore } from '../../src/store/sqlite/create-store.ts';
import { fillAccess } from './access-fixtures.ts';
import {
  act,
  day,
  entry,
  exam,
  furnish,
  item,
  NORTH,
  newEpisode,
  SEAL,
  UID_SECRET,
  value,
} from './fixtures.ts';

/** A disk in memory, where there is one: what is tested does not depend on it, and it is fast. */
const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(BASE, 'cryowatch-store-'));
  made.push(folder);
  return folder;
}

/** A furnished SQLite store in a folder of its own. */
export async function sampleStore(folder = tempFolder()) {
  const path = join(folder, 'clinic.db');
  const store = await createStore(path, { seal: SEAL, act: act(), uidSecret: UID_SECRET });
  await furnish(store);
  return { path, folder, store };
}

/** The same with rows in every table: episodes, plans, calendar events, nights, accounts and more. */
export async function filledStore(folder = tempFolder()) {
  const made = await sampleStore(folder);
  const { store } = made;
  const clinic = NORTH.id;
  value(
    await store.registerEpisodes(act(), {
      clinic,
      episodes: [10, 11, 12].map((id) => newEpisode(id)),
    }),
  );
  value(
    await store.appendEvents(act(), {
      clinic,
      episode: 10,
      expected: 1,
      events: [exam('x2'), exam('x3')],
    }),
  );
  const items = [
    item('a1.baseline', '2026-04-01', { kind: 'baseline' }),
    item('a1.interval-1', '2026-07-01'),
  ];
  value(await store.savePlans(act(), { clinic, plans: [{ episode: 10, restsOn: 2, items }] }));
  value(await store.saveCalendar(act(), { clinic, episode: 10, entries: [entry('a1.baseline')] }));
  value(await store.setClinicCalendar(act(), { clinic, document: '{"dates":["2026-12-24"]}' }));
  value(
    await store.appendEvents(act(), {
      clinic,
      episode: 12,
      expected: 1,
      events: [exam('x4')],
      acknowledgement: { escalations: ['esc.x1'], reason: 'seen elsewhere' },
    }),
  );
  // The first one was killed.
  const night = { clinic, asOf: day('2026-03-01'), holder: 'host-a 1', leaseMs: 0 };
  value(await store.startRun(act(), night));
  value(await store.startRun(act(), night));
  const report = { digest: 'ab'.repeat(32), episodes: 3, counts: { due: 2 } };
  value(await store.finishRun(act(), { ...night, run: 2, report }));
  await fillAccess(store);
  return made;
}
