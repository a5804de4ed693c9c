import type { Day } from '../../domain/civil-date.ts';
import type { ListedFile } from '../../service/night/nightly-files.ts';
import type { NightlyReport } from '../../service/night/nightly-report.ts';
import type { NightlyWork } from '../../service/night/run-nightly.ts';
import type { Clinic, SchedulerContext, ServiceOutcome } from '../../service/store-access.ts';
import { EXIT } from '../exit-code.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { toldFault } from '../faults/told-fault.ts';
import { Progress } from '../output/progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { openFolder, putFile } from './nightly-folder.ts';

/** How the nightly job runs for each clinic. */
export interface ClinicNight {
  readonly clinic: Clinic;
  readonly asOf: Day | undefined;
  readonly soonDays: number;
  /** Folder under which each clinic and day has its own. */
  readonly out: string;
  /** How long to wait for another run, in milliseconds. */
  readonly waitMs: number;
  /** True: tells what would be written, and writes nothing. */
  readonly dryRun: boolean;
}

/** A killed run is taken over when this has gone by since it last said that it works. */
const LEASE_MS = 60_000;
const POLL_MS = 1_000;

/** Runs the night of one clinic; another run at work, or a long write of somebody else, is waited for. */
export async function nightOf(
  surroundings: Surroundings,
  context: SchedulerContext,
  night: ClinicNight,
): Promise<ServiceOutcome<NightlyReport>> {
  const { clock, stderr, wait } = surroundings;
  const until = clock() + night.waitMs;
  for (let told = false; ; told = true) {
    const outcome = await orBusy(() => attempt(surroundings, context, night));
    const left = until - clock();
    if (outcome.ok || outcome.fault !== 'busy' || left <= 0) return outcome;
    if (!told) {
      await reportProblems(stderr, outcome.problems);
      await stderr.write(`cryowatch: waiting up to ${Math.ceil(left / 1000)} s\n`);
    }
    await wait(Math.min(POLL_MS, left));
  }
}

/** A store that stays locked, by a large import say, as an outcome: the night comes round all the same. */
async function orBusy(
  work: () => Promise<ServiceOutcome<NightlyReport>>,
): Promise<ServiceOutcome<NightlyReport>> {
  try {
    return await work();
  } catch (error) {
    const fault = await toldFault(error);
    if (fault?.exitCode !== EXIT.busy) throw error;
    return { ok: false, fault: 'busy', problems: fault.problems };
  }
}

async function attempt(
  surroundings: Surroundings,
  context: SchedulerContext,
  { clinic, asOf, soonDays, out, dryRun }: ClinicNight,
): Promise<ServiceOutcome<NightlyReport>> {
  const { stderr, clock, holder } = surroundings;
  const texts = { totalBytes: null, bytesRead: () => 0 };
  const progress = new Progress(stderr, clock, texts, stderr.isTerminal);
  const list = { clinic, asOf, soonDays, progress: (done: number) => progress.show(done) };
  const { runNightly, previewNightly } = await import('../../service/night/run-nightly.ts');
  try {
    if (dryRun) return await previewNightly(context, list);
    const deliver = deliverTo(surroundings, context, out);
    return await runNightly(context, { ...list, holder, leaseMs: LEASE_MS, deliver });
  } finally {
    await progress.clear();
  }
}

/** The folder of a clinic's night. */
export function folderOf(
  out: string,
  { clinic, asOf }: Pick<NightlyReport, 'clinic' | 'asOf'>,
): string {
  return `${out}/${clinic.code}/${asOf}`;
}

/** Writes the files of a report, the manifest last: where its sums are right, the folder is whole. */
function deliverTo(
  surroundings: Surroundings,
  context: SchedulerContext,
  out: string,
): NightlyWork['deliver'] {
  return async (report, hold) => {
    const { MANIFEST, nightlyDigest, nightlyFiles, nightlyManifest } = await import(
      '../../service/night/nightly-files.ts'
    );
    const folder = folderOf(out, report);
    await openFolder(surroundings, folder);
    // The lease keeps others away: what lies there unfinished is of a run that was killed.
    await surroundings.clearUnfinished(folder);
    const files: ListedFile[] = [];
    for (const { name, text } of nightlyFiles(report)) {
      const whole = text();
      const lost = await hold();
      if (lost !== null) return lost;
      await putFile(surroundings, `${folder}/${name}`, whole);
      files.push({ name, sha256: context.sha256(whole) });
    }
    const digest = nightlyDigest(context, files);
    const manifest = nightlyManifest(report, { digest, files });
    await putFile(surroundings, `${folder}/${MANIFEST}`, manifest);
    return { ok: true, value: { digest } };
  };
}
