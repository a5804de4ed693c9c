import { describe, expect, it } from 'vitest';
import { mayMount, runMounted } from '../../store/child.ts';
import { tempFolder } from '../../store/temp-stores.ts';

describe.skipIf(!mayMount())('an import on a disk that is too small', () => {
  it('keeps nothing of the file, says that the disk is full, and a smaller file goes in', () => {
    const folder = tempFolder();
    const setup = `mount -t tmpfs -o size=2m none '${folder}'`;
    const told = JSON.parse(runMounted(setup, 'import-until-full', folder));
    expect(told).toMatchObject({ fault: 'full', kept: 20, after: 50, findings: [] });
    expect(told.again).toMatchObject({ ok: true, value: { unchanged: 20, registered: 30 } });
  });
});
