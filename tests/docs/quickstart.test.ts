import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BUCKETS } from '../../src/plan/worklist-buckets.ts';
import { tempFolder } from '../store/temp-stores.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function quickstart(...args: readonly string[]) {
  const run = spawnSync(process.execPath, ['scripts/quickstart.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

test('the quick start makes a store, tells a list with every bucket, and writes the calendars', () => {
  const folder = join(tempFolder(), 'sample');
  const first = quickstart('--folder', folder, '--as-of', '2026-06-15');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  for (const [name, { title }] of Object.entries(BUCKETS)) {
    if (name !== 'later') expect(first.stdout).toContain(`\n${title.toUpperCase()} (`);
  }
  expect(first.stdout).toContain('40 episodes, 39 open items');
  expect(first.stdout).toContain('What to try next:');
  const password = readFileSync(join(folder, 'password.txt'), 'utf8').trim();
  expect(password.length).toBeGreaterThanOrEqual(20);
  expect(first.stdout).not.toContain(password);
  expect(readdirSync(join(folder, 'calendars'))).toHaveLength(39);
  const night = join(folder, 'nightly', 'SAMPLE', '2026-06-15');
  const { rows } = JSON.parse(readFileSync(join(night, 'worklist.json'), 'utf8'));
  expect(rows).toHaveLength(39);
  const again = quickstart('--folder', folder, '--as-of', '2026-06-15');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('is there already, and is used as it is');
}, 60_000);

test('a day that is none is refused before anything is made', () => {
  const folder = join(tempFolder(), 'sample');
  const run = quickstart('--folder', folder, '--as-of', '2026-02-30');
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('--as-of');
  expect(() => readdirSync(folder)).toThrow();
});
