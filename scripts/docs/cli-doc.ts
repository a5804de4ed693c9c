import type { Argument, Command, Option } from 'commander';
import { EXIT } from '../../src/cli/exit-code.ts';
import { createProgram } from '../../src/cli/program.ts';
import { EXAMPLES, type Example, STORE_EXAMPLES, wordsOf } from './examples.ts';
import { COLUMNS, recordCommand, recordingSurroundings } from './recorded-command.ts';
import { SampleStore } from './sample-store.ts';

const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  fault: 'fault: the disk is full, a file cannot be written, or an error of the program',
  usage: 'usage: an unknown command or option, or options that do not go together',
  invalidInput: 'invalid input: nothing was planned',
  notFound: 'not found: a file, a protocol, or a line of a plan',
  busy: 'busy: another process holds the store or its nightly run, or was faster; try again',
  storeUnusable:
    'the store is damaged, too new for this release, not ours, or sealed with another key',
  partlyDone: 'partly done: some cases of a file were faulty, the others were planned',
};

const INTRODUCTION = `# The command line

This page is written by \`npm run fix\` from the commands themselves; changes by hand are lost.
\`npm run check\` fails when it is out of date. The output of the examples is real: what a terminal
of ${COLUMNS} columns shows on 20 January 2026; for commands on a store that of the sample clinic
(\`examples/clinic/\`) on 15 June 2026, with \`CRYOWATCH_DATABASE=clinic.db\`.

- Data goes to standard output, messages go to standard error.
- A file named \`-\` is standard input.
- A mistake in the input is told with file, line, field, what was found and what is allowed.
- One faulty case among many is told with its line, and the rest goes on.
- \`--out\` writes a file that only its owner may read and that appears only when it is whole.
- Colour is for terminals, and is left out when \`NO_COLOR\` is set. Text of a case never reaches the
  controls of the terminal.`;

/** The text of docs/cli.md: every command with its options, examples with their output, exit codes. */
export async function cliDoc(): Promise<string> {
  const program = await createProgram(recordingSurroundings([]), () => undefined);
  const examples = await recordedExamples();
  const sections: string[] = [INTRODUCTION, exitCodes()];
  for (const { name, command } of commandsOf(program)) {
    sections.push(
      [commandText(program, name, command), ...(examples.get(name) ?? [])].join('\n\n'),
    );
  }
  return `${sections.join('\n\n')}\n`;
}

/** Every command that does something, by its words. */
export function commandsOf(
  command: Command,
  words: readonly string[] = [],
): { readonly name: string; readonly command: Command }[] {
  return command.commands.flatMap((child) => {
    const path = [...words, child.name()];
    const acts = child.commands.length === 0 || child.options.length > 0;
    return [
      ...(acts ? [{ name: path.join(' '), command: child }] : []),
      ...commandsOf(child, path),
    ];
  });
}

function exitCodes(): string {
  const rows = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map(
    (name) => `| ${EXIT[name]} | ${EXIT_MEANINGS[name]} |`,
  );
  return [
    '## Exit codes',
    ['| code | means |', '|---|---|', ...rows].join('\n'),
    'A run that is interrupted leaves no half-written file; it exits with 130 (Ctrl-C), 143 (SIGTERM) or 129 (SIGHUP).',
  ].join('\n\n');
}

/** What the examples of each command print. */
async function recordedExamples(): Promise<ReadonlyMap<string, readonly string[]>> {
  const texts = new Map<string, readonly string[]>();
  for (const [name, examples] of Object.entries(EXAMPLES)) {
    texts.set(name, await recorded(examples, recordCommand));
  }
  const store = await SampleStore.make();
  try {
    for (const [name, examples] of Object.entries(STORE_EXAMPLES)) {
      texts.set(name, await recorded(examples, (args) => store.run(args)));
    }
  } finally {
    store.remove();
  }
  return texts;
}

type Run = (args: readonly string[]) => Promise<{ readonly text: string; readonly code: number }>;

async function recorded(examples: readonly Example[], run: Run): Promise<string[]> {
  const texts: string[] = [];
  for (const example of examples) texts.push(await exampleText(example, run));
  return texts;
}

function commandText(program: Command, name: string, command: Command): string {
  const help = program.createHelp();
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  return [
    `## cryowatch ${name}`,
    `${sentence(help.commandDescription(command))}`,
    `    cryowatch ${name} ${command.usage()}`,
    ...table(
      'argument',
      help.visibleArguments(command).map((each) => argumentRow(help, each)),
    ),
    ...table(
      'option',
      options.map((each) => optionRow(help, each)),
    ),
  ].join('\n\n');
}

type Help = ReturnType<Command['createHelp']>;

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function argumentRow(help: Help, argument: Argument): string {
  return row(help.argumentTerm(argument), help.argumentDescription(argument));
}

function optionRow(help: Help, option: Option): string {
  return row(help.optionTerm(option), help.optionDescription(option));
}

function row(term: string, says: string): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  return `| \`${term.replaceAll('|', '\\|')}\` | ${cell(says)} |`;
}

function table(what: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [[`| ${what} | |`, '|---|---|', ...rows].join('\n')];
}

/** @throws Error for an example that does not end as it says */
async function exampleText(
  { line, shown, code: expected = 0 }: Example,
  run: Run,
): Promise<string> {
  const { text, code } = await run(wordsOf(line));
  if (code !== expected) throw new Error(`${line}: exit code ${code}, not ${expected}: ${text}`);
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const kept = shown === undefined ? lines : lines.slice(0, shown);
  const cut = lines.length - kept.length;
  return [
    '```console',
    `$ cryowatch ${line}`,
    ...kept,
    ...(cut === 0 ? [] : [`… ${cut} more lines`]),
    '```',
    ...(code === EXIT.done ? [] : ['', `Exit code ${code}.`]),
  ].join('\n');
}
