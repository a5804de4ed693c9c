import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../store/temp-stores.ts';
import { clinicStore } from '../clinic-store.ts';
import { cryowatch } from '../memory-surroundings.ts';

describe('init', () => {
  test('makes a store with a key of chance and a clinic, and says what comes next', async () => {
    const { database } = await clinicStore({ approved: false });
    const again = await cryowatch(['init', '--clinic', 'SOUTH', '--database', database]);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('there is a file already');
    expect(again.stdout).toBe('');
    expect([...again.written.keys()]).toEqual([]);
  });

  test('makes a store with a key that was made elsewhere, and opens it with that alone', async () => {
    const database = join(tempFolder(), 'clinic.db');
    const files = { 'k.key': `${'ab'.repeat(32)}\n` };
    const place = ['--database', database, '--key-file', 'k.key'];
    const made = await cryowatch(['init', '--clinic', 'N', ...place], { files });
    expect(made.code).toBe(0);
    expect([...made.written.keys()]).toEqual([]);
    expect((await cryowatch(['clinic', 'list', ...place], { files })).code).toBe(0);
  });

  test('--dry-run says what would be made, and writes neither key nor store', async () => {
    const database = join(tempFolder(), 'new', 'clinic.db');
    const args = ['init', '--clinic', 'n', '--database', database, '--dry-run'];
    const run = await cryowatch(args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toBe(
      [
        `store       ${database} (would be made)`,
        `key file    ${database}.key (would be made)`,
        'clinic      N, N, UTC',
        'Nothing was written (--dry-run).',
        '',
      ].join('\n'),
    );
    expect([...run.written.keys()]).toEqual([]);
    expect(existsSync(join(database, '..'))).toBe(false);
    const files = { [`${database}.key`]: 'ab'.repeat(32) };
    expect((await cryowatch(args, { files })).stdout).toContain('(is there already)');
    const { database: taken } = await clinicStore({ approved: false });
    expect((await cryowatch(['init', '--clinic', 'n', '-d', taken, '--dry-run'])).code).toBe(3);
  });

  test.skipIf(!existsSync('/proc/self'))(
    'makes no key where no store can be made, and says so',
    async () => {
      const place = ['--database', '/proc/none/clinic.db', '--key-file', 'k.key'];
      const run = await cryowatch(['init', '--clinic', 'N', ...place]);
      expect(run.code).toBe(5);
      expect(run.stderr).toBe(
        'cryowatch: /proc/none/clinic.db: there is no such file or folder (choose another place: --database)\n',
      );
      expect([...run.written.keys()]).toEqual([]);
    },
  );

  test('refuses a clinic that cannot be, and writes neither key nor store', async () => {
    const run = await cryowatch(['init', '--clinic', 'n o', '--database', '/nowhere/x.db']);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('code: this cannot be the code of a clinic');
    expect([...run.written.keys()]).toEqual([]);
    const zone = await cryowatch(['init', '--clinic', 'N', '--zone', 'Europe/Berlni']);
    expect(zone.stderr).toContain('there is no such time zone (found "Europe/Berlni"');
  });

  test('takes a key that is there, and refuses one that is none without showing it', async () => {
    const files = { 'k.key': 'my secret words' };
    const run = await cryowatch(
      ['init', '--clinic', 'N', '--database', '/nowhere/x.db', '--key-file', 'k.key'],
      { files },
    );
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('k.key: this is not a key file');
    expect(run.stderr).not.toContain('secret words');
  });
});

describe('a command on a store', () => {
  test.each([
    [{}, 5, 'make a store first (cryowatch init)'],
    [{ files: { 'cryowatch.db.key': '00'.repeat(32) } }, 5, 'make a store first'],
  ])('that is not there says what to do', async (world, code, says) => {
    const run = await cryowatch(['clinic', 'list'], world);
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
  });

  test('with the key of another store is refused', async () => {
    const store = await clinicStore();
    const key = { [`${store.database}.key`]: '11'.repeat(32) };
    const run = await store.run(['clinic', 'list'], { files: key });
    expect(run.code).toBe(7);
    expect(run.stderr).toContain('--key-file');
  });
});
