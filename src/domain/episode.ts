import type { AblationFacts } from './ablation.ts';
import type { BiRads } from './bi-rads.ts';
import type { Day } from './civil-date.ts';
import type { Laterality } from './laterality.ts';
import type { Tumor } from './tumor.ts';

export const INTENTS = ['curative', 'palliative'] as const;
export type Intent = (typeof INTENTS)[number];

export const ENDOCRINE_THERAPIES = [
  'taking',
  'planned',
  'completed',
  'stopped',
  'declined',
] as const;
export type EndocrineTherapy = (typeof ENDOCRINE_THERAPIES)[number];

/** The surveillance of one ablated lesion in one breast. FHIR: EpisodeOfCare. schedule.md, "Words". */
export interface Episode {
  readonly id: string;
  /** The clinic's own reference for the patient; never a name. */
  readonly patientRef?: string | undefined;
  /** The treated side; a case file must give it, the short form of flags may leave it out. */
  readonly laterality?: Laterality | undefined;
  /** The category to plan with until an exam gives one. */
  readonly assumedBiRads?: BiRads | undefined;
  readonly ablation: AblationFacts & { readonly date: Day };
  readonly tumor?: Tumor | undefined;
  readonly endocrineTherapy?: EndocrineTherapy | undefined;
  readonly intent?: Intent | undefined;
}
