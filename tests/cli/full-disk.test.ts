import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mayMount } from '../store/child.ts';
import { type ClinicStore, clinicStore } from './clinic-store.ts';

/** What docs/operations.md says of lists on a disk that takes no writes. */

const COMMAND = fileURLToPath(new URL('../../bin/cryowatch.js', import.meta.url));

/** Runs shell lines beside a copy of a store on a disk of 4 MB; `cw NAME …` writes the exit code of a command. */
async function onSmallDisk(store: ClinicStore, lines: readonly string[]): Promise<string[]> {
  const disk = join(store.folder, 'disk');
  mkdirSync(disk);
  writeFileSync(`${store.database}.key`, store.keyText);
  const script = [
    `mount -t tmpfs -o size=4m none '${disk}' && cd '${disk}'`,
    `cp '${store.database}' cryowatch.db && cp '${store.database}.key' cryowatch.db.key`,
    `cw() { '${process.execPath}' '${COMMAND}' "$@" >../out 2>../err; echo "$1 $? $(head -c 60 ../err)"; }`,
    ...lines,
  ].join('\n');
  const { stdout } = spawnSync('unshare', ['-rm', 'sh', '-c', script], { encoding: 'utf8' });
  return stdout.split('\n').map((line) => line.trimEnd());
}

describe.skipIf(!mayMount())('on a disk of its own (needs unshare, which may be refused)', () => {
  it('a full one tells no list, and all is well with room again', async () => {
    const told = await onSmallDisk(await clinicStore(), [
      'dd if=/dev/zero of=fill bs=1k 2>/dev/null',
      'cw due; cw status; cw nightly --out ../lists; rm fill; cw due',
    ]);
    const full = '1 cryowatch: cryowatch.db: the disk is full';
    for (const line of told.slice(0, 3)) expect(line).toContain(full);
    expect(told[3]).toBe('due 0');
  });

  it('a read-only one tells no list, and a copy elsewhere does', async () => {
    const told = await onSmallDisk(await clinicStore(), [
      'mount -o remount,ro .',
      'cw due; cw status; mkdir ../copy; cp cryowatch.db* ../copy; cd ../copy; cw due',
    ]);
    const readOnly = '1 cryowatch: cryowatch.db: the store or its folder may not be';
    for (const line of told.slice(0, 2)) expect(line).toContain(readOnly);
    expect(told[2]).toBe('due 0');
  });
});
