import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));

it('the quick bench of a cohort makes its store, prints every row and ends with 0', () => {
  const args = [RUN, 'cohort', '300', '--quick'];
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  const works = printed
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|')[1]?.trim());
  expect(works).toEqual([
    'work',
    'import of 300 episodes, 5000 at once',
    'memory: the most during the first nightly run',
    expect.stringMatching(/^due items of one night \([1-9]\d*\), joined and ordered$/),
    'due list told from the events',
    'nightly run, nothing changed',
    'nightly run, 2 % changed',
    'nightly run, every plan changed',
  ]);
}, 60_000);

it.each([['cohort', 'many'], ['cohort', '0'], ['cohort', '10', '20'], ['nothing']])(
  'refuses %s %s',
  (...args) => {
    const { status, stderr } = spawnSync(process.execPath, [RUN, ...args], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('cohort with a number of episodes');
  },
);
