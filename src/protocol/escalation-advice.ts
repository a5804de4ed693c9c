import { ACTION_CATEGORIES, isSuspicious } from '../domain/bi-rads.ts';
import { type EscalationAction, holdsVisits } from '../domain/escalation-action.ts';
import type { Problem } from '../domain/problem.ts';
import { type Protocol, RAISING_RESULTS } from './protocol-schema.ts';

/** Categories that ask for tissue, from the least to the most worrying. */
const WORSENING = ['4A', '4B', '4C', '5'] as const;

/** Escalations that nothing but a decision could answer, that hold no visit, or that wait too long. */
export function escalationAdvice(protocol: Protocol): Problem[] {
  const { byCategory, byPathology } = protocol.escalation;
  return [
    ...ACTION_CATEGORIES.flatMap((category) => [
      ...answerAdvice(`escalation.byCategory.${category}.action`, byCategory[category].action),
      ...(isSuspicious(category)
        ? holdAdvice(`escalation.byCategory.${category}.action`, byCategory[category].action)
        : []),
    ]),
    ...RAISING_RESULTS.flatMap((result) =>
      answerAdvice(`escalation.byPathology.${result}.action`, byPathology[result].action),
    ),
    ...WORSENING.slice(1).flatMap((worse, index) => {
      const better = WORSENING[index] ?? worse;
      const most = byCategory[better].withinDays;
      if (byCategory[worse].withinDays <= most) return [];
      return [
        {
          path: `escalation.byCategory.${worse}.withinDays`,
          message: `${worse} is worse than ${better} and waits longer`,
          found: `${byCategory[worse].withinDays} days`,
          allowed: `at most ${most} days`,
        },
      ];
    }),
  ];
}

/** Which study, or which report, is asked for is only known where a finding or an exam asks. schedule.md section 5. */
function answerAdvice(path: string, action: EscalationAction): Problem[] {
  if (action !== 'advanced-imaging' && action !== 'obtain-report') return [];
  return [
    {
      path,
      message: 'no exam or report can answer this; only a decision can',
      found: action,
      allowed: 'complete-assessment, biopsy, treatment-referral',
    },
  ];
}

function holdAdvice(path: string, action: EscalationAction): Problem[] {
  if (holdsVisits(action)) return [];
  return [
    {
      path,
      message: 'a suspicious category would not put the staged visits on hold',
      found: action,
      allowed: 'biopsy, treatment-referral',
    },
  ];
}
