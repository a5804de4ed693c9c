import type { AblationFacts } from '../domain/ablation.ts';
import type { Episode } from '../domain/episode.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { Tumor } from '../domain/tumor.ts';
import type { UnknownFact } from '../plan/schedule.ts';

/** A factor that raises the tier; `holds` is undefined when the fact is not recorded. */
interface Factor {
  readonly id: string;
  /** The facts that it rests on, as paths of the case file. */
  readonly facts: readonly Fact[];
  readonly raisesTo: Exclude<RiskTier, 'standard'>;
  readonly holds: (subject: Subject) => boolean | undefined;
}

type Fact = `tumor.${keyof Tumor}` | `ablation.${keyof AblationFacts}` | 'endocrineTherapy';

const NO_TUMOR: Tumor = {};

interface Subject {
  readonly tumor: Tumor;
  readonly ablation: AblationFacts;
  readonly endocrineTherapy: Episode['endocrineTherapy'];
  readonly course: number;
}

function over(value: number | undefined, limit: number): boolean | undefined {
  return value === undefined ? undefined : value > limit;
}

function under(value: number | undefined, limit: number): boolean | undefined {
  return value === undefined ? undefined : value < limit;
}

function is<T extends string | number>(value: T | undefined, wanted: T): boolean | undefined {
  return isKnown(value) ? value === wanted : undefined;
}

function isNot<T extends string>(value: T | undefined, harmless: T): boolean | undefined {
  return isKnown(value) ? value !== harmless : undefined;
}

function tripleNegative({ tumor }: Subject): boolean | undefined {
  const { er, pr, her2 } = tumor;
  if (er === 'positive' || pr === 'positive' || her2 === 'positive') return false;
  return er === 'negative' && pr === 'negative' && her2 === 'negative' ? true : undefined;
}

/** The factors of schedule.md section 1, in its order. */
const FACTORS: readonly Factor[] = [
  {
    id: 'size-over-20-mm',
    facts: ['tumor.sizeMm'],
    raisesTo: 'high',
    holds: ({ tumor }) => over(tumor.sizeMm, 20),
  },
  {
    id: 'not-unifocal',
    facts: ['tumor.focality'],
    raisesTo: 'high',
    holds: ({ tumor }) => isNot(tumor.focality, 'unifocal'),
  },
  {
    id: 'lobular-histology',
    facts: ['tumor.histology'],
    raisesTo: 'high',
    holds: ({ tumor }) => is(tumor.histology, 'invasive-lobular'),
  },
  {
    id: 'grade-3',
    facts: ['tumor.grade'],
    raisesTo: 'high',
    holds: ({ tumor }) => is(tumor.grade, 3),
  },
  {
    id: 'her2-positive',
    facts: ['tumor.her2'],
    raisesTo: 'high',
    holds: ({ tumor }) => is(tumor.her2, 'positive'),
  },
  {
    id: 'triple-negative',
    facts: ['tumor.er', 'tumor.pr', 'tumor.her2'],
    raisesTo: 'high',
    holds: tripleNegative,
  },
  {
    id: 'extensive-intraductal-component',
    facts: ['tumor.extensiveIntraductalComponent'],
    raisesTo: 'high',
    holds: ({ tumor }) => tumor.extensiveIntraductalComponent,
  },
  {
    id: 'node-positive',
    facts: ['tumor.nodalStatus'],
    raisesTo: 'high',
    holds: ({ tumor }) => is(tumor.nodalStatus, 'positive'),
  },
  {
    id: 'margin-under-5-mm',
    facts: ['ablation.minimumMarginMm'],
    raisesTo: 'high',
    holds: ({ ablation }) => under(ablation.minimumMarginMm, 5),
  },
  {
    id: 'repeat-ablation',
    facts: [],
    raisesTo: 'high',
    holds: ({ course }) => course >= 2,
  },
  {
    id: 'size-over-15-mm',
    facts: ['tumor.sizeMm'],
    raisesTo: 'elevated',
    holds: ({ tumor }) => over(tumor.sizeMm, 15),
  },
  {
    id: 'margin-under-10-mm',
    facts: ['ablation.minimumMarginMm'],
    raisesTo: 'elevated',
    holds: ({ ablation }) => under(ablation.minimumMarginMm, 10),
  },
  {
    id: 'lymphovascular-invasion',
    facts: ['tumor.lymphovascularInvasion'],
    raisesTo: 'elevated',
    holds: ({ tumor }) => tumor.lymphovascularInvasion,
  },
  {
    id: 'ki67-15-percent-or-more',
    facts: ['tumor.ki67Percent'],
    raisesTo: 'elevated',
    holds: ({ tumor }) => (tumor.ki67Percent === undefined ? undefined : tumor.ki67Percent >= 15),
  },
  {
    id: 'single-freeze-thaw-cycle',
    facts: ['ablation.freezeThawCycles'],
    raisesTo: 'elevated',
    holds: ({ ablation }) => under(ablation.freezeThawCycles, 2),
  },
  {
    id: 'endocrine-therapy-declined',
    facts: ['endocrineTherapy'],
    raisesTo: 'elevated',
    holds: ({ endocrineTherapy }) => is(endocrineTherapy, 'declined'),
  },
];

