import { z } from 'zod';
import { ESCALATION_ACTIONS } from '../../domain/escalation-action.ts';
import { LATERALITIES } from '../../domain/laterality.ts';
import { MODALITIES } from '../../domain/modality.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { RULE_IDS } from '../../domain/rule.ts';
import type { Worklist, WorklistRow } from '../../service/case/due-list.ts';
import { BUCKET_NAMES, ITEM_KINDS, PHASES } from '../../service/case/plan-words.ts';
import { contactAnswer, dateText } from './plan-answer.ts';
import { problemSchema } from './problem-answer.ts';

/** One open item of one episode. */
export const worklistRowAnswer: z.ZodType<WorklistRow> = z.object({
  asOf: dateText,
  clinic: z.string(),
  patientRef: z.string().nullable(),
  episode: z.string(),
  side: z.enum(LATERALITIES).nullable(),
  phase: z.enum(PHASES),
  tier: z.enum(RISK_TIERS),
  item: z.string(),
  kind: z.enum(ITEM_KINDS),
  bucket: z.enum(BUCKET_NAMES),
  code: z.string().nullable(),
  action: z.enum(ESCALATION_ACTIONS).nullable(),
  triggers: z.array(z.string()),
  window: z.object({ earliest: dateText, target: dateText, latest: dateText }).nullable(),
  since: dateText.nullable(),
  deadline: dateText.nullable(),
  daysLate: z.int().nullable(),
  until: dateText.nullable(),
  modalities: z.array(z.enum(MODALITIES)),
  needsReview: z.boolean(),
  reason: z.string(),
  rule: z.object({
    id: z.enum(RULE_IDS),
    section: z.string(),
    protocol: z.object({ id: z.string(), version: z.string() }),
  }),
  contacts: z.object({ count: z.int(), last: contactAnswer.nullable() }),
  booked: z
    .object({
      event: z.string(),
      day: dateText,
      appointment: z.string(),
      location: z.string().optional(),
      stands: z.boolean(),
    })
    .nullable(),
  suggested: z
    .object({
      day: dateText.nullable(),
      fromTarget: z.int().nullable(),
      why: z.enum(['window-over', 'all-closed']).nullable(),
    })
    .nullable(),
});

const worklist: z.ZodType<Worklist> = z.object({
  schemaVersion: z.literal(1),
  asOf: dateText,
  soonDays: z.int(),
  counts: z.record(z.enum(BUCKET_NAMES), z.int()),
  leftOut: z.int(),
  rows: z.array(worklistRowAnswer),
});

/** The open items of a clinic, and the episodes that are not among them because they cannot be planned. */
export const dueAnswer = z.object({
  worklist,
  /** Without those that cannot be planned. */
  episodes: z.int(),
  unplanned: z.array(
    z.object({ clinic: z.string(), episode: z.string(), problems: z.array(problemSchema) }),
  ),
});
