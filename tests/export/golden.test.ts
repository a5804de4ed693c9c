import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { goldenFiles } from './golden-files.ts';

/**
 * `CRYOWATCH_GOLDEN=write` writes the files anew; look at the difference before you commit it.
 */
const writing = process.env.CRYOWATCH_GOLDEN === 'write';
const files = goldenFiles();

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
}

describe('golden files', () => {
  it.each(Object.keys(files))('%s is written byte for byte', (name) => {
    const path = pathOf(name);
    if (writing) writeFileSync(path, files[name] ?? '');
    expect(existsSync(path)).toBe(true);
    const golden = readFileSync(path);
    expect(files[name]).toBe(golden.toString());
    expect(Buffer.from(files[name] ?? '').equals(golden)).toBe(true);
  });

  it.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu'])(
    'are the same in %s and in another language',
    (zone) => {
      const script = fileURLToPath(new URL('./golden-files.ts', import.meta.url));
      const done = spawnSync(process.execPath, [script, '--print'], {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        env: { ...process.env, TZ: zone, LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
      });
      expect(JSON.parse(done.stdout)).toEqual(files);
    },
  );
});
