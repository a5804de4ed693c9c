import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatDay } from '../../src/domain/civil-date.ts';
import { dayInZone } from '../../src/domain/clock.ts';
import { findClinic } from '../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { ok } from '../cli/clinic-store.ts';
import { faultOf } from '../store/raw.ts';
import { Chance } from './chance.ts';
import { isOneSentence, run } from './command.ts';
import { copyOf, type TortureStore, tortureStore } from './torture-store.ts';

const EPISODE = 'EP-2';

/** Cuts a file off, or flips one of its bits, at random. */
function harm(chance: Chance, path: string, how: 'cut' | 'flip'): void {
  const bytes = readFileSync(path);
  const at = chance.below(bytes.length);
  if (how === 'cut') {
    writeFileSync(path, bytes.subarray(0, at));
    return;
  }
  bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  writeFileSync(path, bytes);
}

/** A store that stopped with its last events in the log, and these events in order. */
async function crashed(): Promise<{ readonly store: TortureStore; readonly ids: string[] }> {
  const living = await tortureStore(60);
  const date = formatDay(dayInZone(Date.now(), 'Europe/Berlin'));
  const ids = [...(await living.eventIds(EPISODE))];
  const store = await living.use(async (context) => {
    const clinic = ok(await findClinic(context));
    for (let n = 0; n < 12; n += 1) {
      const id = `n${n}`;
      const event = { id, type: 'contact', date, method: 'letter', outcome: 'sent' };
      ok(await recordEvents(context, { clinic, episode: EPISODE, events: [event] }));
      ids.push(id);
    }
    return copyOf(living);
  });
  return { store, ids };
}

test.each(['cut', 'flip'] as const)(
  'a log that was harmed (%s) opens at an earlier acknowledged moment, or the store is refused',
  async (how) => {
    const chance = new Chance(`log, ${how}`);
    const { store, ids } = await crashed();
    const rounds = 40;
    let shorter = 0;
    for (let round = 0; round < rounds; round += 1) {
      const torn = copyOf(store);
      harm(chance, `${torn.database}-wal`, how);
      const looked = round % 8 === 0 ? await run(['due', ...torn.place]) : null;
      if (looked !== null && looked.code !== 0) {
        expect(looked.code).toBe(7);
        expect(isOneSentence(looked), looked.stderr).toBe(true);
      }
      let kept: readonly string[] = [];
      const fault = await faultOf(async () => {
        kept = await torn.eventIds(EPISODE);
      });
      expect(['none', 'damaged']).toContain(fault);
      if (fault === 'damaged') continue;
      expect(kept).toEqual(ids.slice(0, kept.length));
      expect(await torn.findings()).toEqual([]);
      if (kept.length < ids.length) shorter += 1;
    }
    expect(shorter).toBeGreaterThan(0);
  },
);

test('a flipped bit of the store is found by the check, or changes no list', async () => {
  const chance = new Chance('bit flips');
  const store = await tortureStore(60);
  const list = (at: TortureStore) => run(['due', '--output', 'json', ...at.place]);
  const before = await list(store);
  expect(before.code).toBe(0);
  let found = 0;
  for (let round = 0; round < 60; round += 1) {
    const flipped = copyOf(store);
    harm(chance, flipped.database, 'flip');
    let findings: readonly unknown[] = ['refused'];
    await faultOf(async () => {
      findings = await flipped.findings();
    });
    if (findings.length > 0) found += 1;
    if (round % 4 > 0) continue;
    const after = await list(flipped);
    if (after.code !== 0) {
      // Refused, or told which episodes are not on the list: their protocol cannot be read.
      expect([7, 8], after.stderr).toContain(after.code);
      expect(findings.length).toBeGreaterThan(0);
      expect(after.code === 8 || isOneSentence(after), after.stderr).toBe(true);
    } else if (findings.length === 0) {
      expect(after.stdout).toBe(before.stdout);
    }
  }
  expect(found).toBeGreaterThan(0);
});
