import type { Day } from '../../domain/civil-date.ts';
import { actionInWords } from '../../domain/escalation-words.ts';
import type { Problem } from '../../domain/problem.ts';
import { checkCase } from '../../input/case-checks.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { isUnanswered } from '../../worklist/open-items.ts';
import { planCase } from '../case/plan-case.ts';
import { acknowledgementProblems, lostToFollowUpProblems } from '../episode/closure-checks.ts';
import { pinnedProtocol } from '../episode/pinned-protocol.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone } from '../service-outcome.ts';
import { type CohortDifference, differenceOf } from './cohort-difference.ts';
import type { SoundRow } from './cohort-rows.ts';

/** What an import does with one sound row. */
export type RowDecision =
  | { readonly what: 'register'; readonly row: SoundRow }
  | { readonly what: 'keep'; readonly eventsKept: number }
  | { readonly what: 'update'; readonly row: SoundRow; readonly update: EpisodeUpdate }
  | { readonly what: 'refuse'; readonly problems: readonly Problem[] };

/** A change of a stored episode, from the version that the import saw. */
export interface EpisodeUpdate extends CohortDifference {
  readonly episode: number;
  readonly version: number;
}

/** How an import decides. */
export interface DecisionSettings {
  readonly clinic: Clinic;
  readonly today: Day;
  /** Whether stored episodes take over other facts and further events. */
  readonly update: boolean;
}

/** Decides about a row by what the store has under its id. */
export async function decideRow(
  context: SchedulerContext,
  settings: DecisionSettings,
  row: SoundRow,
): Promise<RowDecision> {
  const clinic = settings.clinic.id;
  const externalId = row.caseFile.episode.id;
  const [head] = await context.store.findEpisodes(clinic, { externalId });
  if (head === undefined) return { what: 'register', row };
  const loaded = await context.store.loadCase({ clinic, episode: head.id });
  if (loaded.outcome !== 'ok') return { what: 'refuse', problems: notDone(loaded).problems };
  const stored = loaded.value;
  const difference = differenceOf(stored.caseFile, row);
  const { factsThatDiffer, newEvents, eventsKept, problems } = difference;
  if (problems.length > 0) return { what: 'refuse', problems };
  if (factsThatDiffer.length + newEvents.length === 0) return { what: 'keep', eventsKept };
  if (!settings.update) return { what: 'refuse', problems: [changed(difference)] };
  const faults = await updateProblems(context, settings, stored, difference);
  return faults.length > 0
    ? { what: 'refuse', problems: faults }
    : {
        what: 'update',
        row,
        update: { ...difference, episode: stored.id, version: stored.version },
      };
}

function changed({ factsThatDiffer, newEvents }: CohortDifference): Problem {
  const parts = [
    ...(factsThatDiffer.length === 0 ? [] : [`other ${factsThatDiffer.join(', ')}`]),
    ...(newEvents.length === 0 ? [] : [`${newEvents.length} further events`]),
  ];
  return {
    path: '',
    message: 'the store has this episode, and the file says something else',
    found: parts.join('; '),
    mend: 'import with --update to take it over',
  };
}

/** Why the store may not take over what a row says: it must fit, and may leave no escalation unanswered unseen. */
async function updateProblems(
  context: SchedulerContext,
  { clinic, today }: DecisionSettings,
  stored: StoredCase,
  { facts, newEvents }: CohortDifference,
): Promise<readonly Problem[]> {
  const events = [...stored.caseFile.events, ...newEvents];
  const caseFile = { episode: facts, events };
  const contradictions = checkCase(caseFile);
  if (contradictions.length > 0) return contradictions;
  const loaded = await pinnedProtocol(context, clinic.id, stored.protocol);
  if (!loaded.ok) return loaded.problems;
  const protocol = loaded.value;
  const settings = { protocol, asOf: today, today, explain: false };
  const before = planCase(stored.caseFile, settings);
  const revised = planCase({ ...stored.caseFile, episode: facts }, settings);
  const after = planCase(caseFile, settings);
  const unseen = acknowledgementProblems({ before, after, events });
  return [
    ...vanished(before, revised),
    ...unseen.map((problem) => ({ ...problem, path: 'events', mend: RECORD_IT })),
    ...newEvents.flatMap((event) =>
      event.type === 'closure' ? lostToFollowUpProblems(event, events, protocol) : [],
    ),
  ];
}

/** Open escalations that other facts would take away: a later ablation takes no exam before it for its own. */
function vanished(before: Plan, revised: Plan): Problem[] {
  const left = new Set(revised.escalations.filter(isUnanswered).map(({ key }) => key));
  return before.escalations
    .filter((escalation) => isUnanswered(escalation) && !left.has(escalation.key))
    .map((escalation) => ({
      path: '',
      message: `an open escalation would vanish: ${escalation.key} (${actionInWords(escalation)} by ${escalation.dueBy})`,
      mend: 'update the facts of this episode on their own, which shows what that changes',
    }));
}

const RECORD_IT = 'record the end of this surveillance on its own, with its acknowledgement';
