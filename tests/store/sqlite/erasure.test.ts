import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Decline } from '../../../src/domain/event.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { MEYER, subscription } from '../access-fixtures.ts';
import { act, day, entry, facts, item, NORTH, newEpisode, SEAL, value } from '../fixtures.ts';
import { filledStore } from '../temp-stores.ts';

const CANARY = 'CANARYBIRD';
const clinic = NORTH.id;

/** The files of a folder in which the canary's name stands, whatever table or free page it is in. */
function filesWithCanary(folder: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(CANARY));
}

/** A patient with long histories among many others, so that rows fill, split and leave pages. */
async function storeWithCanary() {
  const made = await filledStore();
  const { store } = made;
  const told = (id: string): Decline => ({
    type: 'decline',
    id,
    date: day('2026-02-01'),
    visit: 'a1.baseline',
    reason: `${CANARY} `.repeat(60),
  });
  for (let id = 100; id < 160; id += 1) {
    const ours = id % 10 === 0;
    const patientRef = ours ? `P-${CANARY}` : `P-${id}`;
    const named = facts(ours ? `E-${CANARY}-${id}` : `E-${id}`, { patientRef });
    const events = Array.from({ length: 20 }, (_, n) =>
      ours ? told(`x${n}`) : { ...told(`x${n}`), reason: 'r' },
    );
    const episodes = [newEpisode(id, { facts: named, events })];
    value(await store.registerEpisodes(act(), { clinic, episodes }));
  }
  const scope = { clinic, episode: 100 };
  const revised = facts(`E-${CANARY}-100`, { patientRef: `P-${CANARY}`, intent: 'curative' });
  value(await store.reviseEpisode(act(), { ...scope, expected: 1, facts: revised }));
  const escalations = Array.from({ length: 20 }, (_, n) => `esc.${CANARY}-${n}`);
  value(
    await store.appendEvents(act(), {
      ...scope,
      expected: 2,
      events: [told('last')],
      acknowledgement: { escalations, reason: `${CANARY} `.repeat(200) },
    }),
  );
  const items = [item('a1.baseline', '2026-04-01')];
  value(await store.savePlans(act(), { clinic, plans: [{ episode: 100, restsOn: 3, items }] }));
  const entries = [entry('a1.interval-7', { vevent: `SUMMARY:${CANARY}` })];
  value(await store.saveCalendar(act(), { ...scope, entries }));
  const patient = { kind: 'patient', patientRef: `P-${CANARY}` } as const;
  const feed = subscription('s-canary', { subject: patient, label: CANARY });
  value(await store.createSubscription(act(), feed));
  value(await store.assignClinician(act(), { ...scope, account: MEYER.id, assigned: true }));
  return made;
}

const erasure = {
  clinic,
  whose: { patientRef: `P-${CANARY}` },
  ground: 'patient-request',
} as const;

test('an erased patient stands in no byte of the file or its log, while the store is open', async () => {
  const { store, folder, path } = await storeWithCanary();
  expect(filesWithCanary(folder).length).toBeGreaterThan(0);
  const { episodes, purged } = value(await store.erasePatient(act(), erasure));
  expect(episodes).toEqual([100, 110, 120, 130, 140, 150]);
  expect(purged).toBe(true);
  expect(filesWithCanary(folder)).toEqual([]);
  expect((await store.findSubscription('s-canary')).outcome).toBe('not-found');
  expect((await store.findSubscription('s-patient')).outcome).toBe('ok');
  await store.close();
  expect(filesWithCanary(folder)).toEqual([]);
  expect((await verifyStore(path, { seal: SEAL, act: act() })).findings).toEqual([]);
});

test('while someone else reads, bytes may be left, which is said; a later purge takes them away', async () => {
  const { store, folder, path } = await storeWithCanary();
  const reader = new Database(path, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM event').get();
  const second = await openStore(path, { seal: SEAL, act: act(), busyTimeoutMs: 20 });
  expect(value(await second.erasePatient(act(), erasure)).purged).toBe(false);
  reader.close();
  await second.close();
  await store.close();
  const later = await openStore(path, { seal: SEAL, act: act() });
  expect(await later.purge()).toBe(true);
  expect(filesWithCanary(folder)).toEqual([]);
  const size = statSync(path).size;
  expect(await later.purge()).toBe(true);
  await later.close();
  expect(statSync(path).size).toBe(size);
  expect((await verifyStore(path, { seal: SEAL, act: act() })).findings).toEqual([]);
});
