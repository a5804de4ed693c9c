import { type Command, InvalidArgumentError } from 'commander';
import type { WorklistFormat } from '../../service/case/due-list.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { choiceOption } from '../options/choice-option.ts';
import { collectOption } from '../options/collect-option.ts';
import { addFilterOptions, type FilterOptions, filterOf } from '../options/due-filter.ts';
import { addPlanningOptions, type PlanningOptions } from '../options/planning-options.ts';
import { addStoreOptions, type StoreOptions } from '../options/store-options.ts';
import { showsProgress, writeTo } from '../output/output-target.ts';
import type { Surroundings } from '../surroundings.ts';
import { dueFromFile, type ListedCases } from './due-from-file.ts';
import { dueFromStore } from './due-from-store.ts';

interface DueOptions extends PlanningOptions, StoreOptions, FilterOptions {
  readonly input?: string;
  readonly clinic?: readonly string[];
  readonly closedDays?: string;
  readonly soonDays: number;
  readonly output?: DueFormat;
  readonly out?: string;
}

/** The formats of `due --output`, as the registry of worklist formats has them. */
export const DUE_FORMATS = ['table', 'json', 'ndjson', 'csv', 'html'] as const;
type DueFormat = (typeof DUE_FORMATS)[number];

/** How far ahead a window counts as opening soon, where nothing else is asked for. */
export const SOON_DAYS = 28;
const MOST_SOON_DAYS = 366;

/** `due`: who is to be called, asked or imaged: one row for each open item of a cohort, on one day. */
export function dueCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('due')
    .option(
      '-i, --input <file>',
      'cases, one a line (NDJSON), in the place of a store; - is standard input',
    )
    .addOption(
      collectOption(
        '--clinic <code>',
        'a clinic of the store, or its name for --input; default: all',
      ),
    )
    .option(
      '--closed-days <file>',
      'with --input: closed days of the clinic (JSON), to suggest an open day',
    )
    .option(
      '--soon-days <days>',
      'how far ahead a window is listed as opening soon',
      daysAhead,
      SOON_DAYS,
    );
  addFilterOptions(command);
  addPlanningOptions(command);
  addStoreOptions(command)
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: table on a terminal, else json)',
        DUE_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file, which appears only when it is whole')
    .action(async (options: DueOptions) => {
      const { worklist, missing } = await listOf(surroundings, options);
      const { WORKLIST_FORMATS } = await import('../../service/case/due-list.ts');
      await writeTo(surroundings, options.out, async (target) => {
        const format = options.output ?? (target.isTerminal ? 'table' : 'json');
        const { write, stream }: WorklistFormat = WORKLIST_FORMATS[format];
        if (stream === undefined) return target.write(write(worklist, target.terminal));
        await target.write(stream.head);
        for (const row of worklist.rows) await target.write(stream.writeOne(row));
      });
      if (missing === 0) return;
      await surroundings.stderr.write(missingText(missing));
      setExit(EXIT.partlyDone);
    });
}

/** Reads how far ahead "soon" is. */
export function daysAhead(word: string): number {
  const count = /^\d{1,3}$/.test(word) ? Number(word) : Number.NaN;
  if (count <= MOST_SOON_DAYS) return count;
  throw new InvalidArgumentError(`Whole days from 0 to ${MOST_SOON_DAYS} are allowed.`);
}

async function listOf(surroundings: Surroundings, options: DueOptions): Promise<ListedCases> {
  const { input, clinic: clinics = [], protocol, closedDays, out } = options;
  const filter = filterOf(options);
  if (input === undefined) {
    if (protocol !== undefined) throw onlyWithInput('--protocol', 'protocol adopt');
    if (closedDays !== undefined) throw onlyWithInput('--closed-days', 'clinic closed-days');
    return dueFromStore(surroundings, { ...options, clinics, filter });
  }
  const [clinic = 'clinic', another] = clinics;
  if (another !== undefined) {
    throw new CommandFault(EXIT.usage, [
      { path: '--clinic', message: 'a file of cases is of one clinic' },
    ]);
  }
  const shown = showsProgress(surroundings, out);
  return dueFromFile(surroundings, { ...options, input, clinic, filter, showsProgress: shown });
}

function onlyWithInput(option: string, command: string): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: option,
      message: 'this is for cases of a file, given with --input',
      mend: `for a store: cryowatch ${command}`,
    },
  ]);
}

function missingText(count: number): string {
  return `cryowatch: ${count} ${count === 1 ? 'case is' : 'cases are'} NOT on this list; see above\n`;
}
