import { formatDay } from '../../src/domain/civil-date.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { computeSchedule } from '../../src/engine/compute-schedule.ts';
import { buildHistory } from '../../src/history/build-history.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import type { Schedule } from '../../src/plan/schedule.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';

/** A case that this engine refuses to read. */
export class CaseRefused extends Error {}

function inWords({ path, message, found }: Problem): string {
  return `${path || 'the document'}: ${message}${found === undefined ? '' : ` (${found})`}`;
}

/** The fields of a plan that the corpus compares, in ISO dates. */
export function comparedFields(schedule: Schedule) {
  const { phase, course, category, categoryAssumed, tier, tierFactors } = schedule;
  return {
    phase,
    course,
    category,
    categoryAssumed,
    tier,
    tierFactors,
    visits: schedule.visits.map(({ key, window, modalities, status }) => ({
      key,
      earliest: formatDay(window.earliest),
      target: formatDay(window.target),
      latest: formatDay(window.latest),
      modalities,
      status,
    })),
    escalations: schedule.escalations.map((escalation) => ({
      key: escalation.key,
      action: escalation.action,
      modality: escalation.modality,
      triggers: escalation.triggers.map(({ id }) => id),
      raisedOn: formatDay(escalation.raisedOn),
      dueBy: formatDay(escalation.dueBy),
      status: escalation.status,
      answeredBy: escalation.answeredBy,
    })),
    exams: schedule.exams.map(({ id, verdict, visit }) => ({ id, verdict, visit })),
  };
}

export type ComparedPlan = ReturnType<typeof comparedFields>;

/** Plans one case with this engine. @throws CaseRefused with every problem, if the case has any. */
export function planCase(document: unknown, protocol: Protocol): ComparedPlan {
  const parsed = parseCase(document);
  if (!parsed.ok) throw new CaseRefused(parsed.problems.map(inWords).join('; '));
  const { asOf } = parsed.value;
  if (asOf === undefined) throw new CaseRefused('asOf: a conformance case names its as-of date');
  return comparedFields(computeSchedule(buildHistory(parsed.value, asOf), protocol));
}
