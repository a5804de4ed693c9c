import { type Command, InvalidArgumentError } from 'commander';
import type { NightlyReport } from '../../service/night/nightly-report.ts';
import type { Clinic, SchedulerContext } from '../../service/store-access.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { collectChoiceOption, collectOption } from '../options/collect-option.ts';
import { storeDayOption } from '../options/planning-options.ts';
import { addStoreOptions, type StoreOptions, withStore } from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';
import { daysAhead, SOON_DAYS } from './due-command.ts';
import { folderOf, nightOf } from './nightly-clinic.ts';
import { conditionsMet, FAIL_ON, type FailOn } from './nightly-fail-on.ts';

interface NightlyOptions extends StoreOptions {
  readonly out: string;
  readonly asOf: string;
  readonly clinic?: readonly string[];
  readonly soonDays: number;
  readonly wait: number;
  readonly failOn?: readonly FailOn[];
  readonly dryRun?: boolean;
}

const WAIT_SECONDS = 300;

/** `nightly`: the due list of the night with what changed since the one before, as files. */
export function nightlyCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('nightly')
    .requiredOption('--out <dir>', 'folder for the lists: DIR/CLINIC/DAY, for the owner only')
    .option('--as-of <date>', 'day to list: YYYY-MM-DD, or today in each clinic’s zone', 'today')
    .addOption(collectOption('--clinic <code>', 'a clinic of the store; default: all'))
    .option(
      '--soon-days <days>',
      'how far ahead a window is listed as opening soon',
      daysAhead,
      SOON_DAYS,
    )
    .option('--wait <seconds>', 'how long to wait for another run', seconds, WAIT_SECONDS)
    .addOption(
      collectChoiceOption(
        '--fail-on <what>',
        'exit with 1 where a list has this; it is written all the same',
        FAIL_ON,
      ),
    )
    .option('--dry-run', 'print the summaries, and write nothing');
  addStoreOptions(command).action(async (options: NightlyOptions) => {
    setExit(await runNight(surroundings, options));
  });
}

function seconds(word: string): number {
  if (/^\d{1,5}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('Whole seconds from 0 to 99999 are allowed.');
}

/** How the night of one clinic ended. */
interface Ended {
  readonly clinic: Clinic;
  readonly report?: NightlyReport;
  readonly fault?: CommandFault;
}

async function runNight(surroundings: Surroundings, options: NightlyOptions): Promise<ExitCode> {
  const asOf = storeDayOption(options.asOf);
  return withStore(surroundings, options, async (context) => {
    const { findClinics } = await import('../../service/clinic/find-clinic.ts');
    const clinics = orFault(await findClinics(context, options.clinic));
    const { soonDays, out, dryRun = false } = options;
    const night = { asOf, soonDays, out, waitMs: options.wait * 1000, dryRun };
    const ended: Ended[] = [];
    for (const clinic of clinics) {
      ended.push(await endOf(surroundings, context, { ...night, clinic }));
    }
    return exitOf(surroundings, ended, options.failOn ?? []);
  });
}

/** Runs the night of a clinic and tells how it ended. */
async function endOf(
  surroundings: Surroundings,
  context: SchedulerContext,
  night: Parameters<typeof nightOf>[2],
): Promise<Ended> {
  const { stdout, stderr } = surroundings;
  const { clinic, out, dryRun } = night;
  const { nightOrFault } = await import('./nightly-fault.ts');
  const ended = await nightOrFault(() => nightOf(surroundings, context, night));
  if ('fault' in ended) {
    const { fault } = ended;
    await reportProblems(stderr, fault.problems, fault.place ?? { file: `clinic ${clinic.code}` });
    return { clinic, fault };
  }
  const { nightlyReportToText } = await import('../../service/night/nightly-report-text.ts');
  const report = ended.value;
  const { seq, seal } = report.auditHead;
  const where = dryRun
    ? 'nothing was written (--dry-run)'
    : `written to  ${folderOf(out, report)}\naudit head  ${seq}:${seal}`;
  await stdout.write(`${nightlyReportToText(report)}${where}\n\n`);
  for (const { episode, problems } of report.unplanned) {
    await reportProblems(stderr, problems, { file: `${clinic.code} ${episode}` });
  }
  return { clinic, report };
}

/**
 * One clinic that failed gives its own code, and so do several that failed alike; where some lists are
 * missing, or episodes on them, the night is partly done. Only a whole night is asked `--fail-on`.
 */
async function exitOf(
  { stderr }: Surroundings,
  ended: readonly Ended[],
  failOn: readonly FailOn[],
): Promise<ExitCode> {
  const tell = (text: string) => stderr.write(`cryowatch: ${text}\n`);
  const met = ended.flatMap(({ clinic, report }) =>
    report === undefined ? [] : conditionsMet(failOn, report).map((name) => [clinic.code, name]),
  );
  for (const [code, name] of met) await tell(`clinic ${code}: --fail-on ${name} is met`);
  const failed = ended.filter(({ fault }) => fault !== undefined);
  const unplanned = ended.reduce((sum, { report }) => sum + (report?.unplanned.length ?? 0), 0);
  if (unplanned > 0) await tell(unplannedText(unplanned));
  if (failed.length > 0) {
    await tell(`no list of ${failed.map(({ clinic }) => clinic.code).join(', ')}; see above`);
    if (failed.length < ended.length) return EXIT.partlyDone;
    const codes = new Set(failed.map(({ fault }) => fault?.exitCode ?? EXIT.fault));
    const [only = EXIT.fault, another] = [...codes];
    return another === undefined ? only : EXIT.fault;
  }
  if (unplanned > 0) return EXIT.partlyDone;
  return met.length > 0 ? EXIT.fault : EXIT.done;
}

function unplannedText(count: number): string {
  return `${count} ${count === 1 ? 'episode is' : 'episodes are'} NOT on the lists; see above`;
}
