import type { Command } from 'commander';
import type { Problem } from '../../domain/problem.ts';
import type { Registered } from '../../service/episode/register-episode.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import type { Place } from '../faults/problem-report.ts';
import { readJsonFile } from '../input/documents.ts';
import {
  addSimpleCaseOptions,
  flagOfField,
  simpleCaseFrom,
} from '../options/simple-case-options.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { versionedProtocol } from '../options/versioned-protocol.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { visitText } from '../output/visit-text.ts';
import { printableLines } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface AddOptions extends ClinicOptions, AnswerOptions {
  readonly input?: string;
  readonly protocol?: string;
  readonly accept?: boolean;
  readonly dryRun?: boolean;
}

/** `episode add`: registers one episode, from flags or from a file. */
export function episodeAddCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('add')
    .description('register an episode under an approved protocol; answers with its next visit')
    .option('-i, --input <file>', 'case file (JSON), in the place of flags; - is standard input')
    .option(
      '--protocol <id[@version]>',
      'an approved protocol (default: the only one, or staged-risk-adapted)',
    )
    .option('--accept', 'register also what may be there already, under another id')
    .option('--dry-run', 'show the plan, and write nothing');
  addSimpleCaseOptions(addClinicOption(addStoreOptions(addAnswerOption(command)))).action(
    async (options: AddOptions) => {
      const { document, place } = await givenCase(surroundings, options);
      await withClinic(surroundings, options, async (context, clinic) => {
        const { registerEpisode } = await import('../../service/episode/register-episode.ts');
        const { dryRun = false, protocol: wanted } = options;
        const protocol = wanted === undefined ? undefined : versionedProtocol(wanted);
        const outcome = await registerEpisode(context, {
          clinic,
          document,
          protocol,
          acceptContradictions: options.accept,
          dryRun,
        });
        const registered = orFault(
          outcome.ok || place !== undefined
            ? outcome
            : { ...outcome, problems: problemsAsTyped(outcome.problems) },
          place,
        );
        await writeAnswer(surroundings, options, {
          json: {
            episode: registered.externalId,
            protocol: registered.protocol,
            written: !dryRun,
            leftUnanswered: registered.leftUnanswered,
            plan: registered.plan,
          },
          text: () => printableLines(registeredText(registered, dryRun)),
        });
      });
    },
  );
}

/** The case from flags or from a file, not from both. */
async function givenCase(
  surroundings: Surroundings,
  options: AddOptions,
): Promise<{ readonly document: unknown; readonly place: Place | undefined }> {
  const simple = simpleCaseFrom({ ...options });
  if (options.input === undefined) {
    if (simple === undefined) throw usage('there is nothing to register');
    return { document: { ablatedOn: undefined, ...simple }, place: undefined };
  }
  if (simple !== undefined) throw usage('a case comes from a file or from flags, not from both');
  return readJsonFile(surroundings, options.input);
}

function usage(message: string): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: '',
      message,
      allowed: '--id, --ablated and --laterality with the facts of one case, or --input FILE',
    },
  ]);
}

/** Problems of the short form, under the names of the flags. */
export function problemsAsTyped(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: flagOfField(problem.path) ?? problem.path,
  }));
}

function registeredText(
  { externalId, protocol, plan, nextVisit, leftUnanswered }: Registered,
  dryRun: boolean,
): string {
  const did = dryRun ? 'Would register' : 'Registered';
  return [
    `${did} ${externalId} under ${protocol.id} ${protocol.version}: tier ${plan.tier}, phase ${plan.phase}.`,
    nextVisit === null ? 'Next visit: none is left.' : `Next visit: ${visitText(nextVisit)}.`,
    ...leftUnanswered.map(
      ({ key, action, answeredBy }) =>
        `Left unanswered by ${answeredBy}: ${key} (${action}). Is that right? If not: record ${externalId} reopening`,
    ),
    ...[...plan.assumptions, ...plan.warnings].map(({ message }) => `Note: ${message}`),
    '',
  ].join('\n');
}
