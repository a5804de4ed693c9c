import type { AblationFacts } from '../domain/ablation.ts';
import type { Episode } from '../domain/episode.ts';
import type { RiskTier } from '../domain/risk-tier.ts';

/** A factor that raises the tier; `holds` is undefined when the fact is not recorded. */
interface Factor {
  readonly id: string;
  /** The recorded fact that it rests on, as a path of the case file. */
  readonly fact: string;
  readonly raisesTo: Exclude<RiskTier, 'standard'>;
  readonly holds: (subject: Subject) => boolean | undefined;
}

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
    fact: 'tumor.sizeMm',
    raisesTo: 'high',
    holds: ({ episode }) => over(episode.tumor?.sizeMm, 20),
  },
  {
    id: 'not-unifocal',
    fact: 'tumor.focality',
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.focality, 'multifocal', 'multicentric'),
  },
  {
    id: 'lobular-histology',
    fact: 'tumor.histology',
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.histology, 'invasive-lobular'),
  },
  {
    id: 'grade-3',
    fact: 'tumor.grade',
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.grade, 3),
  },
  {
    id: 'her2-positive',
    fact: 'tumor.her2',
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.her2, 'positive'),
  },
  {
    id: 'triple-negative',
    fact: 'tumor.er, tumor.pr, tumor.her2',
    raisesTo: 'high',
    holds: tripleNegative,
  },
  {
    id: 'extensive-intraductal-component',
    fact: 'tumor.extensiveIntraductalComponent',
    raisesTo: 'high',
    holds: ({ episode }) => episode.tumor?.extensiveIntraductalComponent,
  },
  {
    id: 'node-positive',
    fact: 'tumor.nodalStatus',
    raisesTo: 'high',
    holds: ({ episode }) => among(episode.tumor?.nodalStatus, 'positive'),
  },
  {
    id: 'margin-under-5-mm',
    fact: 'ablation.minimumMarginMm',
    raisesTo: 'high',
    holds: ({ ablation }) => under(ablation.minimumMarginMm, 5),
  },
  {
    id: 'repeat-ablation',
    fact: 'events',
    raisesTo: 'high',
    holds: ({ course }) => course >= 2,
  },
  {
    id: 'size-over-15-mm',
    fact: 'tumor.sizeMm',
    raisesTo: 'elevated',
    holds: ({ episode }) => over(episode.tumor?.sizeMm, 15),
  },
  {
    id: 'margin-under-10-mm',
    fact: 'ablation.minimumMarginMm',
    raisesTo: 'elevated',
    holds: ({ ablation }) => under(ablation.minimumMarginMm, 10),
  },
  {
    id: 'lymphovascular-invasion',
    fact: 'tumor.lymphovascularInvasion',
    raisesTo: 'elevated',
    holds: ({ episode }) => episode.tumor?.lymphovascularInvasion,
  },
  {
    id: 'ki67-15-percent-or-more',
    fact: 'tumor.ki67Percent',
    raisesTo: 'elevated',
    holds: ({ episode }) =>
      episode.tumor?.ki67Percent === undefined ? undefined : episode.tumor.ki67Percent >= 15,
  },
  {
    id: 'single-freeze-thaw-cycle',
    fact: 'ablation.freezeThawCycles',
    raisesTo: 'elevated',
    holds: ({ ablation }) => under(ablation.freezeThawCycles, 2),
  },
  {
    id: 'endocrine-therapy-declined',
    fact: 'endocrineTherapy',
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
  readonly unknownFacts: readonly string[];
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
  const unknown = new Map<string, Factor>();
  let tier: RiskTier = 'standard';
  for (const factor of FACTORS) {
    const holds = factor.holds(subject);
    if (holds === undefined) {
      if (!unknown.has(factor.fact)) unknown.set(factor.fact, factor);
    } else if (holds) {
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
    unknownFacts: [...unknown.values()]
      .filter(
        (factor) => tier === 'standard' || (tier === 'elevated' && factor.raisesTo === 'high'),
      )
      .map((factor) => factor.fact)
      .sort(),
  };
}
