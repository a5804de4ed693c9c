import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { startChild } from '../child.ts';
import { act, NORTH, SEAL, value } from '../fixtures.ts';
import { filledStore, sampleStore } from '../temp-stores.ts';

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

test('three hosts that start the nightly job at once: no minute has two runs', async () => {
  const { path, store } = await sampleStore();
  await store.close();
  // The audit log takes a clock that lies five minutes behind its newest row, and none further.
  const hosts = ['a', 'b', 'c'].map((name) => startChild('start-runs', path, name, '5'));
  expect(await Promise.all(hosts.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  const started = hosts.flatMap(({ printed }) => printed().trim().split('\n')).filter(Boolean);
  const settings = { seal: SEAL, act: act() };
  const reopened = await openStore(path, settings);
  const runs = await reopened.listRuns({ clinic: NORTH.id, limit: 99 });
  expect(runs.map(({ run }) => String(run)).sort()).toEqual(started.sort());
  const minutes = runs.map(({ startedAt }) => startedAt);
  expect(minutes).toEqual([4, 3, 2, 1, 0].map((minute) => act(minute * 60_000).at));
  await reopened.close();
  expect((await verifyStore(path, settings)).findings).toEqual([]);
});
