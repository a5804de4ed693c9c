import type { Command } from 'commander';
import { formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Problem } from '../../domain/problem.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { readEventsFile } from '../input/events-file.ts';
import { addEventFlags, EVENT_TYPES, eventFieldsFrom } from '../options/event-flags.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { asTyped, typedEvent } from '../options/typed-event.ts';
import { versionWord } from '../options/version-word.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { recordedJson, recordedText } from '../output/recorded-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface RecordOptions extends ClinicOptions, AnswerOptions {
  readonly input?: string;
  readonly json?: string;
  readonly expect?: number;
  readonly accept?: boolean;
  readonly acknowledge?: readonly string[];
  readonly acknowledgeReason?: string;
  readonly dryRun?: boolean;
}

/** `record EPISODE TYPE`: what happened to a patient; answers with what it changes. */
export function recordCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('record')
    .argument('<episode>', 'the clinic’s id of the episode')
    .argument('[type]', `what happened: ${EVENT_TYPES.join(', ')}`)
    .option(
      '-i, --input <file>',
      'in the place of a type: one event, a list (JSON), or one a line (NDJSON); - is standard input',
    )
    .option('--json <fields>', 'further fields of the event: {"findings": {…}} say');
  addEventFlags(command)
    .option('--expect <version>', 'record only if the episode stands at this version', versionWord)
    .option('--accept', 'record also what contradicts the history or changes nothing')
    .option('--acknowledge <key...>', 'open escalations that the end may leave unanswered')
    .option('--acknowledge-reason <text>', 'why they may stay unanswered')
    .option('--dry-run', 'show what would change, and write nothing');
  addClinicOption(addStoreOptions(addAnswerOption(command))).action(
    async (episode: string, type: string | undefined, options: RecordOptions) => {
      const given = await eventsOf(surroundings, type, options);
      await withClinic(surroundings, options, async (context, clinic) => {
        const { recordEvents } = await import('../../service/episode/record-events.ts');
        const today = formatDay(dayInZone(context.clock(), clinic.zone));
        const { dryRun = false } = options;
        const outcome = await recordEvents(context, {
          clinic,
          episode,
          events: given.events(today),
          expected: options.expect,
          acceptContradictions: options.accept,
          acknowledgement: acknowledgementOf(options),
          dryRun,
        });
        if (!outcome.ok) await given.report(outcome.problems.map(asAsked));
        const recorded = orFault(outcome.ok ? outcome : { ...outcome, problems: [] });
        await writeAnswer(surroundings, options, {
          json: recordedJson(recorded, dryRun),
          text: () => recordedText(recorded, dryRun, surroundings.stdout),
        });
      });
    },
  );
}

interface GivenEvents {
  /** `today`: the day of an event that was typed without one. */
  events(today: string): readonly unknown[];
  report(problems: readonly Problem[]): Promise<void>;
}

async function eventsOf(
  surroundings: Surroundings,
  type: string | undefined,
  options: RecordOptions,
): Promise<GivenEvents> {
  const { input } = options;
  if (input === undefined && type === undefined) throw usage('there is nothing to record');
  if (input !== undefined) {
    const typed = Object.keys(eventFieldsFrom({ ...options })).length > 0;
    if (type !== undefined || typed || options.json !== undefined) {
      throw usage('events come from a file or from flags, not from both');
    }
    const file = await readEventsFile(surroundings, input);
    return { events: () => file.events, report: file.report };
  }
  const event = typedEvent(type ?? '', await jsonFields(options.json), { ...options });
  return {
    events: (today) => [{ date: today, ...event }],
    report: (problems) => reportProblems(surroundings.stderr, problems.map(asTyped)),
  };
}

/** The fields of `--json`. */
async function jsonFields(text: string | undefined): Promise<object | undefined> {
  if (text === undefined) return undefined;
  const { parseJson } = await import('../../service/case/parse-json.ts');
  const parsed = parseJson(text);
  if (!parsed.ok) throw new CommandFault(EXIT.usage, parsed.problems.map(ofJson));
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new CommandFault(EXIT.usage, [
    {
      path: '--json',
      message: 'this is not an object',
      allowed: 'fields of one event: {"findings": {…}}',
    },
  ]);
}

function ofJson(problem: Problem): Problem {
  return { ...problem, path: '--json' };
}

function usage(message: string): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: '',
      message,
      allowed: 'record EPISODE TYPE with its flags, or record EPISODE --input FILE',
    },
  ]);
}

/** Problems of what was said beside the events, under the names of the options. */
function asAsked(problem: Problem): Problem {
  if (problem.path === 'acknowledgement.escalations') return { ...problem, path: '--acknowledge' };
  if (problem.path === 'acknowledgement.reason')
    return { ...problem, path: '--acknowledge-reason' };
  return problem;
}

function acknowledgementOf({ acknowledge, acknowledgeReason }: RecordOptions) {
  if (acknowledge === undefined && acknowledgeReason === undefined) return undefined;
  return { escalations: acknowledge ?? [], reason: acknowledgeReason ?? '' };
}
