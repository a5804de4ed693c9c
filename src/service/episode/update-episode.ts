import type { CaseFile } from '../../domain/case-file.ts';
import { type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Episode } from '../../domain/episode.ts';
import type { Problem } from '../../domain/problem.ts';
import { checkCase } from '../../input/case-checks.ts';
import { parseCase } from '../../input/parse-case.ts';
import { SIMPLE_FIELDS, withSimpleFields } from '../../input/simple-case.ts';
import { diffPlans } from '../../plan/diff-plans.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlanDiff } from '../../plan/plan-diff.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { againOnConflict } from './again-on-conflict.ts';
import { findEpisode } from './find-episode.ts';
import { futureProblems } from './future-facts.ts';
import { planStored } from './plan-stored.ts';
import { sameContent } from './same-event.ts';
import { settleEpisode } from './settle-episode.ts';
import { refusedTakingBack } from './taken-back.ts';

/** Facts of an episode that became known or were wrong: of the tumor, the ablation, the therapy. */
export interface EpisodeUpdate {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Fields of the short form that replace those recorded, or a whole `episode` of a case file. */
  readonly facts: { readonly fields: object } | { readonly whole: unknown };
  /** The version of the episode that the author saw; absent: as it stands. */
  readonly expected?: number | undefined;
  /** False: whoever asks decides nothing, and may take no open escalation back. Absent: they may. */
  readonly mayDecide?: boolean | undefined;
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
export function updateEpisode(
  context: SchedulerContext,
  update: EpisodeUpdate,
): Promise<ServiceOutcome<Updated>> {
  return againOnConflict(update.expected, () => updateOnce(context, update));
}

async function updateOnce(
  context: SchedulerContext,
  { clinic, episode, facts: given, expected, mayDecide = true, dryRun = false }: EpisodeUpdate,
): Promise<ServiceOutcome<Updated>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const stored = found.value;
  const { version, caseFile } = stored;
  if (expected !== undefined && expected !== version) {
    return notDone({ outcome: 'conflict', version });
  }
  const act = actNow(context);
  const asOf = dayInZone(act.at, clinic.zone);
  const read = revisedFacts(stored, given, asOf);
  if (!read.ok) return read;
  const facts = read.value;
  const before = await planStored(context, clinic.id, stored, { asOf });
  if (!before.ok) return before;
  const revised = { ...stored, caseFile: { ...caseFile, episode: facts } };
  const after = await planStored(context, clinic.id, revised, { asOf });
  if (!after.ok) return after;
  const refused = mayDecide ? null : refusedTakingBack(before.value, after.value);
  if (refused !== null) return refused;
  const changed = !sameContent(facts, caseFile.episode);
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
  await settleEpisode(context, {
    clinic,
    episode: stored.id,
    version: now.version,
    plan: now.after,
  });
  return succeed(now);
}

/** The facts as they would be, checked in themselves and with the events that are recorded. */
export function revisedFacts(
  { caseFile }: Pick<StoredCase, 'caseFile'>,
  given: EpisodeUpdate['facts'],
  today: Day,
): ServiceOutcome<Episode> {
  const isShort = 'fields' in given;
  const document = isShort
    ? withSimpleFields(episodeDocument(caseFile.episode), given.fields)
    : given.whole;
  const parsed = parseCase({ episode: document, events: [] });
  const problems = parsed.ok
    ? revisionProblems(caseFile, parsed.value.episode, today)
    : parsed.problems;
  if (parsed.ok && problems.length === 0) return succeed(parsed.value.episode);
  return fail('invalid', ...problems.map((problem) => (isShort ? inShortForm(problem) : problem)));
}

function revisionProblems(caseFile: CaseFile, episode: Episode, today: Day): Problem[] {
  const known = new Set(checkCase(caseFile).map((problem) => JSON.stringify(problem)));
  return [
    ...futureProblems({ episode, events: [] }, today),
    ...checkCase({ ...caseFile, episode }).filter((problem) => !known.has(JSON.stringify(problem))),
  ];
}

/** Problems of `episode.tumor.sizeMm` under the name that the short form has for it. */
function inShortForm(problem: Problem): Problem {
  const path = problem.path.replace(/^episode\./, '');
  const named = Object.entries(SIMPLE_FIELDS).find(([, place]) => place.join('.') === path);
  return { ...problem, path: named?.[0] ?? path };
}

function episodeDocument(episode: Episode): object {
  const { ablation } = episode;
  return { ...episode, ablation: { ...ablation, date: formatDay(ablation.date) } };
}
