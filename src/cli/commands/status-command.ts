import type { Command } from 'commander';
import { formatDay } from '../../domain/civil-date.ts';
import type { ClinicStatus } from '../../service/night/store-status.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { orFault } from '../faults/outcome.ts';
import { collectOption } from '../options/collect-option.ts';
import { ageText, duration, instantText } from '../options/duration.ts';
import { addStoreOptions, type StoreOptions, withStore } from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface StatusOptions extends StoreOptions, AnswerOptions {
  readonly clinic?: readonly string[];
  /** In milliseconds. */
  readonly maxAge: number;
}

const MINUTE = 60_000;
/** A night and two hours: the run may take its time, and a clock change adds an hour. */
const MAX_AGE = { text: '26h', ms: 26 * 60 * MINUTE };

/** `status`: whether every clinic had its nightly run, for monitoring. */
export function statusCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = program
    .command('status')
    .option(
      '--max-age <duration>',
      `how long ago the last run may have finished: 90m, 26h, 2d (default: ${MAX_AGE.text})`,
      duration,
    )
    .addOption(collectOption('--clinic <code>', 'a clinic of the store; default: all'));
  addStoreOptions(addAnswerOption(command)).action(
    async ({ maxAge = MAX_AGE.ms, ...options }: StatusOptions) =>
      withStore(surroundings, options, async (context) => {
        const { findClinics } = await import('../../service/clinic/find-clinic.ts');
        const { storeStatus } = await import('../../service/night/store-status.ts');
        const clinics = orFault(await findClinics(context, options.clinic));
        const lines = (await storeStatus(context, clinics)).map((told) => statusLine(told, maxAge));
        const ok = lines.every((line) => line.ok);
        await writeAnswer(surroundings, options, {
          json: { ok, maxAgeMinutes: maxAge / MINUTE, clinics: lines },
          text: () => lines.map(lineText).join(''),
        });
        setExit(ok ? EXIT.done : EXIT.fault);
      }),
  );
}

type StatusLine = ReturnType<typeof statusLine>;

function statusLine(status: ClinicStatus, maxAge: number) {
  const { clinic, lastRun, age, unfinished, since } = status;
  const { finishedAt, report } = lastRun ?? {};
  return {
    clinic: clinic.code,
    ok: age !== null && age <= maxAge,
    lastRun:
      lastRun === null || age === null || typeof finishedAt !== 'number'
        ? null
        : {
            run: lastRun.run,
            asOf: formatDay(lastRun.asOf),
            finishedAt: instantText(finishedAt),
            ageMinutes: Math.floor(age / MINUTE),
            episodes: report?.episodes ?? 0,
            counts: report?.counts ?? {},
          },
    unfinished:
      unfinished === null
        ? null
        : {
            run: unfinished.run.run,
            state: unfinished.state,
            asOf: formatDay(unfinished.run.asOf),
            holder: unfinished.run.holder,
            startedAt: instantText(unfinished.run.startedAt),
            leaseUntil: instantText(unfinished.run.leaseUntil),
          },
    since,
  };
}

function lineText({ clinic, ok, lastRun, unfinished, since }: StatusLine): string {
  const { registered, changed, erased, behind, notLookedAt } = since;
  const run =
    lastRun === null
      ? 'no finished run'
      : `last run ${lastRun.finishedAt} (${ageText(lastRun.ageMinutes * MINUTE)}) as of ${lastRun.asOf}, ${lastRun.episodes} episodes${countsText(lastRun.counts)}`;
  return [
    `${ok ? 'ok  ' : 'LATE'} ${clinic}: ${run}`,
    ...(unfinished === null
      ? []
      : [
          `     run ${unfinished.run} ${unfinished.state === 'running' ? 'is at work' : 'was killed'}: ${printable(unfinished.holder)}, started ${unfinished.startedAt}, lease until ${unfinished.leaseUntil}`,
        ]),
    `     since then: ${registered} registered, ${changed} changed, ${erased} erased; ${behindText(behind, notLookedAt)}`,
    '',
  ].join('\n');
}

/** Dates that a change left as they were, for the next run to see to. */
function behindText(behind: number, notLookedAt: number): string {
  const rest = notLookedAt === 0 ? '' : ` (${notLookedAt} not looked at)`;
  if (behind === 0) return `all kept dates are up to date${rest}`;
  const whose = behind === 1 ? '1 episode is' : `${behind} episodes are`;
  return `the kept dates of ${whose} older than what is recorded${rest}`;
}

/** What needs somebody first. */
const SHOWN: readonly string[] = ['escalation-overdue', 'escalation', 'overdue', 'due'];

function countsText(counts: Readonly<Record<string, number>>): string {
  const shown = SHOWN.map((bucket) => `${counts[bucket] ?? 0} ${bucket}`);
  return `: ${shown.join(', ')}`;
}
