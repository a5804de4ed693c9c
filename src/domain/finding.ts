/** Findings of an exam, as the reader recorded them. Sizes are millimetres with at most one decimal. */
export const ENHANCEMENT_PATTERNS = ['thin-rim', 'nodular', 'mass', 'non-mass'] as const;
export const ENHANCEMENT_CHANGES = ['new', 'enlarging', 'stable', 'decreasing'] as const;

export type EnhancementPattern = (typeof ENHANCEMENT_PATTERNS)[number];
export type EnhancementChange = (typeof ENHANCEMENT_CHANGES)[number];

/** Contrast enhancement at or around the ablation zone. */
export interface Enhancement {
  readonly present: boolean;
  readonly pattern?: EnhancementPattern | undefined;
  readonly longestMm?: number | undefined;
  /** The reader's own comparison with earlier studies. */
  readonly change?: EnhancementChange | undefined;
}

/** Thickness of the wall of the ablation cavity. */
export interface Wall {
  readonly minMm?: number | undefined;
  readonly maxMm?: number | undefined;
  readonly asymmetric?: boolean | undefined;
}

/** Metabolic activity (FDG uptake) at the site. Never judged by a number: the reader says what explains it. */
export interface MetabolicActivity {
  readonly present: boolean;
  readonly attributableToFatNecrosis?: boolean | undefined;
  readonly suvMax?: number | undefined;
}

/** schedule.md, "Input": `findings`. */
export interface Findings {
  readonly enhancement?: Enhancement | undefined;
  readonly wall?: Wall | undefined;
  /** The ablation zone itself; it should only ever shrink. */
  readonly zone?: { readonly longestMm: number } | undefined;
  readonly metabolicActivity?: MetabolicActivity | undefined;
}
