import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { addAsOfOption } from '../options/as-of-option.ts';
import { calendarOptions } from '../options/calendar-flags.ts';
import { choiceOption } from '../options/choice-option.ts';
import { storeDayOption } from '../options/planning-options.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '../output/output-formats.ts';
import { writeTo } from '../output/output-target.ts';
import { wrapped } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface PlanOptions extends ClinicOptions {
  readonly asOf?: string;
  readonly output?: OutputFormat;
  readonly out?: string;
}

/** Calendars of a store keep their revisions: `calendar` writes them. */
const FORMATS_OF_ONE = OUTPUT_FORMATS.filter((name) => name !== 'ics');

/** `episode plan ID`: the plan of a stored episode with its pinned protocol. */
export function episodePlanCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('plan')
    .description('plan an episode with the protocol that it follows')
    .argument('<id>', 'the clinic’s id of the episode');
  addAsOfOption(addClinicOption(addStoreOptions(command)))
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: table on a terminal, else json); calendar writes calendars',
        FORMATS_OF_ONE,
      ),
    )
    .option('--out <file>', 'write to a file, which appears only when it is whole')
    .action(async (episode: string, options: PlanOptions) => {
      const plan = await planOf(surroundings, episode, options);
      const { FORMATS } = await import('../../service/case/export-plans.ts');
      const calendar = await calendarOptions(surroundings, {});
      await writeTo(surroundings, options.out, async (target) => {
        const format = options.output ?? (target.isTerminal ? 'table' : 'json');
        const { terminal } = target;
        await target.write(FORMATS[format].write([plan], { calendar, terminal }));
      });
    });
}

interface ExplainOptions extends ClinicOptions, AnswerOptions {
  readonly asOf?: string;
}

/** `episode explain ID KEY`: "why then?" of a stored episode. */
export function episodeExplainCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('explain')
    .description('say why a visit, an escalation or an exam of an episode is as it is')
    .argument('<id>', 'the clinic’s id of the episode')
    .argument('<key>', 'a1.interval-2, esc.x1, or the id of an exam');
  addAsOfOption(addClinicOption(addStoreOptions(addAnswerOption(command)))).action(
    async (episode: string, key: string, options: ExplainOptions) => {
      const plan = await planOf(surroundings, episode, options);
      const { explainLine } = await import('../../service/case/explain-plan.ts');
      const explained = explainLine(plan, key);
      if (!explained.ok) throw new CommandFault(EXIT.notFound, explained.problems);
      const { headline, sentences } = explained.value;
      const { stdout } = surroundings;
      await writeAnswer(surroundings, options, {
        json: explained.value,
        text: () =>
          `${wrapped(headline, stdout, 0)}${sentences.map((sentence) => wrapped(sentence, stdout, 2)).join('')}`,
      });
    },
  );
}

/** The plan of one episode, as of the day that is asked for. */
function planOf(
  surroundings: Surroundings,
  episode: string,
  options: ClinicOptions & { readonly asOf?: string },
) {
  const asOf = storeDayOption(options.asOf);
  return withClinic(surroundings, options, async (context, clinic) => {
    const { planEpisode } = await import('../../service/episode/plan-episode.ts');
    return orFault(await planEpisode(context, { clinic, episode, asOf }));
  });
}
