import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cliDoc, commandsOf } from '../../scripts/docs/cli-doc.ts';
import { recordCommand, recordingSurroundings } from '../../scripts/docs/recorded-command.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { createProgram } from '../../src/cli/program.ts';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const commands = commandsOf(createProgram(recordingSurroundings([]), () => undefined));

function sectionOf(name: string): string {
  const start = page.indexOf(`## cryowatch ${name}\n`);
  expect(start).toBeGreaterThan(-1);
  const next = page.indexOf('\n## ', start + 1);
  return page.slice(start, next === -1 ? undefined : next);
}

describe('docs/cli.md', () => {
  it('is what the generator writes', async () => {
    expect(page).toBe(await cliDoc());
  });

  it('knows every command', () => {
    expect(commands.map(({ name }) => name)).toEqual([
      'plan',
      'due',
      'explain',
      'diff',
      'check',
      'protocols list',
      'protocols show',
      'protocols check',
    ]);
  });

  it.each(commands)(
    'tells of $name every argument, every option and an example',
    ({ name, command }) => {
      const section = sectionOf(name);
      expect(command.description()).not.toBe('');
      for (const option of command.options) {
        expect(option.description).not.toBe('');
        expect(section).toContain(`| \`${option.flags.replaceAll('|', '\\|')}\` | `);
      }
      for (const argument of command.registeredArguments) {
        expect(argument.description).not.toBe('');
        expect(section).toContain(`| \`${argument.name().replaceAll('|', '\\|')}\` | `);
      }
      expect(section).toContain(`$ cryowatch ${name} `.trimEnd());
    },
  );

  it('tells every exit code', () => {
    for (const code of Object.values(EXIT)) expect(page).toContain(`| ${code} | `);
  });

  it('has no example that fails but the one that shows how', async () => {
    const lines = [...page.matchAll(/^\$ cryowatch (.*)$/gm)].map(([, line]) => line ?? '');
    expect(lines.length).toBeGreaterThan(7);
    for (const line of lines) {
      const { code } = await recordCommand(line.split(' '));
      expect({ line, code }).toEqual({ line, code: line.includes('2026-02-30') ? 3 : 0 });
    }
  });
});
