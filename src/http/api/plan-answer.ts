import { z } from 'zod';
import { BI_RADS_CATEGORIES } from '../../domain/bi-rads.ts';
import { ESCALATION_ACTIONS } from '../../domain/escalation-action.ts';
import { CONTACT_METHODS, CONTACT_OUTCOMES } from '../../domain/event.ts';
import { LATERALITIES } from '../../domain/laterality.ts';
import { MODALITIES } from '../../domain/modality.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { RULE_IDS } from '../../domain/rule.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../../plan/plan.ts';
import {
  ESCALATION_STATUSES,
  PHASES,
  VERDICTS,
  VISIT_STATUSES,
} from '../../service/case/plan-words.ts';
import { EVENT_TYPES } from './event-types.ts';

/** A day in an answer, `YYYY-MM-DD`. */
export const dateText = z.string().meta({ format: 'date' });

/** Why a line of the plan is as it is. */
export const becauseAnswer = z.object({
  rule: z.enum(RULE_IDS),
  section: z.string(),
  protocol: z.object({ id: z.string(), version: z.string() }),
  anchor: z.object({ kind: z.string(), event: z.string().nullable(), date: dateText }),
  causedBy: z.string().nullable(),
  arithmetic: z.array(z.string()),
  reasons: z.array(z.string()),
  citations: z.array(
    z.object({
      source: z.string(),
      citation: z.string(),
      certainty: z.string(),
      doi: z.string().optional(),
      url: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
});

const visit = z.object({
  key: z.string(),
  kind: z.enum(['baseline', 'interval', 'lane']),
  earliest: dateText,
  target: dateText,
  latest: dateText,
  modalities: z.array(z.enum(MODALITIES)),
  needsReview: z.boolean(),
  status: z.enum(VISIT_STATUSES),
  booking: z
    .object({ event: z.string(), appointment: z.string(), location: z.string().optional() })
    .nullable(),
  deferral: z.object({ event: z.string(), until: dateText }).nullable(),
  because: becauseAnswer,
});

const escalation = z.object({
  key: z.string(),
  action: z.enum(ESCALATION_ACTIONS),
  modality: z.enum(['MRI', 'CEM']).nullable(),
  triggers: z.array(z.string()),
  raisedOn: dateText,
  dueBy: dateText,
  status: z.enum(ESCALATION_STATUSES),
  answeredBy: z.string().nullable(),
  conflict: z.boolean(),
  because: becauseAnswer,
});

/** A planned visit. */
export const visitAnswer: z.ZodType<PlannedVisit> = visit;
/** An escalation, open or answered. */
export const escalationAnswer: z.ZodType<PlannedEscalation> = escalation;

/** A warning or an assumption. */
export const noteAnswer = z.object({
  code: z.string(),
  message: z.string(),
  event: z.string().optional(),
  fact: z.string().optional(),
});

/** An attempt to reach the patient. */
export const contactAnswer = z.object({
  id: z.string(),
  date: dateText,
  method: z.enum(CONTACT_METHODS),
  outcome: z.enum(CONTACT_OUTCOMES),
  item: z.string().nullable(),
});

const header = z.object({
  schemaVersion: z.literal(1),
  asOf: dateText,
  episode: z.object({
    id: z.string(),
    patientRef: z.string().optional(),
    laterality: z.enum(LATERALITIES).nullable(),
    ablationDate: dateText,
  }),
  protocol: z.object({ id: z.string(), version: z.string(), title: z.string() }),
  phase: z.enum(PHASES),
  course: z.int(),
  ablationDate: dateText,
  horizon: dateText.nullable(),
  category: z.enum(BI_RADS_CATEGORIES),
  categoryAssumed: z.boolean(),
  tier: z.enum(RISK_TIERS),
  tierFactors: z.array(z.string()),
  suspendedUntil: dateText.nullable(),
  endedBy: z.string().nullable(),
  exams: z.array(
    z.object({
      id: z.string(),
      date: dateText,
      modality: z.enum(MODALITIES),
      biRads: z.enum(BI_RADS_CATEGORIES).nullable(),
      verdict: z.enum(VERDICTS),
      visit: z.string().nullable(),
      lanes: z.array(z.string()),
      reason: z.string(),
      daysFromTarget: z.int().nullable(),
    }),
  ),
  assumptions: z.array(noteAnswer),
  warnings: z.array(noteAnswer),
  contacts: z.array(contactAnswer),
  events: z.array(
    z.object({
      id: z.string(),
      type: z.enum(EVENT_TYPES),
      date: dateText,
      of: z.string().optional(),
    }),
  ),
});

/** What a plan says besides its visits and escalations; in a difference only what differs. */
export const partOfHeader = header.partial();

/** A plan as the API answers it: the same document as `cryowatch plan --output json`. */
export const planAnswer: z.ZodType<Plan> = header.extend({
  visits: z.array(visitAnswer),
  escalations: z.array(escalationAnswer),
});
