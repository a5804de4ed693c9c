/**
 * How much a finding matters.
 *
 * - `damage`: what the store says cannot be relied on
 * - `finding`: something is to be done
 * - `advice`: worth a look; nothing is wrong
 */
export type Severity = 'damage' | 'finding' | 'advice';

/** Something that was found about a store, and what to do about it. Nothing about a patient. */
export interface DoctorFinding {
  readonly severity: Severity;
  /** Short and fixed, for programs: `clock-behind`. */
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}
