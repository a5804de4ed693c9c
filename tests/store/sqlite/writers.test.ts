import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { startChild } from '../child.ts';
import { act, NORTH, SEAL, value } from '../fixtures.ts';
import { filledStore } from '../temp-stores.ts';

test('three writers at once on one episode: every acknowledged write is there, once', async () => {
  const { path, store } = await filledStore();
  await store.close();
  const writers = ['a', 'b', 'c'].map((name) => startChild('write-loop', path, '11', name, '60'));
  const codes = await Promise.all(writers.map(({ ended }) => ended));
  expect(codes).toEqual([0, 0, 0]);
  const acknowledged = writers.flatMap(({ printed }) => printed().trim().split('\n'));
  expect(acknowledged).toHaveLength(180);
  const settings = { seal: SEAL, act: act() };
  const reopened = await openStore(path, settings);
  const { caseFile, version } = value(await reopened.loadCase({ clinic: NORTH.id, episode: 11 }));
  expect(caseFile.events.map(({ id }) => id).sort()).toEqual(['x1', ...acknowledged].sort());
  expect(version).toBe(181);
  await reopened.close();
  expect((await verifyStore(path, settings)).findings).toEqual([]);
});
