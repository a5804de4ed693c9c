import fc from 'fast-check';
import { BI_RADS_CATEGORIES } from '../../src/domain/bi-rads.ts';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { addDays, type Day, dayFromCivil, formatDay } from '../../src/domain/civil-date.ts';
import { ENDOCRINE_THERAPIES } from '../../src/domain/episode.ts';
import { ESCALATION_ACTIONS } from '../../src/domain/escalation-action.ts';
import { CLOSURE_REASONS, PATHOLOGY_RESULTS } from '../../src/domain/event.ts';
import { ENHANCEMENT_CHANGES, ENHANCEMENT_PATTERNS } from '../../src/domain/finding.ts';
import { MODALITIES } from '../../src/domain/modality.ts';
import {
  FOCALITIES,
  HISTOLOGIES,
  NODAL_STATUSES,
  RECEPTOR_STATUSES,
} from '../../src/domain/tumor.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { DEFAULT_PROTOCOL } from '../engine/case-builder.ts';

type Json = Readonly<Record<string, unknown>>;

/** How often each property is tried; mutation testing asks for fewer. */
export const RUNS = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 300) };

const ABLATED = dayFromCivil(2026, 1, 31);

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

/** An object without the keys whose value is undefined, as JSON has it. */
function compact(value: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}

const tenths = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((value) => value / 10);
const modalities = (min = 1) =>
  fc.uniqueArray(fc.constantFrom(...MODALITIES), { minLength: min, maxLength: 4 });
const stagedModalities = fc.oneof(
  { weight: 3, arbitrary: fc.constant(['MRI', 'CEM']) },
  { weight: 1, arbitrary: modalities() },
);
const months = (min: number, max: number) => fc.integer({ min, max });

// --- protocols ---

const lane = fc
  .record({
    offsets: fc.uniqueArray(months(1, 140), { minLength: 1, maxLength: 5 }),
    before: months(0, 3),
    after: months(0, 3),
    acceptEarlyMonths: months(0, 4),
    modalities: modalities(),
  })
  .map(({ offsets, before, after, ...rest }) => {
    const offsetsMonths = offsets.sort((a, b) => a - b);
    return {
      offsetsMonths,
      windowMonths: { before: Math.min(before, offsetsMonths[0] ?? 0), after },
      ...rest,
    };
  });

const LANE_IDS = ['routine', 'mg', 'us-6m'];
const lanes = (min: number) =>
  fc
    .array(lane, { minLength: min, maxLength: 2 })
    .map((all) => all.map((each, index) => ({ id: LANE_IDS[index], ...each })));

/** Three values, none of them more than the one before, all inside the band. */
const descending = (low: number, high: number) =>
  fc
    .tuple(months(low, high), months(low, high), months(low, high))
    .map((all) => all.sort((a, b) => b - a));

const staged = fc
  .record({
    earliest: months(1, 4),
    toTarget: months(0, 2),
    toLatest: months(0, 3),
    shortest: months(6, 12),
    bandWidth: months(0, 12),
  })
  .chain(({ earliest, toTarget, toLatest, shortest, bandWidth }) => {
    const longest = shortest + bandWidth;
    return fc
      .record({
        baselineModalities: stagedModalities,
        byCategory: descending(shortest, longest),
        caps: descending(shortest, longest + 6),
        firstFrom: fc.constantFrom('ablation', 'previous-exam'),
        minimumGapMonths: months(0, 9),
        before: months(0, 4),
        after: months(0, 4),
        acceptEarlyMonths: months(0, 4),
        limitedMonths: months(5, 12),
        reofferMonths: months(1, 14),
        modalities: stagedModalities,
        horizonMonths: months(12, 72),
      })
      .map((each) => ({
        baseline: {
          earliestMonths: earliest,
          targetMonths: earliest + toTarget,
          latestMonths: earliest + toTarget + toLatest,
          modalities: each.baselineModalities,
        },
        intervals: {
          bandMonths: [shortest, longest],
          monthsByCategory: { 1: each.byCategory[0], 2: each.byCategory[1], 3: each.byCategory[2] },
          capMonthsByTier: { standard: each.caps[0], elevated: each.caps[1], high: each.caps[2] },
          firstFrom: each.firstFrom,
          minimumGapMonths: each.minimumGapMonths,
          windowMonths: { before: each.before, after: each.after },
          acceptEarlyMonths: each.acceptEarlyMonths,
          limitedMonths: each.limitedMonths,
          reofferMonths: each.reofferMonths,
          modalities: each.modalities,
        },
        horizonMonths: each.horizonMonths,
      }));
  });

