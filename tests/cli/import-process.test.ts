import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tempFolder } from '../store/temp-stores.ts';

/** A true process reads true bytes. */

const COMMAND = fileURLToPath(new URL('../../bin/cryowatch.js', import.meta.url));

function command(folder: string) {
  return (...args: readonly string[]) => {
    const ending = { cwd: folder, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], ending);
    return { code: status, stdout, stderr };
  };
}

it('episode import reads a CSV in Latin-1 where asked to, and else says so, line by line', () => {
  const folder = tempFolder();
  const run = command(folder);
  expect(run('init', '--clinic', 'N', '--zone', 'UTC').code).toBe(0);
  const approved = run('protocol', 'approve', 'staged-risk-adapted', '--clinician', 'Dr. Lee');
  expect(approved.code).toBe(0);
  // 0x80 is the euro sign of Windows, which Latin-1 itself has not.
  const rows = 'id;ablatedOn;laterality\r\nM\u00fc-1;2020-01-15;left\r\nplain;2020-01-15;left\r\n';
  const bytes = Buffer.from(`${rows}X-2;2020-01-15;left\r\n`, 'latin1');
  bytes[bytes.indexOf('X-2')] = 0x80;
  writeFileSync(join(folder, 'cohort.csv'), bytes);
  const refused = run('episode', 'import', 'cohort.csv');
  expect(refused.code).toBe(3);
  const told = 'the text is not UTF-8 (allowed: UTF-8; save the file as UTF-8, or import it with';
  expect(refused.stderr).toContain(`cohort.csv, line 2: ${told} --encoding latin1)`);
  expect(refused.stderr).toContain(`cohort.csv, line 4: ${told} --encoding latin1)`);
  const taken = run('episode', 'import', 'cohort.csv', '--encoding', 'latin1');
  expect(taken).toMatchObject({ code: 0, stderr: '' });
  const listed: readonly { readonly id: string }[] = JSON.parse(run('episode', 'list').stdout);
  expect(listed.map(({ id }) => id)).toEqual(['M\u00fc-1', 'plain', '\u20ac-2']);
});
