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

interface Subject {
  readonly episode: Episode;
  readonly ablation: AblationFacts;
  readonly course: number;
}

function over(value: number | undefined, limit: number): boolean | undefined {
  return value === undefined ? undefined : value > limit;
}

function under(value: number | undefined, limit: number): boolean | undefined {
  return value === undefined ? undefined : value < limit;
}

function among<T extends string | number>(
  value: T | undefined,
  ...values: readonly T[]
): boolean | undefined {
  return value === undefined || value === 'unknown' ? undefined : values.includes(value);
}

function tripleNegative({ episode }: Subject): boolean | undefined {
  const receptors = [episode.tumor?.er, episode.tumor?.pr, episode.tumor?.her2];
  if (receptors.includes('positive')) return false;
  return receptors.every((status) => status === 'negative') ? true : undefined;
}

/** The factors of schedule.md section 1, in its order. */
const FACTORS: readonly Factor[] = [
  {
    id: 'size-over-20-mm',
    facts: ['tumor.sizeMm'],
    raisesTo: 'high',
    holds: ({ episode }) => over(episode.tumor?.sizeMm, 20),
  },
  {
    id: 'not-unifocal',
    facts: ['tumor.focality'],
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.focality, 'multifocal', 'multicentric'),
  },
  {
    id: 'lobular-histology',
    facts: ['tumor.histology'],
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.histology, 'invasive-lobular'),
  },
  {
    id: 'grade-3',
    facts: ['tumor.grade'],
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.grade, 3),
  },
  {
    id: 'her2-positive',
    facts: ['tumor.her2'],
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.her2, 'positive'),
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
    holds: ({ episode }) => episode.tumor?.extensiveIntraductalComponent,
  },
  {
    id: 'node-positive',
    facts: ['tumor.nodalStatus'],
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.nodalStatus, 'positive'),
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
    holds: ({ episode }) => over(episode.tumor?.sizeMm, 15),
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
    holds: ({ episode }) => episode.tumor?.lymphovascularInvasion,
  },
  {
    id: 'ki67-15-percent-or-more',
    facts: ['tumor.ki67Percent'],
    raisesTo: 'elevated',
    holds: ({ episode }) =>
      episode.tumor?.ki67Percent === undefined ? undefined : episode.tumor.ki67Percent >= 15,
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
    holds: ({ episode }) => among(episode.endocrineTherapy, 'declined'),
  },
];

/** Of the two factors of one fact only the higher is named. */
const IMPLIED: Readonly<Record<string, string>> = {
  'size-over-20-mm': 'size-over-15-mm',
  'margin-under-5-mm': 'margin-under-10-mm',
};

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
  const subject: Subject = { episode, ablation, course };
  const factors = new Set<string>();
  const undecided: Factor[] = [];
  let tier: RiskTier = 'standard';
  for (const factor of FACTORS) {
    const holds = factor.holds(subject);
    if (holds === undefined) undecided.push(factor);
    else if (holds) {
      factors.add(factor.id);
      if (factor.raisesTo === 'high') tier = 'high';
      else if (tier === 'standard') tier = 'elevated';
    }
  }
  for (const id of [...factors]) {
    const implied = IMPLIED[id];
    if (implied !== undefined) factors.delete(implied);
  }
  return {
    tier,
    factors: [...factors].sort(),
    unknownFacts: unknownFacts(undecided, subject, tier),
  };
}

function unknownFacts(
  undecided: readonly Factor[],
  subject: Subject,
  tier: RiskTier,
): UnknownFact[] {
  const higher = new Map<Fact, RiskTier[]>();
  for (const { facts, raisesTo } of undecided) {
    if (tier === 'high' || tier === raisesTo) continue;
    for (const fact of facts) {
      if (isRecorded(fact, subject)) continue;
      const tiers = higher.get(fact) ?? [];
      if (!tiers.includes(raisesTo)) higher.set(fact, [raisesTo, ...tiers]);
    }
  }
  return [...higher.keys()].sort().map((fact) => ({ fact, raisesTo: higher.get(fact) ?? [] }));
}

function isRecorded(fact: Fact, { episode, ablation }: Subject): boolean {
  if (fact === 'endocrineTherapy') return isKnown(episode.endocrineTherapy);
  const [part, field] = fact.split('.');
  const facts: object = (part === 'tumor' ? episode.tumor : ablation) ?? {};
  return isKnown((facts as Readonly<Record<string, unknown>>)[field ?? '']);
}

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== 'unknown';
}