const days = fc.integer({ min: 0, max: 60 });
const due = fc.record({ action: fc.constantFrom(...ESCALATION_ACTIONS), withinDays: days });
const holding = fc.record({
  action: fc.constantFrom('biopsy', 'treatment-referral', 'advanced-imaging'),
  withinDays: days,
});

const escalation = fc
  .record({
    urgency: fc.shuffledSubarray([...ESCALATION_ACTIONS], { minLength: 5, maxLength: 5 }),
    reportWithinDays: days,
    zero: due,
    suspicious: fc.array(holding, { minLength: 6, maxLength: 6 }),
    advanced: days,
    biopsy: days,
    pathology: fc.array(holding, { minLength: 4, maxLength: 4 }),
    growthMm: fc
      .double({ min: 0, max: 10, noNaN: true })
      .map((value) => Math.round(value * 100) / 100),
    growthPercent: fc
      .double({ min: 0, max: 60, noNaN: true })
      .map((value) => Math.round(value * 100) / 100),
    wallAsymmetryMm: tenths(8),
  })
  .map((each) => ({
    urgency: each.urgency,
    reportWithinDays: each.reportWithinDays,
    byCategory: {
      0: each.zero,
      ...Object.fromEntries(
        ['4', '4A', '4B', '4C', '5', '6'].map((key, index) => [key, each.suspicious[index]]),
      ),
    },
    byFinding: { 'advanced-imaging': each.advanced, biopsy: each.biopsy },
    byPathology: Object.fromEntries(
      ['benign-discordant', 'non-diagnostic', 'high-risk', 'malignant'].map((key, index) => [
        key,
        each.pathology[index],
      ]),
    ),
    thresholds: {
      growthMm: each.growthMm,
      growthPercent: each.growthPercent,
      wallAsymmetryMm: each.wallAsymmetryMm,
    },
  }));

/** What a pregnancy rules out in every generated protocol: all but the fallback, as a rule. */
const CONTRAST = MODALITIES.filter((modality) => modality !== 'MG' && modality !== 'US');

/** The contraindications that every generated protocol knows. */
const KINDS = ['pregnancy', 'claustrophobia', 'egfr-below-30'];

/** A protocol document that the loader accepts: staged, or of lanes only. */
export const protocolDocuments: fc.Arbitrary<Json> = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(staged, lanes(0)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant({}), lanes(1)) },
  )
  .chain(([visits, laneList]) =>
    fc
      .record({
        escalation,
        assumedCategory: fc.constantFrom('1', '2', '3'),
        deferralMaxMonths: months(0, 12),
        suspensionDays: fc.integer({ min: 0, max: 120 }),
        suspensionExtra: fc.integer({ min: 0, max: 120 }),
        fallbackModalities: fc.oneof(modalities(0), fc.constant(['MG', 'US'])),
        excluded: fc.tuple(fc.constant(CONTRAST), modalities(), modalities()),
      })
      .map(({ suspensionExtra, excluded, ...rest }) => ({
        schemaVersion: 1,
        id: 'generated',
        version: '1.0.0',
        ...visits,
        ...rest,
        lanes: laneList,
        suspensionMaxDays: rest.suspensionDays + suspensionExtra,
        contraindications: Object.fromEntries(KINDS.map((kind, index) => [kind, excluded[index]])),
      })),
  );

/** A loaded protocol. A document that the loader refuses is a fault of this file, and is thrown. */
export const protocols: fc.Arbitrary<Protocol> = protocolDocuments.map((document) => {
  const loaded = loadProtocol(document);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
});

/** A generated protocol, or the default one. */
export const anyProtocol = fc.oneof(
  { weight: 3, arbitrary: protocols },
  { weight: 1, arbitrary: fc.constant(DEFAULT_PROTOCOL) },
);

// --- histories ---

const findings = fc
  .record({
    enhancement: optional(
      fc
        .record({
          present: fc.boolean(),
          pattern: optional(fc.constantFrom(...ENHANCEMENT_PATTERNS)),
          longestMm: optional(tenths(40)),
          change: optional(fc.constantFrom(...ENHANCEMENT_CHANGES)),
        })
        .map(compact),
    ),
    wall: optional(
      fc
        .record({
          minMm: optional(tenths(8)),
          maxMm: optional(tenths(8)),
          asymmetric: optional(fc.boolean()),
        })
        .map(compact),
    ),
    zone: optional(fc.record({ longestMm: tenths(60) })),
    metabolicActivity: optional(
      fc
        .record({ present: fc.boolean(), attributableToFatNecrosis: optional(fc.boolean()) })
        .map(compact),
    ),
  })
  .map(compact);

