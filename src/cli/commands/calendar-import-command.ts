import type { Command } from 'commander';
import type { FileBooking, ImportedBookings } from '../../service/calendar/import-bookings.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { fileFault } from '../faults/file-faults.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { readText } from '../input/read-cases.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { jsonText } from '../output/json-text.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface ImportOptions extends ClinicOptions {
  readonly accept?: boolean;
  readonly dryRun?: boolean;
  readonly output?: 'text' | 'json';
}

/** `calendar import FILE`: appointments that the clinic made in its own calendar become bookings. */
export function calendarImportCommand(
  calendar: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = calendar
    .command('import')
    .description('record the appointments of a calendar file that comes back from the clinic')
    .argument('<file>', 'calendar file (.ics); - is standard input')
    .option('--accept', 'book also outside the window of the visit, or in the past')
    .option('--dry-run', 'say what would be recorded, and write nothing');
  addClinicOption(command);
  addStoreOptions(command)
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to tell it (default: text on a terminal, else json)',
        ['text', 'json'],
      ),
    )
    .action(async (file: string, options: ImportOptions) => {
      const read = await readText(surroundings, file);
      if (!read.ok) throw fileFault(read.fault, file);
      const { dryRun = false, accept: acceptDoubtful } = options;
      const done = await withClinic(surroundings, options, async (context, clinic) => {
        const { importBookings } = await import('../../service/calendar/import-bookings.ts');
        const work = { clinic, text: read.text, acceptDoubtful, dryRun };
        return orFault(await importBookings(context, work), { file });
      });
      const output = options.output ?? (surroundings.stdout.isTerminal ? 'text' : 'json');
      await surroundings.stdout.write(
        output === 'json' ? jsonText({ dryRun, ...done }) : bookingsText(done, dryRun),
      );
      if (done.problems.length === 0) return;
      await reportProblems(surroundings.stderr, done.problems, { file });
      setExit(EXIT.partlyDone);
    });
}

function bookingText({
  episode,
  visit,
  appointment,
  location,
  outsideWindow: window,
}: FileBooking): string {
  return [
    `${episode} ${visit}: ${appointment}`,
    ...(location === undefined ? [] : [location]),
    ...(window === undefined ? [] : [`OUTSIDE the window ${window.earliest} to ${window.latest}`]),
  ].join(', ');
}

function bookingsText(done: ImportedBookings, dryRun: boolean): string {
  const lines = [
    ...done.booked.map(
      (booking) => `${dryRun ? 'would book' : 'booked    '} ${bookingText(booking)}`,
    ),
    ...done.cancelled.map(
      ({ episode, visit, appointment }) =>
        `cancelled  ${episode} ${visit}: ${appointment ?? 'no booking is recorded'}; somebody must see to it`,
    ),
    `${done.unchanged.length} unchanged, ${done.outdated.length} outdated, ${done.notOurs} not ours`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
