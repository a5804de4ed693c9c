import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The package as npm would install it, built from the sources, in a folder of its own. */
export interface InstalledPackage {
  /** The built program. */
  readonly main: string;
  /** The installed command, which also turns on Node's compile cache. */
  readonly command: string;
  /** A program that does nothing. */
  readonly empty: string;
  readonly remove: () => void;
}

/** Builds the package. The caller removes it. */
export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'cryowatch-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const project = join(ROOT, 'tsconfig.build.json');
    execFileSync(process.execPath, [tsc, '-p', project, '--outDir', join(folder, 'dist')]);
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    mkdirSync(join(folder, 'bin'));
    cpSync(join(ROOT, 'bin/cryowatch.js'), join(folder, 'bin/cryowatch.js'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'empty.mjs'), '');
  } catch (error) {
    remove();
    throw error;
  }
  return {
    main: join(folder, 'dist/main.js'),
    command: join(folder, 'bin/cryowatch.js'),
    empty: join(folder, 'empty.mjs'),
    remove,
  };
}