/** Of the two factors of one fact only the higher is named; it stands first in `FACTORS`. */
const HIGHER: Readonly<Record<string, string>> = {
  'size-over-15-mm': 'size-over-20-mm',
  'margin-under-10-mm': 'margin-under-5-mm',
};

/** What an unknown fact may come to, made once and shared by every schedule. */
interface FactRow {
  readonly fact: Fact;
  /** Its factors as bits of their places in `FACTORS`, by the tier to which they raise. */
  readonly toElevated: number;
  readonly toHigh: number;
  /** Where a factor rests on several facts (the receptors): the field that tells whether this one is known. */
  readonly field: keyof Tumor | null;
  readonly elevated: UnknownFact;
  readonly high: UnknownFact;
  readonly both: UnknownFact;
}

function factRow(fact: Fact): FactRow {
  const bitsTo = (tier: Factor['raisesTo']) =>
    FACTORS.reduce(
      (bits, { facts, raisesTo }, place) =>
        facts.includes(fact) && raisesTo === tier ? bits | (1 << place) : bits,
      0,
    );
  const shared = FACTORS.some(({ facts }) => facts.length > 1 && facts.includes(fact));
  return {
    fact,
    toElevated: bitsTo('elevated'),
    toHigh: bitsTo('high'),
    field: shared ? (fact.slice('tumor.'.length) as keyof Tumor) : null,
    elevated: { fact, raisesTo: ['elevated'] },
    high: { fact, raisesTo: ['high'] },
    both: { fact, raisesTo: ['elevated', 'high'] },
  };
}

/** Each fact, sorted. */
const FACT_ROWS = [...new Set(FACTORS.flatMap(({ facts }) => facts))].sort().map(factRow);

export interface TierAssessment {
  readonly tier: RiskTier;
  /** Ids of the factors that hold, sorted. */
  readonly factors: readonly string[];
  /** Facts that are not recorded and could have raised this tier further, sorted. */
  readonly unknownFacts: readonly UnknownFact[];
}

/**
 * The risk tier of a course. `ablation` is the current course's; a fact that is not recorded raises
 * nothing and is named in `unknownFacts`. schedule.md section 1.
 */
export function assessTier(
  episode: Episode,
  ablation: AblationFacts,
  course: number,
): TierAssessment {
  const { tumor = NO_TUMOR, endocrineTherapy } = episode;
  const subject: Subject = { tumor, ablation, endocrineTherapy, course };
  const factors: string[] = [];
  let undecided = 0;
  let tier: RiskTier = 'standard';
  for (let place = 0; place < FACTORS.length; place += 1) {
    const factor = FACTORS[place] as Factor;
    const holds = factor.holds(subject);
    if (holds === undefined) undecided |= 1 << place;
    else if (holds) {
      const higher = HIGHER[factor.id];
      if (higher === undefined || !factors.includes(higher)) factors.push(factor.id);
      if (factor.raisesTo === 'high') tier = 'high';
      else if (tier === 'standard') tier = 'elevated';
    }
  }
  return {
    tier,
    factors: factors.sort(),
    unknownFacts: tier === 'high' ? [] : unknownFacts(undecided, tumor, tier),
  };
}

/** `undecided` are the factors that no recorded fact decides, as bits of their places in `FACTORS`. */
function unknownFacts(
  undecided: number,
  tumor: Tumor,
  tier: Exclude<RiskTier, 'high'>,
): UnknownFact[] {
  const unknown: UnknownFact[] = [];
  for (const { toElevated, toHigh, field, elevated, high, both } of FACT_ROWS) {
    // A factor on one fact is undecided only without it; one on several may have some of them.
    if (field !== null && isKnown(tumor[field])) continue;
    const mayElevate = tier === 'standard' && (undecided & toElevated) !== 0;
    const mayRaiseHigh = (undecided & toHigh) !== 0;
    if (mayElevate && mayRaiseHigh) unknown.push(both);
    else if (mayElevate) unknown.push(elevated);
    else if (mayRaiseHigh) unknown.push(high);
  }
  return unknown;
}

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== 'unknown';
}
