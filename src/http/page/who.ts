import { breastInWords } from '../../export/plan-words.ts';
import type { Plan } from '../../plan/plan.ts';

/** Whose episode a form is about, beside its id: `patient S-1, left breast`. */
export function whoInWords(plan: Plan): string {
  const { patientRef } = plan.episode;
  return [...(patientRef === undefined ? [] : [`patient ${patientRef}`]), breastInWords(plan)].join(
    ', ',
  );
}
