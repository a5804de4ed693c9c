import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));

it('the quick bench agrees with its floors, prints every row and ends with 0', () => {
  const printed = execFileSync(process.execPath, [RUN, '--quick'], { encoding: 'utf8' });
  const works = printed
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|')[1]?.trim());
  expect(works).toEqual([
    'work',
    'plan: epoch days in and out',
    'plan: ISO text in and out, no explanations',
    'check of the input alone (zod)',
    'check, plan and explain',
    'plan: ISO text in and out, plain cases',
    expect.stringMatching(/^calendars, \d+ events each: events written$/),
    'heap after 200 calendars, one by one',
    'cryowatch --help (installed)',
    'main.js --help, no compile cache',
    'cryowatch --version (installed)',
    'cryowatch plan of one case',
    expect.stringMatching(/^feed of \d+ events, unchanged: 200$/),
    expect.stringMatching(/^feed of \d+ events, unchanged: 304$/),
    'feed refused: a known selector, another verifier',
    expect.stringMatching(/^worklist page of \d+ open items: the first after the start$/),
    expect.stringMatching(/^worklist page of \d+ open items: again$/),
    expect.stringMatching(/^worklist page of \d+ open items: after one change$/),
  ]);
}, 120_000);
