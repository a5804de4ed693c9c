import type { CaseFile } from '../domain/case-file.ts';
import { formatDay } from '../domain/civil-date.ts';
import { dayInZone } from '../domain/clock.ts';
import type { Episode } from '../domain/episode.ts';
import { parseCase } from '../input/parse-case.ts';
import { withSimpleFields } from '../input/simple-case.ts';
import { diffPlans } from '../plan/diff-plans.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanDiff } from '../plan/plan-diff.ts';
import type { Clinic } from '../store/clinic.ts';
import { findEpisode } from './find-episode.ts';
import { futureProblems } from './future-facts.ts';
import { planStored } from './plan-stored.ts';
import { actNow, type SchedulerContext } from './scheduler-context.ts';
import { fail, invalid, notDone, type ServiceOutcome, succeed } from './service-outcome.ts';
import { settleEpisode } from './settle-episode.ts';

/** Facts of an episode that became known or were wrong: of the tumor, the ablation, the therapy. */
export interface EpisodeUpdate {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Fields of the short form that replace those recorded, or a whole `episode` of a case file. */
  readonly facts: { readonly fields: object } | { readonly whole: object };
  /** The version of the episode that the author saw; absent: as it stands. */
  readonly expected?: number | undefined;
  /** True: gives the answer, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface Updated {
  readonly episode: string;
  /** False: the facts were recorded like this before. */
  readonly changed: boolean;
  readonly version: number;
  readonly before: Plan;
  readonly after: Plan;
  readonly diff: PlanDiff;
}

/** Records other facts of an episode; the earlier ones are kept. Answers with what that changes. */
export async function updateEpisode(
  context: SchedulerContext,
  { clinic, episode, facts: given, expected, dryRun = false }: EpisodeUpdate,
): Promise<ServiceOutcome<Updated>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const stored = found.value;
  const { version, caseFile } = stored;
  if (expected !== undefined && expected !== version) {
    return notDone({ outcome: 'conflict', version });
  }
  const recorded = episodeDocument(caseFile.episode);
  const document = 'whole' in given ? given.whole : withSimpleFields(recorded, given.fields);
  const parsed = parseCase({ episode: document, events: [] });
  if (!parsed.ok) return invalid(parsed);
  const facts = parsed.value.episode;
  const act = actNow(context);
  const asOf = dayInZone(act.at, clinic.zone);
  const future = futureProblems(parsed.value, asOf);
  if (future.length > 0) return fail('invalid', ...future);
  const revised: CaseFile = { ...caseFile, episode: facts };
  const before = await planStored(context, clinic.id, stored, { asOf });
  if (!before.ok) return before;
  const after = await planStored(context, clinic.id, { ...stored, caseFile: revised }, { asOf });
  if (!after.ok) return after;
  const changed = JSON.stringify(episodeDocument(facts)) !== JSON.stringify(recorded);
  const updated: Updated = {
    episode: facts.id,
    changed,
    version,
    before: before.value,
    after: after.value,
    diff: diffPlans(before.value, after.value),
  };
  if (dryRun || !changed) return succeed(updated);
  const scope = { clinic: clinic.id, episode: stored.id };
  const kept = await context.store.reviseEpisode(act, { ...scope, expected: version, facts });
  if (kept.outcome !== 'ok') return notDone(kept);
  const now = { ...updated, version: kept.value.version };
  const { version: reached, after: plan } = now;
  await settleEpisode(context, { clinic, episode: stored.id, version: reached, plan });
  return succeed(now);
}

function episodeDocument(episode: Episode): object {
  const { ablation } = episode;
  return { ...episode, ablation: { ...ablation, date: formatDay(ablation.date) } };
}
