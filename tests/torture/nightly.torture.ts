import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatDay } from '../../src/domain/civil-date.ts';
import { dayInZone } from '../../src/domain/clock.ts';
import { Chance } from './chance.ts';
import { pause, run, start, untilChanged } from './command.ts';
import { copyOf, type TortureStore, tortureStore } from './torture-store.ts';

const EPISODES = 800;
/** More than the lease of a killed run, and than what a round takes. */
const ROUND_SECONDS = 300;
const LEASE_OVER_SECONDS = 120;

/** A clock that is so many seconds ahead, so that a lease runs out without waiting for it. */
function ahead(seconds: number): Record<string, string> {
  const library = execFileSync('faketime', ['-f', '+0s', 'printenv', 'LD_PRELOAD'], {
    encoding: 'utf8',
  });
  return {
    LD_PRELOAD: library.trim(),
    FAKETIME: `+${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

interface Manifest {
  readonly digest: string;
  readonly episodes: number;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** The manifest of a night; the sums of its files are right. */
function wholeNight(out: string, day: string): Manifest {
  const folder = join(out, 'NORTH', day);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  for (const { name, sha256 } of manifest.files) {
    const found = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    expect([name, found]).toEqual([name, sha256]);
  }
  const names = [...manifest.files.map(({ name }) => name), 'manifest.json'];
  // What a killed run had begun to write stands under another name.
  const found = readdirSync(folder).filter((name) => !/\.partial-/.test(name));
  expect(found.sort()).toEqual(names.sort());
  return manifest;
}

test('nightly three at once on one store and one folder, two killed: one more run tells what an undisturbed one tells', async () => {
  const chance = new Chance('nightly');
  const store = await tortureStore(EPISODES);
  const day = formatDay(dayInZone(Date.now(), 'Europe/Berlin'));
  const nightly = (at: TortureStore) => {
    const out = ['--out', join(at.folder, 'lists'), '--as-of', day, '--wait', '0'];
    return ['nightly', ...out, ...at.place];
  };
  const alone = copyOf(store);
  expect((await run(nightly(alone))).code).toBe(0);
  const expected = wholeNight(join(alone.folder, 'lists'), day);
  expect(expected.episodes).toBe(EPISODES);
  for (let round = 0; round < 4; round += 1) {
    const env = ahead(round * ROUND_SECONDS);
    const three = [1, 2, 3].map(() => start(nightly(store), env));
    const doomed = three.slice(0, 2);
    await Promise.all(
      doomed.map(async (child) => {
        await untilChanged(`${store.database}-wal`, child);
        await pause(chance.below(900));
        child.kill();
      }),
    );
    const ends = await Promise.all(three.map(({ ended }) => ended));
    // Killed, done, or told that another one is at work.
    for (const { code, stderr } of ends) expect([null, 0, 6], stderr).toContain(code);
    const last = await run(nightly(store), ahead(round * ROUND_SECONDS + LEASE_OVER_SECONDS));
    expect([last.code, last.stderr]).toEqual([0, '']);
    const told = wholeNight(join(store.folder, 'lists'), day);
    expect({ ...told, auditHead: null }).toEqual({ ...expected, auditHead: null });
    const [newest] = await store.use(async (context) => {
      const [clinic] = await context.store.listClinics();
      return context.store.listRuns({ clinic: clinic?.id ?? 0, limit: 1 });
    });
    expect(newest?.report?.digest).toBe(expected.digest);
    expect(await store.findings()).toEqual([]);
  }
});
