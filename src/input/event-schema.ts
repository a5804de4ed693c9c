import { z } from 'zod';
import { BI_RADS_CATEGORIES } from '../domain/bi-rads.ts';
import {
  CLOSURE_REASONS,
  CONTACT_METHODS,
  CONTACT_OUTCOMES,
  EXAM_QUALITIES,
  PATHOLOGY_RESULTS,
} from '../domain/event.ts';
import { ENHANCEMENT_CHANGES, ENHANCEMENT_PATTERNS } from '../domain/finding.ts';
import { isEscalationKey, isVisitKey } from '../domain/keys.ts';
import { EXAM_LATERALITIES } from '../domain/laterality.ts';
import { MODALITIES } from '../domain/modality.ts';
import { daySchema, strict } from '../domain/schema.ts';
import { ablationShape, happenedOn, lineOfText, millimetres } from './episode-schema.ts';

const id = lineOfText(200);
const reason = lineOfText(1000);

const visitKey = lineOfText(100).refine(isVisitKey, {
  error: 'this is not a visit key',
  params: {
    allowed:
      'a<course>.baseline, a<course>.interval-<number> or a<course>.<lane>-<months>, a1.baseline say',
  },
});

const itemKey = lineOfText(210).refine((text) => isVisitKey(text) || isEscalationKey(text), {
  error: 'this is neither a visit nor an escalation',
  params: { allowed: 'the key of a visit, a1.baseline say, or of an escalation, esc.x1 say' },
});

const appointmentForm = new RegExp(
  /^(\d{4}-\d{2}-\d{2})/.source +
    /(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:\d{2})?(?:\[[A-Za-z][\w+-]*(?:\/[\w+-]+)*\])?)?$/
      .source,
);

const appointment = z.string().refine(
  (text) => {
    const match = appointmentForm.exec(text);
    if (match === null) return false;
    const timed = text.length > 10;
    return (
      daySchema.safeParse(match[1]).success && (!timed || /(?:Z|[+-]\d{2}:\d{2}|\])$/.test(text))
    );
  },
  {
    error: 'this is not an appointment',
    params: {
      allowed: 'a date, or a date-time with its zone: 2026-04-20, 2026-04-20T09:30[Europe/Berlin]',
    },
  },
);

const findings = strict({
  enhancement: strict({
    present: z.boolean(),
    pattern: z.enum(ENHANCEMENT_PATTERNS).optional(),
    longestMm: millimetres.optional(),
    change: z.enum(ENHANCEMENT_CHANGES).optional(),
  }).optional(),
  wall: strict({
    minMm: millimetres.optional(),
    maxMm: millimetres.optional(),
    asymmetric: z.boolean().optional(),
  }).optional(),
  zone: strict({ longestMm: millimetres }).optional(),
  metabolicActivity: strict({
    present: z.boolean(),
    attributableToFatNecrosis: z.boolean().optional(),
    suvMax: z.number().min(0).max(1000).optional(),
  }).optional(),
});

function event<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return strict({ type: z.literal(type), id, date: happenedOn, ...shape });
}

/** One event of a case file, told apart by `type`. schedule.md, "Input". */
export const eventSchema = z.discriminatedUnion('type', [
  event('imaging', {
    modality: z.enum(MODALITIES),
    laterality: z.enum(EXAM_LATERALITIES).optional(),
    quality: z.enum(EXAM_QUALITIES).optional(),
    biRads: z.enum(BI_RADS_CATEGORIES).optional(),
    findings: findings.optional(),
  }),
  event('report', {
    of: id,
    biRads: z.enum(BI_RADS_CATEGORIES),
    findings: findings.optional(),
  }),
  event('pathology', {
    result: z.enum(PATHOLOGY_RESULTS),
    specimenDate: daySchema.optional(),
    laterality: z.enum(EXAM_LATERALITIES).optional(),
    answers: z.array(id).optional(),
  }),
  event('ablation', ablationShape),
  event('constraint', { kind: lineOfText(100), from: daySchema, to: daySchema.optional() }),
  event('deferral', { visit: visitKey, until: daySchema, reason }),
  event('decline', { visit: visitKey, reason }),
  event('booking', { visit: visitKey, appointment, location: lineOfText(500).optional() }),
  event('contact', {
    method: z.enum(CONTACT_METHODS),
    outcome: z.enum(CONTACT_OUTCOMES),
    item: itemKey.optional(),
    note: reason.optional(),
  }),
  event('decision', { escalation: id, reason }),
  event('suspension', { until: daySchema.optional(), reason: reason.optional() }),
  event('resumption', { reason: reason.optional() }),
  event('surgery', { reason: reason.optional() }),
  event('closure', { reason: z.enum(CLOSURE_REASONS), note: reason.optional() }),
  event('reopening', { reason }),
  event('correction', { of: id, reason }),
]);
