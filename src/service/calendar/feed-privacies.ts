import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import type { Subscription, SubscriptionSubject } from '../../store/subscription.ts';
import { stateOf } from '../access/token-state.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** An episode that subscriptions may show. */
export interface ShownEpisode {
  /** Number of the clinic. */
  readonly clinic: number;
  /** The store's number of the episode. */
  readonly episode: number;
  readonly patientRef?: string | undefined;
}

/** The levels of privacy at which a subscription that works shows an episode. */
export async function feedPrivacies(
  context: Pick<SchedulerContext, 'store' | 'clock'>,
  shown: ShownEpisode,
): Promise<ReadonlySet<CalendarPrivacy>> {
  const { store, clock } = context;
  const privacies = new Set<CalendarPrivacy>();
  for (const subject of await subjectsOf(context, shown)) {
    const kept = await store.listSubscriptions({ clinic: shown.clinic, subject });
    for (const each of activeOf(kept, clock())) privacies.add(each.privacy);
  }
  return privacies;
}

/** Whether a subscription that works shows an episode, at whichever level of privacy. */
export type IsSubscribed = (stored: Pick<StoredCase, 'id' | 'caseFile'>) => boolean;

/** The episodes of a clinic that subscriptions show, as of now; for a walk over all of them. */
export async function subscribedEpisodes(
  { store, clock }: Pick<SchedulerContext, 'store' | 'clock'>,
  clinic: number,
): Promise<IsSubscribed> {
  const subjects = activeOf(await store.listSubscriptions({ clinic }), clock()).map(
    ({ subject }) => subject,
  );
  if (subjects.some(({ kind }) => kind === 'clinic')) return () => true;
  const patients = new Set<string>();
  const episodes = new Set<number>();
  for (const subject of subjects) {
    if (subject.kind === 'patient') patients.add(subject.patientRef);
    if (subject.kind !== 'clinician') continue;
    const own = await store.episodesOfClinician({ clinic, account: subject.account });
    for (const episode of own) episodes.add(episode);
  }
  return ({ id, caseFile }) =>
    episodes.has(id) || patients.has(caseFile.episode.patientRef ?? NO_PATIENT);
}

/** No subscription is of it: the subject of one is never empty. */
const NO_PATIENT = '';

function activeOf(subscriptions: readonly Subscription[], now: number): readonly Subscription[] {
  return subscriptions.filter((each) => stateOf(each, now) === 'active');
}

async function subjectsOf(
  { store }: Pick<SchedulerContext, 'store'>,
  { clinic, episode, patientRef }: ShownEpisode,
): Promise<readonly SubscriptionSubject[]> {
  const clinicians = await store.cliniciansOfEpisode({ clinic, episode });
  const accounts = clinicians.outcome === 'ok' ? clinicians.value : [];
  return [
    { kind: 'clinic' },
    ...(patientRef === undefined ? [] : [{ kind: 'patient', patientRef } as const]),
    ...accounts.map((account) => ({ kind: 'clinician', account }) as const),
  ];
}
