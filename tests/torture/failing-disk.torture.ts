import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Chance } from './chance.ts';
import { isOneSentence, MAIN, run, startProgram } from './command.ts';
import { type TortureStore, tortureStore } from './torture-store.ts';

const EPISODE = 'EP-2';

/** Whether this machine lets a process be traced; strace then answers its calls with faults. */
function mayTrace(): boolean {
  const { status } = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']);
  if (status !== 0) console.warn('skipped: strace is missing, or refused here');
  return status === 0;
}

function letter({ place }: TortureStore, id: string): string[] {
  const what = ['contact', '--method', 'letter', '--outcome', 'sent'];
  return ['record', EPISODE, ...what, '--id', id, ...place];
}

/** Runs the real command on a disk whose calls fail from the n-th on. @returns how often one did */
async function failing(
  store: TortureStore,
  args: readonly string[],
  { calls, error, from }: { readonly calls: string; readonly error: string; readonly from: number },
) {
  const log = join(store.folder, 'trace');
  const files = ['', '-wal', '-shm'].flatMap((end) => ['-P', `${store.database}${end}`]);
  const inject = `inject=${calls}:error=${error}:when=${from}+`;
  const ended = await startProgram('strace', [
    ...['-f', '-qq', '-o', log, ...files, '-e', inject, process.execPath, MAIN],
    ...args,
  ]).ended;
  const injected = existsSync(log) ? readFileSync(log, 'utf8').split('(INJECTED)').length - 1 : 0;
  return { ...ended, injected };
}

/** What fails, and the exit codes that tell it: what cannot be read back may as well be damage. */
const FAULTS = [
  { calls: 'pwrite64', error: 'EIO', codes: [1] },
  { calls: 'pwrite64', error: 'ENOSPC', codes: [1] },
  { calls: 'fsync,fdatasync', error: 'EIO', codes: [1] },
  { calls: 'pread64', error: 'EIO', codes: [1, 7] },
  { calls: 'ftruncate', error: 'EIO', codes: [1] },
] as const;

test.skipIf(!mayTrace()).each(FAULTS)(
  'a disk that answers $calls with $error is told in one sentence, and nothing acknowledged is lost',
  async ({ calls, error, codes }) => {
    const chance = new Chance(`failing disk, ${calls} ${error}`);
    const store = await tortureStore(10);
    const acknowledged: string[] = [];
    const ends: string[] = [];
    let hits = 0;
    for (let round = 0; round < 4; round += 1) {
      const id = `f${round}`;
      const from = round === 0 ? 1 : 1 + chance.below(3 + 4 * round);
      const ended = await failing(store, letter(store, id), { calls, error, from });
      hits += ended.injected > 0 ? 1 : 0;
      ends.push(`${from}: ${ended.injected} ${ended.code} ${ended.stderr}`);
      if (ended.code === 0) acknowledged.push(id);
      else {
        expect(codes, ended.stderr).toContain(ended.code);
        expect(ended.injected).toBeGreaterThan(0);
        expect(isOneSentence(ended), ended.stderr).toBe(true);
        expect(ended.stdout).toBe('');
      }
      const kept = await store.eventIds(EPISODE);
      // What is told to be undone is undone; after a fault of the disk nobody can know.
      if (error === 'ENOSPC') expect(kept.includes(id)).toBe(ended.code === 0);
      expect(acknowledged.filter((each) => !kept.includes(each))).toEqual([]);
      expect(await store.findings()).toEqual([]);
    }
    expect(hits, ends.join('\n')).toBeGreaterThan(0);
    expect((await run(letter(store, 'afterwards'))).code).toBe(0);
  },
);
