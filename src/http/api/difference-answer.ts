import { z } from 'zod';

import { RULE_IDS } from '../../domain/rule.ts';
import type { PlanDiff, PlanHeader } from '../../plan/plan-diff.ts';
import { EVENT_TYPES } from './event-types.ts';
import { dateText, escalationAnswer, partOfHeader, visitAnswer } from './plan-answer.ts';

const ofEvent = { event: z.string(), type: z.enum(EVENT_TYPES), date: dateText };

/** What brought a change about. */
export const causeAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), ...ofEvent }),
  z.object({ kind: z.literal('event-removed'), ...ofEvent }),
  z.object({ kind: z.literal('protocol'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('as-of'), from: dateText, to: dateText }),
  z.object({ kind: z.literal('facts') }),
]);

function linesOf<Line>(line: z.ZodType<Line>) {
  const change = z.object({
    key: z.string(),
    before: line.nullable(),
    after: line.nullable(),
    rule: z.enum(RULE_IDS),
    cause: causeAnswer,
  });
  return z.object({
    added: z.array(change),
    moved: z.array(change),
    changed: z.array(change),
    cancelled: z.array(change),
    restated: z.array(change),
    unchanged: z.array(z.string()),
    order: z.array(z.string()),
  });
}

/** The difference of two plans as the API answers it: the same document as `cryowatch diff --output json`. */
export const differenceAnswer: z.ZodType<PlanDiff> = z.object({
  schemaVersion: z.literal(1),
  episode: z.string(),
  asOf: z.object({ from: dateText, to: dateText }),
  causes: z.array(causeAnswer),
  visits: linesOf(visitAnswer),
  escalations: linesOf(escalationAnswer),
  // As JSON, what is undefined is not there.
  header: partOfHeader as unknown as z.ZodType<Partial<PlanHeader>>,
});
