import type { SubscriptionSubject } from '../../store/subscription.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** Whose calendar a feed tells. */
export interface FeedScope {
  /** Number of the clinic. */
  readonly clinic: number;
  readonly subject: SubscriptionSubject;
}

/**
 * The episodes of a feed by the store's numbers; `'all'` of the clinic; null: there is no such patient
 * any more. A clinician without episodes has none.
 */
export async function feedEpisodes(
  { store }: Pick<SchedulerContext, 'store'>,
  { clinic, subject }: FeedScope,
): Promise<readonly number[] | 'all' | null> {
  switch (subject.kind) {
    case 'clinic':
      return 'all';
    case 'clinician':
      return store.episodesOfClinician({ clinic, account: subject.account });
    case 'patient': {
      const heads = await store.findEpisodes(clinic, { patientRef: subject.patientRef });
      return heads.length === 0 ? null : heads.map(({ id }) => id);
    }
  }
}
