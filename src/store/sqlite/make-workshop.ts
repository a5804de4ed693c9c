import { mkdtempSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from './make-folders.ts';

/** An empty folder beside a place, in which what is to stand there is built; to be taken away again. */
export function makeWorkshop(path: string): string {
  const folder = dirname(resolve(path));
  makeFolders(folder);
  return mkdtempSync(join(folder, `.${basename(path)}.partial-`));
}
