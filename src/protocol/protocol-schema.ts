import { z } from 'zod';
import { ACTION_CATEGORIES, INTERVAL_CATEGORIES } from '../domain/bi-rads.ts';
import { ESCALATION_ACTIONS } from '../domain/escalation-action.ts';
import { PATHOLOGY_RESULTS } from '../domain/event.ts';
import { MODALITIES } from '../domain/modality.ts';
import { RISK_TIERS } from '../domain/risk-tier.ts';
import { RULE_IDS } from '../domain/rule.ts';
import { strict } from '../domain/schema.ts';

/** The version of the file format that this release reads. */
export const PROTOCOL_SCHEMA_VERSION = 1;

/** How sure a source makes a rule: the review's GRADE words, and ours where no study stands behind a value. */
export const CERTAINTIES = [
  'high',
  'moderate',
  'low',
  'expert-opinion',
  'published-schedule',
  'from-memory',
  'engineering-default',
] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** Pathology results that raise an escalation: all but the benign concordant one. */
export const RAISING_RESULTS = PATHOLOGY_RESULTS.filter((result) => result !== 'benign-concordant');

const months = z.int().min(0).max(600);
const positiveMonths = z.int().min(1).max(600);
const days = z.int().min(0).max(3650);
const modalities = z.array(z.enum(MODALITIES)).min(1);
const margins = strict({ before: months, after: months });
const due = strict({ action: z.enum(ESCALATION_ACTIONS), withinDays: days });

const baseline = strict({
  earliestMonths: positiveMonths,
  targetMonths: positiveMonths,
  latestMonths: positiveMonths,
  modalities,
});

const intervals = strict({
  /** Shortest and longest distance between two staged exams, both inclusive. */
  bandMonths: z.tuple([positiveMonths, positiveMonths]),
  monthsByCategory: strict(record(INTERVAL_CATEGORIES, positiveMonths)),
  capMonthsByTier: strict(record(RISK_TIERS, positiveMonths)),
  /** What the first interval visit is counted from. */
  firstFrom: z.enum(['ablation', 'previous-exam']),
  minimumGapMonths: months,
  windowMonths: margins,
  acceptEarlyMonths: months,
  limitedMonths: positiveMonths,
  reofferMonths: positiveMonths,
  modalities,
});

const lane = strict({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  title: z.string().min(1).optional(),
  offsetsMonths: z.array(positiveMonths).min(1),
  windowMonths: margins,
  acceptEarlyMonths: months,
  modalities,
});

const escalation = strict({
  /** Most urgent first; every action once. */
  urgency: z.array(z.enum(ESCALATION_ACTIONS)),
  reportWithinDays: days,
  byCategory: strict(record(ACTION_CATEGORIES, due)),
  byFinding: strict({ 'advanced-imaging': days, biopsy: days }),
  byPathology: strict(record(RAISING_RESULTS, due)),
  thresholds: strict({
    growthMm: z.number().min(0).max(1000),
    growthPercent: z.number().min(0).max(1000),
    wallAsymmetryMm: z.number().min(0).max(1000),
  }),
});

const source = strict({
  citation: z.string().min(1),
  doi: z.string().min(1).optional(),
  url: z.string().min(1).optional(),
  certainty: z.enum(CERTAINTIES),
  /** What the source says on the matter, or what is not known of it. */
  note: z.string().min(1).optional(),
});

const ruleSupport = strict({
  /** Keys of `sources`. */
  sources: z.array(z.string().min(1)).min(1),
  /** Why the protocol does it so. */
  reason: z.string().min(1).optional(),
});

/** A protocol file: the rules as versioned, cited data. schedule.md; every number the engine uses is here. */
export const protocolSchema = strict({
  schemaVersion: z.literal(PROTOCOL_SCHEMA_VERSION),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  title: z.string().min(1).optional(),
  status: z.string().min(1).optional(),
  summary: z.string().min(1).optional(),
  sources: z.record(z.string().min(1), source).optional(),
  rules: z.partialRecord(z.enum(RULE_IDS), ruleSupport).optional(),
  assumedCategory: z.enum(INTERVAL_CATEGORIES),
  baseline: baseline.optional(),
  intervals: intervals.optional(),
  /** Counted from the current ablation; only staged visits end with it. */
  horizonMonths: months.optional(),
  deferralMaxMonths: months,
  suspensionDays: days,
  suspensionMaxDays: days,
  /**
   * After how many attempts to reach the patient an episode may be closed as lost to follow-up without
   * a further reason. Absent: no number of attempts is enough, a reason must be stated.
   */
  lostToFollowUpAttempts: z.int().min(1).max(100).optional(),
  lanes: z.array(lane),
  fallbackModalities: z.array(z.enum(MODALITIES)),
  /** Contraindication kind → the modalities that it excludes. */
  contraindications: z.record(z.string().min(1), z.array(z.enum(MODALITIES))),
  escalation,
});

/** A checked protocol. */
export type Protocol = z.infer<typeof protocolSchema>;
export type ProtocolLane = z.infer<typeof lane>;
export type ProtocolIntervals = z.infer<typeof intervals>;
export type ProtocolBaseline = z.infer<typeof baseline>;

function record<K extends string, V extends z.ZodType>(keys: readonly K[], value: V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>;
}
