import { actionInWords } from '../../domain/escalation-words.ts';
import { showFound } from '../../domain/problem.ts';
import type { Plan, PlannedEscalation } from '../../plan/plan.ts';
import { isUnanswered } from '../../worklist/open-items.ts';
import { fail, type ServiceFailure } from '../service-outcome.ts';

/**
 * The open escalations that a change would take away as if they had never been raised: by a correction of
 * the exam behind them, or by other facts. One that is answered or closed stays in the plan, with its answer.
 */
function takenBack(before: Plan, after: Plan): readonly PlannedEscalation[] {
  const kept = new Set(after.escalations.map(({ key }) => key));
  return before.escalations.filter(
    (escalation) => isUnanswered(escalation) && !kept.has(escalation.key),
  );
}

/** Why a change may not be made by somebody who decides nothing; null: it takes no open escalation back. */
export function refusedTakingBack(before: Plan, after: Plan): ServiceFailure | null {
  const escalations = takenBack(before, after);
  if (escalations.length === 0) return null;
  return fail('refused', {
    path: '',
    message: `this would take back what is open (${escalations.map(asked).join('; ')}), which needs a clinician’s judgement`,
    found: showFound(escalations.map(({ key }) => key).join(', ')),
    mend: 'ask a clinician to make this change',
  });
}

function asked(escalation: PlannedEscalation): string {
  return `${actionInWords(escalation)} by ${escalation.dueBy}`;
}
