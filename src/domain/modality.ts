/**
 * Imaging modalities: contrast-enhanced MRI, contrast-enhanced mammography, mammography, digital
 * breast tomosynthesis, ultrasound, contrast-enhanced ultrasound, PET-CT. schedule.md, "Input".
 */
export const MODALITIES = ['MRI', 'CEM', 'MG', 'DBT', 'US', 'CEUS', 'PET-CT'] as const;
export type Modality = (typeof MODALITIES)[number];
