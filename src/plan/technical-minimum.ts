import type { AblationFacts } from '../domain/ablation.ts';
import { counted } from '../domain/counted.ts';

/** An item of the technical minimum. Lee 2025, section 4.1. */
export type TechnicalItemId =
  | 'double-freeze-thaw'
  | 'target-margin'
  | 'probes'
  | 'timing'
  | 'skin-protection';

/** `not-documented`: the facts do not say; that is never read as met. */
export type TechnicalState = 'met' | 'not-met' | 'not-documented';

/** One item of the technical minimum, judged by the facts of one ablation. */
export interface TechnicalItem {
  readonly id: TechnicalItemId;
  /** What the review asks for. */
  readonly asks: string;
  readonly state: TechnicalState;
  /** What the facts say of it, in one sentence. */
  readonly sentence: string;
}

/** Where the five items come from. A provisional framework: it changes no date. */
export const TECHNICAL_MINIMUM_SOURCE = {
  citation:
    'Lee KL, Sule AA, Lai HX, Ng QX, Goh SSN. Cryotherapy as a Surgical De-Escalation Strategy in Breast Cancer. Biomedicines 2025;13:2987; section 4.1, technical framework',
  doi: '10.3390/biomedicines13122987',
  certainty: 'expert-opinion',
} as const;

const LEAST_CYCLES = 2;
const LEAST_MARGIN_MM = 10;

/** The review's five technical minimum items, in its order, as far as the facts of an ablation tell. */
export function technicalItems(ablation: AblationFacts): readonly TechnicalItem[] {
  return [
    { id: 'double-freeze-thaw', asks: 'A double freeze–thaw cycle', ...cycles(ablation) },
    {
      id: 'target-margin',
      asks: 'A target margin of the iceball of at least 10 mm beyond the tumor',
      ...margin(ablation),
    },
    { id: 'probes', asks: 'Number and configuration of the probes', ...probes(ablation) },
    { id: 'timing', asks: 'Freeze and thaw times', ...timing(ablation) },
    { id: 'skin-protection', asks: 'Protection of the skin', ...skin(ablation) },
  ];
}

type Judged = Pick<TechnicalItem, 'state' | 'sentence'>;

function cycles({ freezeThawCycles }: AblationFacts): Judged {
  if (freezeThawCycles === undefined) return missing('The number of freeze–thaw cycles');
  return {
    state: freezeThawCycles >= LEAST_CYCLES ? 'met' : 'not-met',
    sentence: `${counted(freezeThawCycles, 'freeze–thaw cycle')}.`,
  };
}

function margin({ intendedMarginMm, minimumMarginMm }: AblationFacts): Judged {
  const achieved = minimumMarginMm === undefined ? '' : ` ${minimumMarginMm} mm were achieved.`;
  if (intendedMarginMm === undefined) return missing('The margin that was aimed at', achieved);
  return {
    state: intendedMarginMm >= LEAST_MARGIN_MM ? 'met' : 'not-met',
    sentence: `${intendedMarginMm} mm were aimed at.${achieved}`,
  };
}

function probes({ probeCount, probeConfiguration }: AblationFacts): Judged {
  if (probeCount === undefined) {
    return probeConfiguration === undefined
      ? noneOf('Number and configuration of the probes')
      : missing('The number of probes');
  }
  if (probeConfiguration === undefined) {
    return missing(`The configuration of the ${counted(probeCount, 'probe')}`);
  }
  return { state: 'met', sentence: `${counted(probeCount, 'probe')}: ${probeConfiguration}.` };
}

function timing({ freezeMinutes = [], thawMinutes = [], freezeThawCycles }: AblationFacts): Judged {
  const [freezes, thaws] = [freezeMinutes.length, thawMinutes.length];
  if (freezes === 0 && thaws === 0) return noneOf('Freeze and thaw times');
  if (freezes === 0) return missing('The freeze time');
  if (thaws === 0) return missing('The thaw time');
  const told = `Freezes of ${minutes(freezeMinutes)}, thaws of ${minutes(thawMinutes)}.`;
  const wanted = freezeThawCycles ?? Math.max(freezes, thaws);
  if (freezes === wanted && thaws === wanted) return { state: 'met', sentence: told };
  return {
    state: 'not-documented',
    sentence: `${told} That is not one freeze and one thaw for each of ${counted(wanted, 'cycle')}.`,
  };
}

/** A chart that says that nothing was done says so in these words. */
const NOTHING_DONE = /^(none|no|not (done|used|needed|applied)|nothing|0|-)(?![\p{L}\p{N}])/iu;

function skin({ skinProtection }: AblationFacts): Judged {
  if (skinProtection === undefined) return missing('Whether the skin was protected');
  return {
    state: NOTHING_DONE.test(skinProtection) ? 'not-met' : 'met',
    sentence: `Recorded: ${skinProtection}.`,
  };
}

function missing(what: string, more = ''): Judged {
  return { state: 'not-documented', sentence: `${what} is not recorded.${more}` };
}

function noneOf(what: string): Judged {
  return { state: 'not-documented', sentence: `${what} are not recorded.` };
}

function minutes(list: readonly number[]): string {
  return `${list.join(' and ')} minutes`;
}
