import type { Command } from 'commander';
import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import { CALENDAR_PRIVACIES } from '../../domain/calendar-privacy.ts';
import { counted } from '../../domain/counted.ts';
import type { MadeCalendar } from '../../service/calendar/make-calendar.ts';
import type { UnplannedEpisode } from '../../service/episode/unplanned-episode.ts';
import type { Clinic, SchedulerContext } from '../../service/store-access.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { outputFault } from '../faults/file-faults.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { writeTo } from '../output/output-target.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { calendarImportCommand } from './calendar-import-command.ts';

interface CalendarCommandOptions extends ClinicOptions {
  readonly patient?: string;
  readonly episode?: string;
  readonly all?: boolean;
  readonly privacy: CalendarPrivacy;
  readonly name?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
}

/** `calendar`: calendars that can be handed out again and again; `calendar import` reads bookings back. */
export function calendarCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('calendar')
    .enablePositionalOptions()
    .option('--patient <reference>', 'of all episodes of this patient')
    .option('--episode <id>', 'of this episode')
    .option('--all', 'of every patient, one file each, into the folder --out')
    .addOption(
      choiceOption('--privacy <level>', 'how much it tells', CALENDAR_PRIVACIES).default('minimal'),
    )
    .option('--name <text>', 'name that the reader shows; keep it neutral')
    .option('--dry-run', 'say what would become of the events, and write nothing');
  addClinicOption(command);
  addStoreOptions(command)
    .option(
      '--out <path>',
      'write to a file, which appears only when it is whole; with --all a folder',
    )
    .action(async (options: CalendarCommandOptions) => {
      const { patient, episode, all = false, out } = options;
      const named = [patient !== undefined, episode !== undefined, all].filter(Boolean).length;
      if (named > 1) throw usage('--patient, --episode and --all do not go together');
      if (all && out === undefined) throw usage('--all needs a folder: --out');
      await withClinic(surroundings, options, async (context, clinic) => {
        const place = { context, clinic };
        const unplanned = all
          ? await writeAll(surroundings, options, place)
          : await writeOne(surroundings, options, place);
        for (const { episode: id, problems } of unplanned) {
          await reportProblems(surroundings.stderr, problems, { file: `${clinic.code} ${id}` });
        }
        if (unplanned.length === 0) return;
        await surroundings.stderr.write(`cryowatch: ${unplannedText(unplanned.length)}\n`);
        setExit(EXIT.partlyDone);
      });
    });
  calendarImportCommand(command, surroundings, setExit);
}

function usage(message: string): CommandFault {
  return new CommandFault(EXIT.usage, [{ path: '', message }]);
}

function unplannedText(count: number): string {
  return `the events of ${count} ${count === 1 ? 'episode' : 'episodes'} stay as they were handed out; see above`;
}

interface Place {
  readonly context: SchedulerContext;
  readonly clinic: Clinic;
}

async function writeOne(
  surroundings: Surroundings,
  { patient, episode, privacy, name, out, dryRun = false }: CalendarCommandOptions,
  { context, clinic }: Place,
): Promise<readonly UnplannedEpisode[]> {
  const { makeCalendar } = await import('../../service/calendar/make-calendar.ts');
  const subject =
    patient !== undefined
      ? ({ of: 'patient', patientRef: patient } as const)
      : episode !== undefined
        ? ({ of: 'episode', externalId: episode } as const)
        : ({ of: 'clinic' } as const);
  const made = orFault(await makeCalendar(context, { clinic, subject, privacy, name, dryRun }));
  if (dryRun) {
    await surroundings.stdout.write(`${refreshedText(made)}\n${NOTHING_WRITTEN}`);
    return made.unplanned;
  }
  await writeTo(surroundings, out, (target) => target.write(made.text));
  if (out !== undefined) {
    await surroundings.stdout.write(`${out}: ${eventsText(made)}\n`);
  }
  return made.unplanned;
}

/** One file a patient, under a name that tells nothing; the list says which is whose. */
async function writeAll(
  surroundings: Surroundings,
  { privacy, name, out = '.', dryRun = false }: CalendarCommandOptions,
  { context, clinic }: Place,
): Promise<readonly UnplannedEpisode[]> {
  if (privacy === 'named') throw usage('a calendar with names is made for a whole clinic only');
  const { makeCalendar } = await import('../../service/calendar/make-calendar.ts');
  const { calendarOwners } = await import('../../service/calendar/calendar-owners.ts');
  const fault = dryRun ? null : await surroundings.makeFolder(out);
  if (fault !== null) throw outputFault(fault, out);
  const unplanned: UnplannedEpisode[] = [];
  for (const owner of await calendarOwners(context, clinic)) {
    const { subject, reference } = owner;
    const made = orFault(await makeCalendar(context, { clinic, subject, privacy, name, dryRun }));
    const file = `${out}/${owner.name}.ics`;
    if (!dryRun) await writeTo(surroundings, file, (target) => target.write(made.text));
    const line = `${file}: ${reference}, ${dryRun ? refreshedText(made) : eventsText(made)}`;
    await surroundings.stdout.write(`${printable(line)}\n`);
    unplanned.push(...made.unplanned);
  }
  if (dryRun) await surroundings.stdout.write(NOTHING_WRITTEN);
  return unplanned;
}

const NOTHING_WRITTEN = 'Nothing was written (--dry-run).\n';

function refreshedText({ refreshed }: MadeCalendar): string {
  const { added, changed, cancelled } = refreshed;
  return `${added} new, ${changed} changed, ${cancelled} cancelled`;
}

function eventsText({
  events,
  cancelled,
}: {
  readonly events: number;
  readonly cancelled: number;
}) {
  return cancelled === 0
    ? counted(events, 'event')
    : `${counted(events, 'event')}, ${cancelled} cancelled`;
}
