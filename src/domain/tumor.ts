/** Facts of the ablated tumor; each may be absent, and an absent fact is never read as harmless. */
export const FOCALITIES = ['unifocal', 'multifocal', 'multicentric'] as const;
export const HISTOLOGIES = [
  'invasive-ductal',
  'invasive-lobular',
  'ductal-carcinoma-in-situ',
  'other',
] as const;
export const RECEPTOR_STATUSES = ['positive', 'negative', 'unknown'] as const;
export const NODAL_STATUSES = ['positive', 'negative', 'unknown'] as const;

export type Focality = (typeof FOCALITIES)[number];
export type Histology = (typeof HISTOLOGIES)[number];
export type ReceptorStatus = (typeof RECEPTOR_STATUSES)[number];
export type NodalStatus = (typeof NODAL_STATUSES)[number];

/** The tumor as it was before the first ablation. schedule.md, "Input". */
export interface Tumor {
  /** Longest diameter in millimetres. */
  readonly sizeMm?: number | undefined;
  readonly focality?: Focality | undefined;
  readonly histology?: Histology | undefined;
  /** Nottingham grade, 1–3. */
  readonly grade?: 1 | 2 | 3 | undefined;
  readonly er?: ReceptorStatus | undefined;
  readonly pr?: ReceptorStatus | undefined;
  readonly her2?: ReceptorStatus | undefined;
  /** Ki-67 labelling index in per cent, 0–100. */
  readonly ki67Percent?: number | undefined;
  readonly extensiveIntraductalComponent?: boolean | undefined;
  readonly lymphovascularInvasion?: boolean | undefined;
  readonly nodalStatus?: NodalStatus | undefined;
}