const categories = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', '2', '3') },
  { weight: 1, arbitrary: fc.constantFrom(...BI_RADS_CATEGORIES) },
);

const visitKeys = fc.oneof(
  fc.constantFrom('a1.baseline', 'a1.interval-1', 'a1.interval-2', 'a2.baseline', 'a2.interval-1'),
  fc.integer({ min: 1, max: 5 }).map((index) => `a1.interval-${index}`),
  months(1, 140).map((offset) => `a1.routine-${offset}`),
);

/** A day counted from the first ablation: mostly within the surveillance, at times before it. */
const dates = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 2600 }) },
  { weight: 3, arbitrary: fc.integer({ min: 70, max: 130 }) },
  { weight: 1, arbitrary: fc.integer({ min: -200, max: 0 }) },
);

interface Draft {
  readonly offset: number;
  readonly kind: string;
  readonly make: (context: Context) => Json;
}

interface Context {
  readonly id: string;
  readonly day: Day;
  readonly ids: readonly string[];
  readonly exams: readonly string[];
}

function draft(
  kind: string,
  weight: number,
  make: fc.Arbitrary<(context: Context) => Json>,
): fc.WeightedArbitrary<Draft> {
  return {
    weight,
    arbitrary: fc.record({ offset: dates, kind: fc.constant(kind), make }),
  };
}

const pick = (from: readonly string[], seed: number): string => from[seed % from.length] ?? '';
const seeds = fc.nat(1000);
const later = fc.integer({ min: 0, max: 400 });
const text = (day: Day, plus = 0) => formatDay(addDays(day, plus));

const imaging = fc
  .record({
    modality: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('MRI', 'CEM', 'MG') },
      { weight: 1, arbitrary: fc.constantFrom(...MODALITIES) },
    ),
    laterality: optional(fc.constantFrom('left', 'bilateral', 'right')),
    quality: fc.oneof(
      { weight: 8, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant('non-diagnostic') },
    ),
    biRads: fc.oneof(
      { weight: 8, arbitrary: categories },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    findings: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: findings },
    ),
  })
  .map((fields) => () => compact(fields));

const drafts: fc.Arbitrary<Draft> = fc.oneof(
  draft('imaging', 12, imaging),
  draft(
    'report',
    2,
    fc.tuple(seeds, categories, optional(findings)).map(
      ([seed, biRads, found]) =>
        ({ exams }) =>
          compact({ of: pick(exams, seed), biRads, findings: found }),
    ),
  ),
  draft(
    'pathology',
    4,
    fc
      .tuple(
        fc.constantFrom(...PATHOLOGY_RESULTS, 'benign-concordant'),
        optional(fc.integer({ min: 0, max: 30 })),
        optional(seeds),
        optional(fc.constantFrom('left', 'right')),
      )
      .map(
        ([result, before, seed, laterality]) =>
          ({ day, exams }) =>
            compact({
              result,
              laterality,
              specimenDate: before === undefined ? undefined : text(day, -before),
              answers:
                seed === undefined
                  ? undefined
                  : exams.length === 0
                    ? []
                    : [`esc.${pick(exams, seed)}`],
            }),
      ),
  ),
  draft(
    'ablation',
    1,
    fc.constant(() => ({})),
  ),
  draft(
    'constraint',
    2,
    fc
      .tuple(
        fc.constantFrom('pregnancy', ...KINDS, 'unknown-kind'),
        fc.integer({ min: -200, max: 200 }),
        optional(later),
      )
      .map(
        ([kind, from, length]) =>
          ({ day }) =>
            compact({
              kind,
              from: text(day, from),
              to: length === undefined ? undefined : text(day, from + length),
            }),
      ),
  ),
  draft(
    'deferral',
    3,
    fc.tuple(visitKeys, later).map(([visit, plus]) => ({ day }) => ({
      visit,
      until: text(day, plus),
      reason: 'r',
    })),
  ),
  draft(
    'decline',
    2,
    visitKeys.map((visit) => () => ({ visit, reason: 'r' })),
  ),
  draft(
    'booking',
    1,
    visitKeys.map((visit) => ({ day }) => ({ visit, appointment: text(day, 7) })),
  ),
  draft(
    'decision',
    3,
    seeds.map((seed) => ({ ids }) => ({ escalation: `esc.${pick(ids, seed)}`, reason: 'r' })),
  ),
  draft(
    'suspension',
    2,
    optional(later).map(
      (plus) =>
        ({ day }) =>
          compact({ until: plus === undefined ? undefined : text(day, plus) }),
    ),
  ),
  draft(
    'resumption',
    1,
    fc.constant(() => ({})),
  ),
  draft(
    'surgery',
    1,
    fc.constant(() => ({})),
  ),
  draft(
    'closure',
    1,
    fc.constantFrom(...CLOSURE_REASONS).map((reason) => () => ({ reason })),
  ),
  draft(
    'reopening',
    1,
    fc.constant(() => ({ reason: 'r' })),
  ),
  draft(
    'contact',
    1,
    visitKeys.map((item) => () => ({ method: 'call', outcome: 'no-answer', item })),
  ),
  draft(
    'correction',
    2,
    seeds.map((seed) => ({ ids, id }) => ({
      of: pick(
        ids.filter((each) => each !== id),
        seed,
      ),
      reason: 'r',
    })),
  ),
);

