import type { Command } from 'commander';
import { type Problem, showFound } from '../../domain/problem.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { readCases } from '../input/read-cases.ts';
import { type CalendarFlags, calendarOptions } from '../options/calendar-flags.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addPlanningOptions,
  type PlanningOptions,
  planSettings,
} from '../options/planning-options.ts';
import {
  addSimpleCaseOptions,
  flagOfField,
  simpleCaseFrom,
} from '../options/simple-case-options.ts';
import { OUTPUT_FORMATS } from '../output/output-formats.ts';
import { PlanStream } from '../output/plan-stream.ts';
import type { Surroundings } from '../surroundings.ts';

interface PlanOptions extends PlanningOptions, CalendarFlags {
  readonly input?: string;
  readonly output?: string;
  readonly out?: string;
}

/** `plan`: the timeline of one case, or of many, in any format. */
export function planCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('plan')
    .option(
      '-i, --input <file>',
      'case file (JSON), or NDJSON with one case a line; - is standard input',
    );
  addSimpleCaseOptions(addPlanningOptions(command))
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: table on a terminal, else json, or ndjson for many cases)',
        OUTPUT_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file, which appears only when it is whole')
    .addOption(
      choiceOption('--privacy <level>', 'ics: what the calendar tells (default: minimal)', [
        'minimal',
        'coded',
        'named',
      ]),
    )
    .option('--stamp <instant>', 'ics: revision stamp, ISO 8601 (default: the newest event)')
    .option('--uid-key-file <file>', 'ics: file with the secret that makes the event UIDs')
    .option('--no-alarms', 'ics: write no alarms')
    .action(async (options: PlanOptions) => {
      const settings = await planSettings(surroundings, options);
      const calendar = await calendarOptions(surroundings, options);
      const stream = new PlanStream(surroundings, settings, calendar, options);
      const simple = simpleCaseFrom({ ...options });
      if (options.input === undefined) {
        if (simple === undefined) throw nothingToPlan();
        await stream.runOne(requireAblated(simple), problemsAsTyped);
        if (options.output === 'ics' && !('id' in simple)) await surroundings.stderr.write(NO_ID);
      } else if (simple !== undefined) {
        throw bothGiven();
      } else {
        const read = await readCases(surroundings, options.input);
        if (!read.ok) throw fileFault(read.fault, options.input);
        setExit(await stream.runFile(read.texts, options.input));
      }
    });
}

const NO_ID =
  'cryowatch: without --id, cases with the same ablation date and side share the UIDs of their events; give --id to keep their calendars apart\n';

function nothingToPlan(): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: '',
      message: 'there is nothing to plan',
      allowed: '--ablated DATE with the facts of one case, or --input FILE',
    },
  ]);
}

function bothGiven(): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: '--input',
      message: 'a case comes from a file or from flags, not from both',
      mend: 'put the facts into the file, or leave out --input',
    },
  ]);
}

function requireAblated(simple: object): object {
  if ('ablatedOn' in simple) return simple;
  throw new CommandFault(EXIT.usage, [
    {
      path: '--ablated',
      message: 'the date of the ablation is missing',
      found: showFound(undefined),
      allowed: 'YYYY-MM-DD',
    },
  ]);
}

/** Problems of the short form, under the names of the flags. */
function problemsAsTyped(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: flagOfField(problem.path) ?? problem.path,
  }));
}
