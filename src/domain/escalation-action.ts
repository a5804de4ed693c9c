/** What an escalation asks for. Which is more urgent is said by the protocol. schedule.md section 5. */
export const ESCALATION_ACTIONS = [
  'treatment-referral',
  'biopsy',
  'advanced-imaging',
  'complete-assessment',
  'obtain-report',
] as const;
export type EscalationAction = (typeof ESCALATION_ACTIONS)[number];

/** Whether an action, while it is open, holds the staged visits. schedule.md section 5. */
export function holdsVisits(action: EscalationAction): boolean {
  return action === 'biopsy' || action === 'treatment-referral';
}
