import type { Command } from 'commander';
import type { Problem } from '../../domain/problem.ts';
import type { EpisodeUpdate, Updated } from '../../service/episode/update-episode.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import type { Place } from '../faults/problem-report.ts';
import { readJsonFile } from '../input/documents.ts';
import { addSimpleCaseOptions, simpleCaseFrom } from '../options/simple-case-options.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { versionWord } from '../options/version-word.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { diffText } from '../output/diff-text.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { problemsAsTyped } from './episode-add-command.ts';

interface UpdateOptions extends ClinicOptions, AnswerOptions {
  readonly input?: string;
  readonly expect?: number;
  readonly dryRun?: boolean;
}

/** `episode update ID`: records facts that became known or were wrong; shows what that changes. */
export function episodeUpdateCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('update')
    .description('record facts that became known or were wrong; shows what that changes')
    .argument('<episode>', 'the clinic’s id of the episode')
    .option('-i, --input <file>', 'all facts anew: the episode of a case file (JSON), or the case')
    .option('--expect <version>', 'only if the episode stands at this version', versionWord)
    .option('--dry-run', 'show what would change, and write nothing');
  addSimpleCaseOptions(addClinicOption(addStoreOptions(addAnswerOption(command)))).action(
    async (episode: string, options: UpdateOptions) => {
      const { facts, place, rename } = await givenFacts(surroundings, options);
      await withClinic(surroundings, options, async (context, clinic) => {
        const { updateEpisode } = await import('../../service/episode/update-episode.ts');
        const { dryRun = false, expect: expected } = options;
        const outcome = await updateEpisode(context, { clinic, episode, facts, expected, dryRun });
        const updated = orFault(
          outcome.ok ? outcome : { ...outcome, problems: rename(outcome.problems) },
          place,
        );
        const { changed, version, diff } = updated;
        await writeAnswer(surroundings, options, {
          json: {
            episode: updated.episode,
            version,
            changed,
            written: changed && !dryRun,
            diff,
          },
          text: () => updatedText(updated, dryRun, surroundings),
        });
      });
    },
  );
}

interface GivenFacts {
  readonly facts: EpisodeUpdate['facts'];
  readonly place: Place | undefined;
  /** Problems under the names of what was given. */
  readonly rename: (problems: readonly Problem[]) => readonly Problem[];
}

async function givenFacts(surroundings: Surroundings, options: UpdateOptions): Promise<GivenFacts> {
  const fields = simpleCaseFrom({ ...options });
  if (options.input === undefined) {
    if (fields === undefined) throw usage('there is nothing to record');
    return { facts: { fields }, place: undefined, rename: problemsAsTyped };
  }
  if (fields !== undefined) throw usage('facts come from a file or from flags, not from both');
  const { document, place } = await readJsonFile(surroundings, options.input);
  const isCase = typeof document === 'object' && document !== null && 'episode' in document;
  return isCase
    ? { facts: { whole: document.episode }, place, rename: (problems) => problems }
    : { facts: { whole: document }, place, rename: withoutEpisode };
}

/** In a file that holds the episode alone its fields stand one level higher. */
function withoutEpisode(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: problem.path.replace(/^episode\.?/, ''),
  }));
}

function usage(message: string): CommandFault {
  return new CommandFault(EXIT.usage, [
    { path: '', message, allowed: 'the facts that changed as flags, or --input FILE' },
  ]);
}

function updatedText(
  { changed, version, before, diff, ...updated }: Updated,
  dryRun: boolean,
  { stdout }: Surroundings,
): string {
  const episode = printable(updated.episode);
  if (!changed)
    return `The facts of ${episode} are recorded like this already; version ${version}.\n`;
  const did = dryRun ? 'Would record other facts of' : 'Recorded other facts of';
  return `${did} ${episode}; version ${version}.\n\n${diffText(before, diff, stdout)}`;
}
