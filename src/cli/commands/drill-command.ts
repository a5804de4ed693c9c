import type { Command } from 'commander';
import type { Drilled } from '../../service/keeping/drill.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { orFault } from '../faults/outcome.ts';
import { NO_BACKUPS, whereMissing } from '../faults/where-missing.ts';
import { ageText, duration, instantText } from '../options/duration.ts';
import { addStoreOptions, type StoreOptions, storeAccess } from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface DrillOptions extends StoreOptions, AnswerOptions {
  readonly maxAge?: number;
}

/** `drill`: whether the newest backup really restores, and to the same due list. */
export function drillCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('drill')
    .argument('<folder>', 'the folder of backups')
    .option(
      '--max-age <duration>',
      'also fail where it is older than this: 90m, 26h, 2d',
      duration,
    );
  addStoreOptions(addAnswerOption(command)).action(
    async (folder: string, options: DrillOptions) => {
      const access = await storeAccess(surroundings, options);
      const { drill, isSound } = await import('../../service/keeping/drill.ts');
      const host = await surroundings.storeHost();
      const trial = await surroundings.temporaryFolder();
      try {
        const work = { folder, trialFolder: trial.path, maxAgeMs: options.maxAge };
        const drilled = orFault(
          await whereMissing(folder, NO_BACKUPS, () => drill(host, access, work)),
          { file: folder },
        );
        const ok = isSound(drilled);
        await writeAnswer(surroundings, options, {
          json: { ok, ...drilled },
          text: () => drillText(drilled, ok),
        });
        setExit(ok ? EXIT.done : EXIT.fault);
      } finally {
        await trial.remove();
      }
    },
  );
}

function drillText(
  { backup, manifest, ageMs, tooOld, others, findings, clinics }: Drilled,
  ok: boolean,
): string {
  const lines = [
    `backup   ${backup}`,
    `made     ${instantText(manifest.madeAt)}, ${ageText(ageMs)}${tooOld ? ': TOO OLD' : ''}`,
    ...(others === 0 ? [] : [`others   ${others}: unfinished, or of another store`]),
    ...findings.map(({ kind, message }) => `DAMAGED  ${kind}: ${message}`),
    ...clinics.flatMap(({ clinic, same, rows, changed, erased, differ, lost, unplanned }) => [
      `clinic   ${clinic}: ${same} episodes alike with ${rows} rows; changed since ${changed}, erased since ${erased}`,
      ...(differ.length === 0 ? [] : [`DIFFER   ${clinic}: ${differ.join(', ')}`]),
      ...(lost.length === 0 ? [] : [`LOST     ${clinic}: the store lacks ${lost.join(', ')}`]),
      ...(unplanned === 0 ? [] : [`UNPLANNED ${clinic}: ${unplanned}`]),
    ]),
    ok ? 'The backup restores.' : 'The drill FAILED.',
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}
