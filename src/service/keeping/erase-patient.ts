import { showFound } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import { ERASURE_GROUNDS, type Erasure, type ErasureGround } from '../../store/erasure.ts';
import type { EpisodeHead } from '../../store/stored-case.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';

export { ERASURE_GROUNDS, type ErasureGround } from '../../store/erasure.ts';

/** A patient, or one episode entered in error, that must go. */
export interface ErasureWork {
  readonly clinic: Clinic;
  /** Every episode with the clinic's patient reference, or the one with the clinic's episode id. */
  readonly whose: { readonly patientRef: string } | { readonly externalId: string };
  readonly ground: ErasureGround;
  /** The same reference or id once more: nothing brings back what is erased. Not needed for a dry run. */
  readonly confirm?: string | undefined;
  /** True: says what would go, and takes nothing away. */
  readonly dryRun?: boolean | undefined;
}

export interface ErasedPatient {
  /** How many episodes. */
  readonly episodes: number;
  /** How many events, corrected ones too. */
  readonly events: number;
  /** False: someone else was using the file; bytes of what was erased are left until `Store.purge`. */
  readonly purged: boolean;
  /** Where copies may be that an erasure cannot reach. */
  readonly outOfReach: readonly string[];
}

/** Copies that others hold. docs/store.md, "Erasing". */
const OUT_OF_REACH = [
  'backups made before now, also those that a newer release left beside the store: a restored one holds the patient again',
  'calendars that were handed out, and calendar programs that read them',
  'folders of earlier nightly runs, and files that were exported',
];

/** Takes away all that is known of a patient; the audit log keeps that it happened, and on what ground. */
export async function erasePatient(
  context: SchedulerContext,
  work: ErasureWork,
): Promise<ServiceOutcome<ErasedPatient>> {
  const { clinic, whose, ground, confirm, dryRun = false } = work;
  if (!ERASURE_GROUNDS.includes(ground)) {
    return fail('invalid', {
      path: 'ground',
      message: 'this is no ground for an erasure',
      found: showFound(ground),
      allowed: ERASURE_GROUNDS.join(', '),
    });
  }
  const { store } = context;
  const name = 'patientRef' in whose ? whose.patientRef : whose.externalId;
  const heads = await store.findEpisodes(clinic.id, whose);
  const [first] = heads;
  if (first === undefined) {
    return fail('not-found', {
      path: 'patientRef' in whose ? 'patient' : 'episode',
      message: `clinic ${clinic.code} has no such ${'patientRef' in whose ? 'patient' : 'episode'}`,
      found: showFound(name),
    });
  }
  if (dryRun) {
    const events = await countEvents(context, clinic, heads);
    return succeed({ episodes: heads.length, events, purged: true, outOfReach: OUT_OF_REACH });
  }
  if (confirm !== name) {
    return fail('invalid', {
      path: 'confirm',
      message: 'nothing was erased: what is erased cannot be brought back, so it is named twice',
      found: showFound(confirm),
      allowed: 'the same reference once more',
    });
  }
  const target: Erasure['whose'] = 'patientRef' in whose ? whose : { episode: first.id };
  const erasure = { clinic: clinic.id, whose: target, ground };
  const erased = await store.erasePatient(actNow(context), erasure);
  if (erased.outcome !== 'ok') return notDone(erased);
  const { episodes, events, purged } = erased.value;
  return succeed({ episodes: episodes.length, events, purged, outOfReach: OUT_OF_REACH });
}

async function countEvents(
  { store }: SchedulerContext,
  clinic: Clinic,
  heads: readonly EpisodeHead[],
): Promise<number> {
  let events = 0;
  for (const { id: episode } of heads) {
    const log = await store.loadEventLog({ clinic: clinic.id, episode });
    if (log.outcome === 'ok') events += log.value.length;
  }
  return events;
}
