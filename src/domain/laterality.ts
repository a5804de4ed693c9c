/** The breast that an episode follows; one lesion has one side. DICOM (0020,0060), FHIR bodySite. */
export const LATERALITIES = ['left', 'right'] as const;
export type Laterality = (typeof LATERALITIES)[number];

/** The side of an exam: imaging may show both breasts at once. */
export const EXAM_LATERALITIES = ['left', 'right', 'bilateral'] as const;
export type ExamLaterality = (typeof EXAM_LATERALITIES)[number];
