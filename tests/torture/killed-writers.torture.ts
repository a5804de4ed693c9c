import { expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { pause, run, start, untilChanged } from './command.ts';
import { type TortureStore, tortureStore } from './torture-store.ts';

const EPISODE = 'EP-2';

function letter({ place }: TortureStore, episode: string, id: string): string[] {
  const what = ['contact', '--method', 'letter', '--outcome', 'sent'];
  return ['record', episode, ...what, '--id', id, ...place];
}

test('kill -9 of `record` at random moments loses no event that was acknowledged', async () => {
  const chance = new Chance('killed writers');
  const store = await tortureStore(40);
  const acknowledged: string[] = [];
  const began = Date.now();
  acknowledged.push(...(await recorded(store, 'first')));
  const usual = Date.now() - began;
  for (let round = 0; round < 20; round += 1) {
    const id = `k${round}`;
    const child = start(letter(store, EPISODE, id));
    // Half of them when the store is written, the others at any moment of their life.
    if (round % 2 === 0) {
      await untilChanged(`${store.database}-wal`, child);
      await pause(chance.below(30));
    } else {
      await pause(usual * (0.3 + chance.next()));
    }
    child.kill();
    const { stdout } = await child.ended;
    if (stdout !== '') acknowledged.push(id);
    const kept = await store.eventIds(EPISODE);
    expect(acknowledged.filter((each) => !kept.includes(each))).toEqual([]);
  }
  expect(await store.findings()).toEqual([]);
  acknowledged.push(...(await recorded(store, 'last')));
  const kept = await store.eventIds(EPISODE);
  expect(acknowledged.filter((each) => !kept.includes(each))).toEqual([]);
  expect(new Set(kept).size).toBe(kept.length);
});

async function recorded(store: TortureStore, id: string): Promise<string[]> {
  const ended = await run(letter(store, EPISODE, id));
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  return [id];
}

test('three writers at once, on one episode and on others, lose nothing and write nothing twice', async () => {
  const store = await tortureStore(40);
  const wanted: string[] = [];
  const writer = async (name: string, episode: string) => {
    for (let n = 0; n < 6; n += 1) {
      const id = `${name}${n}`;
      // Whoever was slower is told so (6) and tries again, as a clinic's script would.
      for (;;) {
        const { code, stderr } = await run(letter(store, episode, id));
        expect([0, 6], stderr).toContain(code);
        if (code === 0) break;
      }
      wanted.push(`${episode} ${id}`);
    }
  };
  await Promise.all([writer('wa', EPISODE), writer('wb', EPISODE), writer('wc', 'EP-5')]);
  const kept = [EPISODE, 'EP-5'].map(async (episode) =>
    (await store.eventIds(episode)).map((id) => `${episode} ${id}`),
  );
  const all = (await Promise.all(kept)).flat().filter((line) => / w[abc]\d+$/.test(line));
  expect(all.sort()).toEqual(wanted.sort());
  expect(await store.findings()).toEqual([]);
});
