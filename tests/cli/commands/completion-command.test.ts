import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../store/temp-stores.ts';
import { cryowatch } from '../memory-surroundings.ts';

const { CRYOWATCH_READERS } = process.env;
const REQUIRED = CRYOWATCH_READERS === 'required';

async function script(shell: string): Promise<string> {
  const run = await cryowatch(['completion', shell]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return run.stdout;
}

/** What bash offers for a line that ends at the cursor. */
async function bashOffers(line: string): Promise<string[]> {
  const words = line.split(' ');
  const asked = [
    await script('bash'),
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length - 1}`,
    `_cryowatch cryowatch '${words.at(-1)}' '${words.at(-2)}'`,
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ].join('\n');
  return execFileSync('bash', ['--norc', '-c', asked], { encoding: 'utf8' }).trim().split('\n');
}

describe('completion', () => {
  test.each([
    ['cryowatch d', ['due', 'diff']],
    ['cryowatch protocols ', ['list', 'show', 'check']],
    ['cryowatch due --output ', ['table', 'json', 'ndjson', 'csv', 'html']],
    ['cryowatch due --bucket over', ['overdue']],
    ['cryowatch calendar import --dry', ['--dry-run']],
    ['cryowatch plan --out', ['--output', '--out']],
  ])('in bash: %s', async (line, offered) => {
    const offers = await bashOffers(line);
    for (const word of offered) expect(offers).toContain(word);
  });

  test('in bash: nothing but files is offered where any word may stand', async () => {
    expect(await bashOffers('cryowatch due --database ')).toEqual(['']);
  });

  test.each([
    ['bash', ['--norc', '-n']],
    ['zsh', ['-f', '-n']],
    ['fish', ['--no-execute']],
  ])('%s reads its script without complaint', async (shell, args) => {
    const file = join(tempFolder(), 'completion');
    writeFileSync(file, await script(shell));
    const { error, status, stderr } = spawnSync(shell, [...args, file], { encoding: 'utf8' });
    // Only bash is on every machine; where the proof is asked for, the others are too.
    if (error !== undefined && shell !== 'bash' && !REQUIRED) return;
    expect(error).toBeUndefined();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.runIf(REQUIRED)('in fish: commands, options and their words are offered', async () => {
    const file = join(tempFolder(), 'completion.fish');
    writeFileSync(file, await script('fish'));
    const offers = (line: string) =>
      execFileSync('fish', ['--no-config', '-c', `source ${file}; complete -C "${line}"`], {
        encoding: 'utf8',
      });
    expect(offers('cryowatch protocols ')).toMatch(/^check\t.*\nlist\t.*\nshow\t/);
    expect(offers('cryowatch due --bu')).toMatch(/^--bucket\t/);
    expect(offers('cryowatch due --bucket ov')).toMatch(/^overdue\t/);
  });

  test('another shell is refused with those that there are', async () => {
    const run = await cryowatch(['completion', 'tcsh']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('bash, zsh, fish');
  });
});
