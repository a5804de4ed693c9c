import { describe, expect, test } from 'vitest';
import { recordingSurroundings } from '../../scripts/docs/recorded-command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { createProgram, programFor } from '../../src/cli/program.ts';

const surroundings = recordingSurroundings([]);
const NAMES = Object.values(COMMANDS).flatMap((entries) => Object.keys(entries));

describe('a program that knows only the names of most commands', () => {
  test('has the same help as the whole one', async () => {
    const whole = await createProgram(surroundings, () => undefined);
    const bare = await programFor(['--help'], surroundings, () => undefined);
    expect(bare.helpInformation()).toBe(whole.helpInformation());
  });

  test.each(NAMES)('is whole where %s is asked for', async (name) => {
    const whole = await createProgram(surroundings, () => undefined);
    for (const args of [[name], ['help', name]]) {
      const program = await programFor(args, surroundings, () => undefined);
      const [asked, known] = [program, whole].map((each) =>
        each.commands.find((command) => command.name() === name),
      );
      expect(asked?.helpInformation()).toBe(known?.helpInformation());
    }
  });
});
