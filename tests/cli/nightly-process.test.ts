import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { storeHost } from '../../src/host/store-host.ts';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { createClinic } from '../../src/service/clinic/create-clinic.ts';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { createContext, openContext } from '../../src/service/open-context.ts';
import { tempFolder } from '../store/temp-stores.ts';
import { ok } from './clinic-store.ts';

/** True processes on a true store: files, modes, signals, several at once. */

const COMMAND = fileURLToPath(new URL('../../bin/cryowatch.js', import.meta.url));
const DAY = '2030-06-15';
const NIGHTLY = [COMMAND, 'nightly', '--out', 'lists', '--as-of', DAY];

const KEY = new Uint8Array(32).fill(7);

/** A clinic of some hundred episodes. */
async function clinicFolder(): Promise<string> {
  const folder = tempFolder();
  const host = storeHost(Date.now);
  const access = { database: join(folder, 'cryowatch.db'), key: KEY, actor: 'nightly' };
  writeFileSync(join(folder, 'cryowatch.db.key'), `${Buffer.from(KEY).toString('hex')}\n`);
  const context = await createContext(host, access);
  const clinic = ok(await createClinic(context, { code: 'NORTH', zone: 'UTC' }));
  const protocol = 'staged-risk-adapted';
  ok(await approveProtocol(context, { clinic, protocol, clinician: 'Dr. Lee' }));
  for (let number = 0; number < 120; number += 1) {
    const ablation = { date: `2025-0${1 + (number % 9)}-1${number % 10}` };
    const document = { episode: { id: `EP-${number}`, laterality: 'left', ablation }, events: [] };
    ok(await registerEpisode(context, { clinic, document }));
  }
  await context.store.close();
  return folder;
}

/** The files of the night, each of which has the sum that the manifest names. */
function wholeNight(folder: string): Readonly<Record<string, string>> {
  const night = join(folder, 'lists', 'NORTH', DAY);
  const { files } = JSON.parse(readFileSync(join(night, 'manifest.json'), 'utf8'));
  const sums: Record<string, string> = {};
  for (const { name, sha256 } of files) {
    const bytes = readFileSync(join(night, name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    sums[name] = sha256;
  }
  expect(readdirSync(night).sort()).toEqual([...Object.keys(sums), 'manifest.json'].sort());
  return sums;
}

function ended(folder: string): Promise<number | null> {
  const child = spawn(process.execPath, NIGHTLY, { cwd: folder, stdio: 'ignore' });
  return new Promise((settle) => child.on('exit', settle));
}

describe('nightly as a process', () => {
  it('writes files and folders for their owner only', async () => {
    const folder = await clinicFolder();
    const { status, stderr } = spawnSync(process.execPath, NIGHTLY, {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    wholeNight(folder);
    const night = join(folder, 'lists', 'NORTH', DAY);
    for (const path of [join(folder, 'lists'), join(folder, 'lists', 'NORTH'), night]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
    for (const name of readdirSync(night)) {
      expect(statSync(join(night, name)).mode & 0o777).toBe(0o600);
    }
    const before = statSync(join(night, 'worklist.csv')).mtimeMs;
    expect(spawnSync(process.execPath, NIGHTLY, { cwd: folder }).status).toBe(0);
    expect(statSync(join(night, 'worklist.csv')).mtimeMs).toBe(before);
  });

  it.skipIf(!existsSync('/proc/self'))('a place that takes no folders is told', async () => {
    const folder = await clinicFolder();
    const args = [COMMAND, 'nightly', '--out', '/proc/none/lists', '--as-of', DAY];
    const ending = { cwd: folder, encoding: 'utf8', timeout: 20_000 } as const;
    const { status, stderr } = spawnSync(process.execPath, args, ending);
    expect(stderr).toContain('no such file');
    expect(status).toBe(1);
  });

  it('a file in the place of its folder is told as such', async () => {
    const folder = await clinicFolder();
    writeFileSync(join(folder, 'lists'), 'a file');
    const backup = [COMMAND, 'backup', 'lists'];
    const { status, stderr } = spawnSync(process.execPath, backup, {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('cryowatch: lists: this is a file, not a folder\n');
    expect(status).toBe(1);
  });

  it('of three at once each ends well, one after the other, with one list', async () => {
    const folder = await clinicFolder();
    const codes = await Promise.all([ended(folder), ended(folder), ended(folder)]);
    expect(codes).toEqual([0, 0, 0]);
    wholeNight(folder);
    const context = await openContext(storeHost(Date.now), {
      database: join(folder, 'cryowatch.db'),
      key: KEY,
      actor: 'test',
    });
    const [clinic] = await context.store.listClinics();
    const runs = await context.store.listRuns({ clinic: clinic?.id ?? 0, limit: 9 });
    await context.store.close();
    expect(runs.map(({ run }) => run)).toEqual([3, 2, 1]);
    expect(new Set(runs.map(({ report }) => report?.digest)).size).toBe(1);
  });

  it('takes away what a killed run left unfinished in its folder, and nothing else', async () => {
    const folder = await clinicFolder();
    expect(spawnSync(process.execPath, NIGHTLY, { cwd: folder }).status).toBe(0);
    const night = join(folder, 'lists', 'NORTH', DAY);
    const left = join(night, 'worklist.json.partial-0b1c2d3e-0000-4000-8000-000000000000');
    const foreign = join(night, 'notes.partial-of-mine');
    writeFileSync(left, 'half a list');
    writeFileSync(foreign, 'notes');
    expect(spawnSync(process.execPath, NIGHTLY, { cwd: folder }).status).toBe(0);
    expect([existsSync(left), existsSync(foreign)]).toEqual([false, true]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'interrupted by %s it leaves nothing half-written',
    async (signal) => {
      const folder = await clinicFolder();
      const child = spawn(process.execPath, NIGHTLY, { cwd: folder, stdio: 'ignore' });
      const gone = new Promise<number | null>((settle) => child.on('exit', settle));
      const lists = join(folder, 'lists');
      while (!existsSync(lists) && child.exitCode === null) {
        await new Promise((settle) => setTimeout(settle, 1));
      }
      child.kill(signal);
      await gone;
      const written = readdirSync(lists, { recursive: true, encoding: 'utf8' });
      expect(written.filter((name) => name.includes('.partial'))).toEqual([]);
    },
  );
});
