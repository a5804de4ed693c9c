import { z } from 'zod';
import { LATERALITIES } from '../../domain/laterality.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { episodeSchema, eventSchema } from '../../service/case/case-schemas.ts';
import { PHASES } from '../../service/case/plan-words.ts';
import { instantText } from './clinic-api.ts';
import { differenceAnswer } from './difference-answer.ts';
import { dateText, escalationAnswer, noteAnswer, planAnswer, visitAnswer } from './plan-answer.ts';
import { problemSchema } from './problem-answer.ts';

const protocolPin = z.object({ id: z.string(), version: z.string(), hash: z.string() });

/** The episodes of a clinic, a page of them. */
export const episodesAnswer = z.object({
  episodes: z.array(
    z.object({
      id: z.string(),
      patientRef: z.string().nullable(),
      laterality: z.enum(LATERALITIES).nullable(),
      ablatedOn: dateText,
      version: z.int(),
      protocol: z.string(),
      protocolVersion: z.string(),
      phase: z.enum(PHASES).nullable(),
      tier: z.enum(RISK_TIERS).nullable(),
      openEscalations: z.int().nullable(),
      nextVisit: z.string().nullable(),
      nextEarliest: dateText.nullable(),
      nextTarget: dateText.nullable(),
      nextLatest: dateText.nullable(),
      /** Why it has no plan; empty where it has one. */
      unplanned: z.array(problemSchema),
    }),
  ),
  next: z
    .string()
    .nullable()
    .meta({ description: 'The path of the next page; null: this is the last' }),
});

const recordedBy = { recordedBy: z.string(), recordedAt: instantText, version: z.int() };

/** All that the store has of an episode, and its plan. */
export const episodeAnswer = z.object({
  id: z.string(),
  number: z.int().meta({ description: 'The number by which the log of the service names it' }),
  version: z.int(),
  protocol: protocolPin,
  facts: episodeSchema,
  events: z.array(z.object({ event: eventSchema, ...recordedBy })),
  acknowledgements: z.array(
    z.object({ escalations: z.array(z.string()), reason: z.string(), ...recordedBy }),
  ),
  plan: planAnswer.nullable(),
  unplanned: z.array(problemSchema),
});

const dryRun = z
  .boolean()
  .meta({ description: 'True: this is what it would change; nothing was recorded' });

/** An episode that was registered. */
export const registeredAnswer = z.object({
  id: z.string(),
  dryRun,
  version: z.int(),
  protocol: protocolPin,
  plan: planAnswer,
  nextVisit: visitAnswer.nullable(),
  leftUnanswered: z.array(escalationAnswer),
});

/** Facts that were recorded, and what they change. */
export const updatedAnswer = z.object({
  id: z.string(),
  dryRun,
  changed: z.boolean(),
  version: z.int(),
  plan: planAnswer,
  difference: differenceAnswer,
});

/** Events that were recorded, and what they change. */
export const recordedAnswer = z.object({
  id: z.string(),
  dryRun,
  version: z.int(),
  events: z.array(eventSchema),
  knownBefore: z.int(),
  plan: planAnswer,
  difference: differenceAnswer,
  newEscalations: z.array(escalationAnswer),
  nextVisit: visitAnswer.nullable(),
  warnings: z.array(noteAnswer),
});

/** What a supposition would change. */
export const supposedAnswer = z.object({
  id: z.string(),
  asOf: dateText.meta({ description: 'Today, or the day of the last event that lies ahead' }),
  plan: planAnswer,
  difference: differenceAnswer,
  warnings: z.array(noteAnswer),
});
