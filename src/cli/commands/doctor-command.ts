import type { Command } from 'commander';
import type { DoctorFinding, Examined } from '../../service/keeping/examine-store.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { NO_BACKUPS, whereMissing } from '../faults/where-missing.ts';
import { choiceOption } from '../options/choice-option.ts';
import { duration, durationText, instantText } from '../options/duration.ts';
import {
  addStoreOptions,
  type StoreOptions,
  storeAccess,
  storePlace,
  withStore,
} from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** Why a clock is accepted, as the audit log keeps it; here so that help opens no store. */
export const REASONS = ['clock-was-ahead', 'trial-on-another-day'] as const;

interface DoctorOptions extends StoreOptions, AnswerOptions {
  readonly backups?: string;
  readonly maxAge: number;
  readonly acceptClock?: (typeof REASONS)[number];
  readonly purge?: boolean;
  readonly dryRun?: boolean;
}

const MAX_AGE_MS = 26 * 3_600_000;

/** `doctor`: everything about a store that can be wrong, each with what to do. */
export function doctorCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('doctor')
    .option('--backups <folder>', 'look at the folder of backups too')
    .option(
      '--max-age <duration>',
      'how old the newest backup may be: 90m, 26h, 2d (default: 26h)',
      duration,
    )
    .addOption(
      choiceOption(
        '--accept-clock <reason>',
        'instead: the clock of this machine is right and an earlier one was wrong; the audit log says so',
        REASONS,
      ),
    )
    .option('--purge', 'instead: take the last traces of erased patients out of the file')
    .option(
      '--dry-run',
      'with --accept-clock or --purge: say what would be done, and write nothing',
    );
  addStoreOptions(addAnswerOption(command)).action(async (options: DoctorOptions) => {
    if (options.acceptClock !== undefined)
      return acceptClock(surroundings, options, options.acceptClock);
    if (options.purge === true) return purge(surroundings, options, setExit);
    if (options.dryRun === true) throw noDryRun();
    const { backups: folder, maxAge: maxAgeMs = MAX_AGE_MS } = options;
    const { keyFile } = storePlace(surroundings, options);
    const access = await storeAccess(surroundings, options);
    const { examineStore } = await import('../../service/keeping/examine-store.ts');
    const host = await surroundings.storeHost();
    const backups = folder === undefined ? undefined : { folder, maxAgeMs };
    const examine = () => examineStore(host, { ...access, keyFile, backups });
    const examined = await (folder === undefined
      ? examine()
      : whereMissing(folder, NO_BACKUPS, examine));
    await writeAnswer(surroundings, options, {
      json: examined,
      text: () => examinedText(examined, keyFile),
    });
    setExit(exitOf(examined.findings));
  });
}

function noDryRun(): CommandFault {
  const message =
    '--dry-run belongs to --accept-clock or --purge; without them doctor changes nothing';
  return new CommandFault(EXIT.usage, [{ path: '', message }]);
}

function exitOf(findings: readonly DoctorFinding[]): ExitCode {
  const has = (severity: DoctorFinding['severity']) =>
    findings.some((finding) => finding.severity === severity);
  if (has('damage')) return EXIT.storeUnusable;
  return has('finding') ? EXIT.fault : EXIT.done;
}

async function acceptClock(
  surroundings: Surroundings,
  options: DoctorOptions,
  reason: (typeof REASONS)[number],
): Promise<void> {
  await withStore(surroundings, options, async (context) => {
    const { acceptClock: accept } = await import('../../service/keeping/accept-clock.ts');
    const { dryRun = false } = options;
    const { behindMs } = orFault(await accept(context, { reason, dryRun }));
    const now = instantText(surroundings.clock());
    await surroundings.stdout.write(
      behindMs === 0
        ? 'The clock is not behind the audit log; there is nothing to accept.\n'
        : `${dryRun ? 'Would accept' : 'Accepted'} ${now} as the true time, ${durationText(behindMs)} before the newest row of the audit log.\n`,
    );
  });
}

async function purge(
  surroundings: Surroundings,
  options: DoctorOptions,
  setExit: (code: ExitCode) => void,
): Promise<void> {
  if (options.dryRun === true) return previewPurge(surroundings, options);
  await withStore(surroundings, options, async ({ store }) => {
    const clean = await store.purge();
    await surroundings.stdout.write(
      clean ? NO_TRACE : 'Others are using the store, or its disk is full: try again later.\n',
    );
    setExit(clean ? EXIT.done : EXIT.busy);
  });
}

const NO_TRACE = 'No trace of an erased patient is left in the file.\n';

async function previewPurge(surroundings: Surroundings, options: StoreOptions): Promise<void> {
  const { database, key, actor } = await storeAccess(surroundings, options);
  const { files, clock } = await surroundings.storeHost();
  const { purgePending } = await files.verify(database, { key, act: { actor, at: clock() } });
  await surroundings.stdout.write(
    purgePending ? 'Would take the last traces of erased patients out of the file.\n' : NO_TRACE,
  );
}

const MARKS = { damage: 'DAMAGE ', finding: 'finding', advice: 'advice ' } as const;

function examinedText(examined: Examined, keyFile: string): string {
  const { database, place, audit, clinics, backups, findings } = examined;
  const { keyMode } = place;
  const lines = [
    `store    ${database}, schema ${place.schema}, ${megabytes(place.bytes)}; ${megabytes(place.freeBytes)} free`,
    `key      ${keyFile}${keyMode === null ? '' : `, mode ${keyMode.toString(8)}`}`,
    ...(audit === null
      ? []
      : [`audit    ${audit.rows} rows, head ${audit.head.seq}:${audit.head.seal}`]),
    ...clinics.map(
      ({ clinic, episodes, lastRunAt }) =>
        `clinic   ${clinic}: ${episodes} episodes, last nightly run ${lastRunAt === null ? 'never' : instantText(lastRunAt)}`,
    ),
    ...(backups === null
      ? []
      : [
          `backups  ${backups.count}, the newest ${backups.newest === null ? 'none' : instantText(backups.newest.madeAt)}`,
        ]),
    ...findings.flatMap(({ severity, code, message, mend }) => [
      `${MARKS[severity]}  ${code}: ${message}`,
      `         → ${mend}`,
    ]),
    exitOf(findings) === EXIT.done ? 'Nothing is wrong.' : 'Something is to be done.',
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
