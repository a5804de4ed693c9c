import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cliDoc, commandsOf } from '../../scripts/docs/cli-doc.ts';
import { EXAMPLES, STORE_EXAMPLES } from '../../scripts/docs/examples.ts';
import { recordingSurroundings } from '../../scripts/docs/recorded-command.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { createProgram } from '../../src/cli/program.ts';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const commands = commandsOf(await createProgram(recordingSurroundings([]), () => undefined));

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

  it('has an example for every command, and none for what is no command', () => {
    const examples = [...Object.keys(EXAMPLES), ...Object.keys(STORE_EXAMPLES)].sort();
    expect(examples).toEqual(commands.map(({ name }) => name).sort());
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

  it('has examples that end as they say, and one that shows a fault of each kind of command', () => {
    // The generator throws for an example that ends otherwise.
    const all = [...Object.values(EXAMPLES), ...Object.values(STORE_EXAMPLES)].flat();
    const faulty = all.filter(({ code = 0 }) => code !== 0);
    expect(faulty.map(({ line }) => line.split(' ')[0])).toEqual(['plan', 'record']);
    expect(page.match(/^Exit code 3\.$/gm)).toHaveLength(faulty.length);
  });
});
