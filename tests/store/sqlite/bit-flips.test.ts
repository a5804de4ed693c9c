import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { act, SEAL } from '../fixtures.ts';
import { tablesOf } from '../raw.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

/** What the check says about a file: whole, or what is wrong. */
async function verdict(path: string): Promise<'whole' | 'broken'> {
  try {
    const { findings } = await verifyStore(path, { seal: SEAL, act: act() });
    return findings.length === 0 ? 'whole' : 'broken';
  } catch (error) {
    if (error instanceof StoreFault) return 'broken';
    throw error;
  }
}

test('a flipped bit is found by the check, or lies where nothing is stored', async () => {
  const { path, store } = await filledStore();
  await store.close();
  const before = tablesOf(path);
  const bytes = readFileSync(path);
  const folder = tempFolder();
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), fc.nat(1e9), async (at, bit, name) => {
      const flipped = join(folder, `${at}-${bit}-${name}.db`);
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      writeFileSync(flipped, changed);
      if ((await verdict(flipped)) === 'broken') found += 1;
      else expect(tablesOf(flipped)).toEqual(before);
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(50);
});

test('a changed letter of a name, a note, a fact, or a key is found', async () => {
  const { path, store } = await filledStore();
  await store.close();
  const bytes = readFileSync(path);
  const texts = [
    'Clinic North',
    'Dr. Lee',
    'for the whole',
    '"grade":2',
    'P-E-11',
    'a1.interval-1',
  ];
  for (const text of texts) {
    const at = bytes.indexOf(text);
    expect([text, at]).not.toEqual([text, -1]);
    const copy = join(tempFolder(), 'copy.db');
    copyFileSync(path, copy);
    const changed = Buffer.from(bytes);
    changed[at + 3] = (changed[at + 3] ?? 0) ^ 1;
    writeFileSync(copy, changed);
    expect([text, await verdict(copy)]).toEqual([text, 'broken']);
  }
});
