import { type Command, Option } from 'commander';
import { showFound } from '../../domain/problem.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { choiceOption } from '../options/choice-option.ts';
import { collectOption } from '../options/collect-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { versionedProtocol } from '../options/versioned-protocol.ts';
import { adoptionText } from '../output/adoption-text.ts';
import { jsonText } from '../output/json-text.ts';
import { showsProgress, writeTo } from '../output/output-target.ts';
import { Progress } from '../output/progress.ts';
import type { Surroundings } from '../surroundings.ts';

const FORMATS = ['text', 'json', 'ndjson', 'csv'] as const;

interface AdoptOptions extends ClinicOptions {
  readonly from?: string;
  readonly episode?: readonly string[];
  readonly ended?: boolean;
  readonly dryRun?: boolean;
  readonly seen?: string;
  readonly output?: (typeof FORMATS)[number];
}

/** `protocol adopt`: lets a cohort follow another approved version, and says what that changes for whom. */
export function protocolAdoptCommand(
  group: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = group
    .command('adopt')
    .description(
      'let episodes follow an approved version; --dry-run first shows what moves, by how much, for whom',
    )
    .argument('<id[@version]>', 'the protocol (without a version: its newest approved one)')
    .option(
      '--from <id[@version]>',
      'only episodes that follow this one (default: those of another version of the same protocol)',
    )
    .addOption(collectOption('--episode <id>', 'only this episode, whatever it follows'))
    .option('--ended', 'episodes whose surveillance has ended too')
    .option('--dry-run', 'say what would change, and write nothing')
    .addOption(
      new Option(
        '--seen <digest>',
        'only what the dry run with this digest told; an episode that changed since keeps its protocol',
      ).conflicts('dryRun'),
    )
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: text on a terminal, else json)',
        FORMATS,
      ),
    );
  addClinicOption(addStoreOptions(command)).action(async (wanted: string, options: AdoptOptions) =>
    withClinic(surroundings, options, async (context, clinic) => {
      const { adoptProtocol } = await import('../../service/clinic/adopt-protocol.ts');
      const { adoptAsShown } = await import('../../service/clinic/adopt-as-shown.ts');
      const { stderr, clock } = surroundings;
      const texts = { totalBytes: null, bytesRead: () => 0 };
      const progress = new Progress(stderr, clock, texts, showsProgress(surroundings, undefined));
      const work = {
        clinic,
        protocol: versionedProtocol(wanted),
        from: options.from === undefined ? undefined : versionedProtocol(options.from),
        episodes: options.episode,
        ended: options.ended,
        progress: (episodes: number) => progress.show(episodes),
      };
      const { seen, dryRun } = options;
      const adopted =
        seen === undefined
          ? await adoptProtocol(context, { ...work, dryRun })
          : await adoptAsShown(context, { ...work, shown: seen });
      await progress.clear();
      const adoption = orFault(adopted);
      if (seen !== undefined && adoption.dryRun && adoption.totals.episodes.adopted > 0) {
        throw notAsSeen(seen);
      }
      const { adoptionCsv } = await import('../../service/clinic/adoption-csv.ts');
      const { safeJson } = await import('../../service/case/json-text.ts');
      await writeTo(surroundings, undefined, async (target) => {
        const write = {
          text: () => adoptionText(adoption),
          json: () => jsonText(adoption),
          ndjson: () => adoption.episodes.map((each) => `${safeJson(each)}\n`).join(''),
          csv: () => adoptionCsv(adoption.episodes),
        };
        await target.write(write[options.output ?? (target.isTerminal ? 'text' : 'json')]());
      });
      if (adoption.totals.episodes.conflict > 0) setExit(EXIT.partlyDone);
    }),
  );
}

function notAsSeen(seen: string): CommandFault {
  return new CommandFault(EXIT.busy, [
    {
      path: '--seen',
      message: 'the dry run would tell something else now; nothing was adopted',
      found: showFound(seen),
      mend: 'look again with --dry-run, then adopt what that tells',
    },
  ]);
}
