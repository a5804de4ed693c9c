import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SIMPLE_FIELDS } from '../../src/input/simple-case.ts';

it('docs/cohort-files.md names every column, and no other', () => {
  const page = readFileSync(new URL('../../docs/cohort-files.md', import.meta.url), 'utf8');
  const columns = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, column]) => column);
  expect(columns.sort()).toEqual(Object.keys(SIMPLE_FIELDS).sort());
});
