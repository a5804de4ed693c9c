import { type Command, InvalidArgumentError } from 'commander';
import { formatDay } from '../domain/civil-date.ts';
import { showFound } from '../domain/problem.ts';
import type { ClinicCalendar, WorklistRow } from '../service/due-list.ts';
import { choiceOption } from './choice-option.ts';
import { CommandFault } from './command-fault.ts';
import { readJsonFile } from './documents.ts';
import { planEach } from './each-plan.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { fileFault } from './file-faults.ts';
import { showsProgress, writeTo } from './output-target.ts';
import { addPlanningOptions, type PlanningOptions, planSettings } from './planning-options.ts';
import { reportProblems } from './problem-report.ts';
import { readCases } from './read-cases.ts';
import type { Surroundings } from './surroundings.ts';

interface DueOptions extends PlanningOptions {
  readonly input: string;
  readonly clinic: string;
  readonly closedDays?: string;
  readonly soonDays: number;
  readonly all?: boolean;
  readonly output?: DueFormat;
  readonly out?: string;
}

/** The formats of `due --output`, as the registry of worklist formats has them. */
export const DUE_FORMATS = ['table', 'json', 'ndjson', 'csv', 'html'] as const;
type DueFormat = (typeof DUE_FORMATS)[number];

const SOON_DAYS = 28;
const MOST_SOON_DAYS = 366;

/** `due`: who is to be called, asked or imaged: one row for each open item of a cohort, on one day. */
export function dueCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('due')
    .description('list what is due, overdue or escalated in a cohort, most urgent first')
    .requiredOption('-i, --input <file>', 'cases, one a line (NDJSON); - is standard input')
    .option('--clinic <name>', 'name of the clinic in the rows', 'clinic')
    .option('--closed-days <file>', 'closed days of the clinic (JSON): suggests an open day')
    .option(
      '--soon-days <days>',
      'how far ahead a window is listed as opening soon',
      days,
      SOON_DAYS,
    )
    .option('--all', 'list also what needs nothing yet (bucket later)');
  addPlanningOptions(command)
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: table on a terminal, else json)',
        DUE_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file, which appears only when it is whole')
    .action(async (options: DueOptions) => {
      setExit((await listDue(surroundings, options)) > 0 ? EXIT.partlyDone : EXIT.done);
    });
}

function days(word: string): number {
  const count = /^\d{1,3}$/.test(word) ? Number(word) : Number.NaN;
  if (count <= MOST_SOON_DAYS) return count;
  throw new InvalidArgumentError(`Whole days from 0 to ${MOST_SOON_DAYS} are allowed.`);
}

/** Writes the list of one day; gives the number of cases that are missing on it. */
async function listDue(surroundings: Surroundings, options: DueOptions): Promise<number> {
  const { clinic, soonDays, input, out } = options;
  const { makeWorklist, rowsOfPlan, WORKLIST_FORMATS, BUCKET_NAMES } = await import(
    '../service/due-list.ts'
  );
  const planned = await planSettings(surroundings, options);
  const asOf = planned.asOf ?? planned.today;
  const settings = { ...planned, asOf };
  const calendar = await closedDays(surroundings, options.closedDays);
  const read = await readCases(surroundings, input);
  if (!read.ok) throw fileFault(read.fault, input);

  const rows: WorklistRow[] = [];
  const episodes = new Set<string>();
  let repeated = 0;
  const cases = {
    texts: read.texts,
    file: input,
    settings,
    showsProgress: showsProgress(surroundings, out),
  };
  const faulty = await planEach(surroundings, cases, async (plan) => {
    if (episodes.has(plan.episode.id)) {
      repeated += 1;
      await reportProblems(surroundings.stderr, [secondCase(plan.episode.id)], { file: input });
      return;
    }
    episodes.add(plan.episode.id);
    rows.push(...rowsOfPlan(plan, { clinic, soonDays, calendar }));
  });

  const buckets =
    options.all === true ? undefined : BUCKET_NAMES.filter((name) => name !== 'later');
  const worklist = makeWorklist(rows, { asOf: formatDay(asOf), soonDays }, { buckets });
  await writeTo(surroundings, out, async (target) => {
    const format = options.output ?? (target.isTerminal ? 'table' : 'json');
    await target.write(WORKLIST_FORMATS[format].write(worklist, target.terminal));
  });
  const missing = faulty + repeated;
  if (missing > 0) await surroundings.stderr.write(missingText(missing));
  return missing;
}

async function closedDays(
  surroundings: Surroundings,
  file: string | undefined,
): Promise<ClinicCalendar | undefined> {
  if (file === undefined) return undefined;
  const { loadClinicCalendar } = await import('../service/due-list.ts');
  const { document, place } = await readJsonFile(surroundings, file);
  const loaded = loadClinicCalendar(document);
  if (loaded.ok) return loaded.value;
  throw new CommandFault(EXIT.invalidInput, loaded.problems, place);
}

function secondCase(episode: string) {
  return {
    path: 'episode.id',
    message: 'a second case has the id of an earlier one; only the first is on the list',
    found: showFound(episode),
    allowed: 'one case an episode',
  };
}

function missingText(count: number): string {
  return `cryowatch: ${count} ${count === 1 ? 'case is' : 'cases are'} NOT on this list; see above\n`;
}
