import type { Episode } from '../../domain/episode.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

const MEND = 'if it is another one, accept it: --accept';

/**
 * Why an episode may be one that the clinic has already: an id that differs in capitals alone, or the
 * same patient, side and day of ablation. Two lesions may be treated in one breast on one day, so it is
 * asked for twice, and not refused.
 */
export async function registrationDoubts(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
  facts: Episode,
): Promise<Problem[]> {
  const alike = await store.findEpisodes(clinic.id, { externalIdInAnyCase: facts.id });
  return [
    ...alike
      .filter(({ externalId }) => externalId !== facts.id)
      .map(({ externalId }) => ({
        path: 'episode.id',
        message: 'the clinic has an episode whose id differs in capitals alone',
        found: showFound(externalId),
        mend: MEND,
      })),
    ...(await sameLesions({ store }, clinic, facts)),
  ];
}

async function sameLesions(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
  { id, patientRef, laterality, ablation }: Episode,
): Promise<Problem[]> {
  if (patientRef === undefined) return [];
  const problems: Problem[] = [];
  for (const head of await store.findEpisodes(clinic.id, { patientRef })) {
    // The same id is the same form, sent twice at one time.
    if (head.externalId === id) continue;
    const loaded = await store.loadCase({ clinic: clinic.id, episode: head.id });
    if (loaded.outcome !== 'ok') continue;
    const { episode } = loaded.value.caseFile;
    if (episode.laterality !== laterality || episode.ablation.date !== ablation.date) continue;
    problems.push({
      path: 'episode.ablation.date',
      message: `this patient has an episode of the ${laterality} breast with this day of ablation`,
      found: showFound(head.externalId),
      mend: MEND,
    });
  }
  return problems;
}
