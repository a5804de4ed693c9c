import { Command } from 'commander';
import { COMMANDS, type CommandEntry } from './commands.ts';
import type { ExitCode } from './exit-code.ts';
import { printableLines } from './output/wrapped-text.ts';
import type { Surroundings } from './surroundings.ts';

/** Descriptions are wrapped in as few columns as this. */
const NARROWEST_HELP = 20;

const EPILOGUE = `
Exit codes: 0 done, 1 fault, 2 usage, 3 invalid input, 5 not found,
6 busy, 7 store damaged or too new, 8 partly done.
cryowatch applies a protocol that a clinician approved; it reads no images
and decides nothing.`;

/** The command line with every command and all their options. `setExit` tells an exit code other than 0. */
export async function createProgram(
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): Promise<Command> {
  return programWith(surroundings, setExit, () => true);
}

/** The command line for some words: whole is the command that they name; of the others it only knows the names. */
export async function programFor(
  args: readonly string[],
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): Promise<Command> {
  const [first, second] = args;
  const named = first === 'help' ? second : first;
  // The script for a shell tells of every command.
  if (named === 'completion') return createProgram(surroundings, setExit);
  return programWith(surroundings, setExit, (name) => name === named);
}

async function programWith(
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
  isWhole: (name: string) => boolean,
): Promise<Command> {
  const program = bareProgram(surroundings);
  for (const [heading, entries] of Object.entries(COMMANDS)) {
    for (const [name, entry] of Object.entries(entries)) {
      if (isWhole(name)) (await entry.load())(program, surroundings, setExit);
      else program.command(entry.usage);
      describe(program, name, entry, heading);
    }
  }
  return program;
}

function describe(program: Command, name: string, { says }: CommandEntry, heading: string): void {
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) throw new Error(`the command ${name} has another name in its file`);
  command.description(says).helpGroup(heading);
}

function bareProgram(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings;
  return (
    new Command('cryowatch')
      .description('surveillance schedules after breast cryoablation')
      .version(surroundings.version, '-V, --version')
      .addHelpText('after', EPILOGUE)
      .showHelpAfterError('(run the command with --help for its options)')
      .exitOverride()
      // An option behind `calendar import` belongs to it, though `calendar` has one of the same name.
      .enablePositionalOptions()
      .configureHelp({ minWidthToWrap: NARROWEST_HELP })
      .configureOutput({
        writeOut: (text) => void stdout.write(text),
        writeErr: (text) => void stderr.write(text),
        outputError: (text, write) =>
          write(printableLines(text.replace(/^error: /, 'cryowatch: '))),
        getOutHelpWidth: () => stdout.columns,
        getErrHelpWidth: () => stderr.columns,
      })
  );
}
