import { closeSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { startChild, untilLines } from '../child.ts';
import { act, exam, NORTH, SEAL, value } from '../fixtures.ts';
import { copyAsCrashed, faultOf } from '../raw.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

const settings = { seal: SEAL, act: act() };
const scope = { clinic: NORTH.id, episode: 11 };

async function eventIds(path: string): Promise<string[]> {
  const store = await openStore(path, settings);
  try {
    return value(await store.loadCase(scope)).caseFile.events.map(({ id }) => id);
  } finally {
    await store.close();
  }
}

describe('kill -9', () => {
  test('in a write loop loses no acknowledged write, seven times on the same store', async () => {
    const { path, store } = await filledStore();
    await store.close();
    const acknowledged = ['x1'];
    for (const wait of [0, 3, 10, 20, 35, 50, 80]) {
      const child = startChild('write-loop', path, '11', `after-${wait}`);
      await untilLines(child, 3);
      await new Promise((settle) => setTimeout(settle, wait));
      child.process.kill('SIGKILL');
      await child.ended;
      acknowledged.push(
        ...child
          .printed()
          .split('\n')
          .filter((line) => line !== ''),
      );
      const kept = await eventIds(path);
      expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
      // At most the write that was under way was kept without having been acknowledged.
      expect(kept.length - acknowledged.length).toBeLessThanOrEqual(1);
      acknowledged.splice(0, acknowledged.length, ...kept);
    }
    expect(acknowledged.length).toBeGreaterThan(21);
    expect((await verifyStore(path, settings)).findings).toEqual([]);
  });
});

describe('a torn log', () => {
  /** A store that stopped with everything since its opening in the log, and where each append ended. */
  async function crashed() {
    const { path, store } = await filledStore();
    await store.close();
    const writing = await openStore(path, settings);
    const sizes = [0];
    for (let n = 1; n <= 20; n += 1) {
      value(await writing.appendEvents(act(), { ...scope, expected: n, events: [exam(`n${n}`)] }));
      sizes.push(statSync(`${path}-wal`).size);
    }
    const copy = join(tempFolder(), 'crashed.db');
    copyAsCrashed(path, copy);
    await writing.close();
    return { copy, sizes, all: ['x1', ...Array.from({ length: 20 }, (_, n) => `n${n + 1}`)] };
  }

  test('cut off at any place opens at the last append that it holds whole', async () => {
    const { copy, sizes, all } = await crashed();
    const whole = statSync(`${copy}-wal`).size;
    for (let cut = 0; cut <= 24; cut += 1) {
      const folder = tempFolder();
      const torn = join(folder, 'torn.db');
      copyAsCrashed(copy, torn);
      const size = Math.floor((whole * cut) / 24) + (cut % 3) * 7;
      truncateSync(`${torn}-wal`, Math.min(size, whole));
      const complete = sizes.filter((end) => end <= size).length - 1;
      expect(await eventIds(torn)).toEqual(all.slice(0, 1 + complete));
      expect((await verifyStore(torn, settings)).findings).toEqual([]);
    }
  });

  test('with a flipped byte opens at an append before it, or is refused', async () => {
    const { copy, sizes, all } = await crashed();
    const whole = statSync(`${copy}-wal`).size;
    for (let flip = 0; flip < 40; flip += 1) {
      const folder = tempFolder();
      const torn = join(folder, 'torn.db');
      copyAsCrashed(copy, torn);
      const at = Math.min(whole - 1, Math.floor((whole * flip) / 40) + ((flip * 131) % 97));
      const byte = readFileSync(`${torn}-wal`)[at] ?? 0;
      const file = openSync(`${torn}-wal`, 'r+');
      writeSync(file, Buffer.from([byte ^ 0x20]), 0, 1, at);
      closeSync(file);
      const fault = await faultOf(() => openStore(torn, settings).then((store) => store.close()));
      if (fault !== 'none') {
        expect(fault).toBe('damaged');
        continue;
      }
      const kept = await eventIds(torn);
      expect(kept).toEqual(all.slice(0, kept.length));
      // What was flushed before the flipped byte is never lost.
      const before = sizes.filter((end) => end <= at).length - 1;
      expect(kept.length).toBeGreaterThanOrEqual(1 + before);
      expect((await verifyStore(torn, settings)).findings).toEqual([]);
    }
  });
});