const tumor = fc
  .record({
    sizeMm: optional(tenths(30)),
    focality: optional(fc.constantFrom(...FOCALITIES)),
    histology: optional(fc.constantFrom(...HISTOLOGIES)),
    grade: optional(fc.constantFrom(1, 2, 3)),
    er: optional(fc.constantFrom(...RECEPTOR_STATUSES)),
    pr: optional(fc.constantFrom(...RECEPTOR_STATUSES)),
    her2: optional(fc.constantFrom(...RECEPTOR_STATUSES)),
    ki67Percent: optional(fc.integer({ min: 0, max: 40 })),
    nodalStatus: optional(fc.constantFrom(...NODAL_STATUSES)),
  })
  .map(compact);

const episodes = fc
  .record({
    assumedBiRads: optional(categories),
    minimumMarginMm: optional(tenths(15)),
    freezeThawCycles: optional(fc.integer({ min: 1, max: 3 })),
    tumor: optional(tumor),
    endocrineTherapy: optional(fc.constantFrom(...ENDOCRINE_THERAPIES)),
    dayOffset: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ minimumMarginMm, freezeThawCycles, dayOffset, ...rest }) => ({
    day: addDays(ABLATED, dayOffset),
    episode: compact({
      id: 'E',
      laterality: 'left',
      ablation: compact({
        date: text(ABLATED, dayOffset),
        minimumMarginMm,
        freezeThawCycles,
      }),
      ...rest,
    }),
  }));

/** A case as outside data, with events in no order. */
export interface GeneratedCase {
  readonly asOf: Day;
  readonly document: { readonly episode: Json; readonly events: readonly Json[] };
}

/** Makes events of drafts; those that would have nothing to point at are left out. */
function eventsOf(day: Day, list: readonly Draft[]): Json[] {
  const ids = list.map((_, index) => `e${(index * 7) % 100}-${index}`);
  const exams = ids.filter((_, index) => list[index]?.kind === 'imaging');
  return list.flatMap(({ kind, offset, make }, index) => {
    const id = ids[index] ?? '';
    if ((kind === 'report' && exams.length === 0) || (kind === 'correction' && ids.length < 2)) {
      return [];
    }
    const date = addDays(day, kind === 'ablation' ? Math.max(offset, 0) : offset);
    return [{ id, type: kind, date: text(date), ...make({ id, day: date, ids, exams }) }];
  });
}

/** Cases whose events are all valid for the input checks. */
export const cases: fc.Arbitrary<GeneratedCase> = fc
  .record({
    subject: episodes,
    list: fc.array(drafts, { maxLength: 14, size: 'max' }),
    asOfOffset: fc.integer({ min: 0, max: 3000 }),
  })
  .map(({ subject, list, asOfOffset }) => ({
    asOf: addDays(subject.day, asOfOffset),
    document: { episode: subject.episode, events: eventsOf(subject.day, list) },
  }))
  .filter(({ document }) => parseCase(document).ok);

/** Reads a generated case; that it cannot be read is a fault of the test. */
export function read(document: unknown): CaseFile {
  const parsed = parseCase(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}
