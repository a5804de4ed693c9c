import type { Command } from 'commander';
import type { ShownEpisode, ShownEvent } from '../../service/episode/show-episode.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { addAsOfOption } from '../options/as-of-option.ts';
import { calendarOptions } from '../options/calendar-flags.ts';
import { storeDayOption } from '../options/planning-options.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { columnsText } from '../output/columns.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface ShowOptions extends ClinicOptions, AnswerOptions {
  readonly asOf?: string;
}

/** `episode show ID`: all that is recorded of an episode, by whom and when, and its plan. */
export function episodeShowCommand(
  group: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = group
    .command('show')
    .description('show the facts of an episode, its events with who recorded them, and its plan')
    .argument('<id>', 'the clinic’s id of the episode');
  addAsOfOption(addClinicOption(addStoreOptions(addAnswerOption(command)))).action(
    async (episode: string, options: ShowOptions) => {
      const asOf = storeDayOption(options.asOf);
      const calendar = await calendarOptions(surroundings, {});
      await withClinic(surroundings, options, async (context, clinic) => {
        const { showEpisode } = await import('../../service/episode/show-episode.ts');
        const { FORMATS } = await import('../../service/case/export-plans.ts');
        const shown = orFault(await showEpisode(context, { clinic, episode, asOf }));
        const { plan, unplanned } = shown;
        const { columns: width } = surroundings.stdout;
        const terminal = { width, colour: false };
        await writeAnswer(surroundings, options, {
          json: shown,
          text: () => {
            const told = plan === null ? '' : FORMATS.table.write([plan], { calendar, terminal });
            return `${shownText(shown)}\n${told}`;
          },
        });
        if (plan !== null) return;
        await reportProblems(surroundings.stderr, unplanned, { file: episode });
        setExit(EXIT.partlyDone);
      });
    },
  );
}

function shownText({
  id,
  number,
  version,
  protocol,
  facts,
  events,
  acknowledgements,
}: ShownEpisode): string {
  return [
    `Episode ${printable(id)}, version ${version}, protocol ${protocol.id} ${protocol.version} (${protocol.hash.slice(0, 12)})\n`,
    `Number ${number}, by which the log of the service names it\n`,
    'Facts\n',
    ...factLines(facts),
    events.length === 0 ? 'No event is recorded.\n' : 'Events, in the order of recording\n',
    events.length === 0 ? '' : eventLines(events),
    ...acknowledgements.map(
      ({ escalations, reason, recordedBy, recordedAt }) =>
        `Acknowledged unanswered: ${escalations.join(', ')} (${printable(reason)}), ${printable(recordedBy)}, ${recordedAt}\n`,
    ),
  ].join('');
}

/** Each fact on a line, under its path: `tumor.sizeMm`. */
function factLines(facts: object, above = ''): string[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? factLines(value, `${above}${name}.`)
      : [`  ${above}${name}: ${printable(String(value))}\n`],
  );
}

function eventLines(events: readonly ShownEvent[]): string {
  return columnsText(events, {
    DATE: ({ event }) => event.date,
    TYPE: ({ event }) => event.type,
    ID: ({ event }) => event.id,
    WHAT: ({ event: { id, type, date, ...rest } }) =>
      factLines(rest)
        .map((line) => line.trim())
        .join(', '),
    'RECORDED BY': ({ recordedBy }) => recordedBy,
    'RECORDED AT': ({ recordedAt }) => recordedAt,
    VERSION: ({ version }) => version,
  });
}
