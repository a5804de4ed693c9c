import type { EscalationAction } from './escalation-action.ts';

const TASKS: Readonly<Record<EscalationAction, string>> = {
  'treatment-referral': 'treatment referral',
  biopsy: 'biopsy',
  'advanced-imaging': 'advanced imaging',
  'complete-assessment': 'complete the assessment',
  'obtain-report': 'obtain the report',
};

/** What an escalation asks for: `biopsy`, `advanced imaging with MRI`, `obtain the report`. */
export function actionInWords({
  action,
  modality,
}: {
  readonly action: EscalationAction;
  readonly modality: string | null;
}): string {
  return modality === null ? TASKS[action] : `${TASKS[action]} with ${modality}`;
}

/** An escalation as something to choose: `biopsy by 2026-06-29, because of BI-RADS 4B on 2026-06-15`. */
export function escalationInWords(escalation: {
  readonly action: EscalationAction;
  readonly modality: string | null;
  readonly triggers: readonly string[];
  readonly raisedOn: string;
  readonly dueBy: string;
}): string {
  const { triggers, raisedOn, dueBy } = escalation;
  const why = triggers.map(triggerInWords).join(' and ');
  return `${actionInWords(escalation)} by ${dueBy}, because of ${why} on ${raisedOn}`;
}

const PATHOLOGY: Readonly<Record<string, string>> = {
  'pathology-benign-discordant': 'benign discordant pathology',
  'pathology-non-diagnostic': 'non-diagnostic pathology',
  'pathology-high-risk': 'high-risk pathology',
  'pathology-malignant': 'malignant pathology',
};

/** What raised an escalation, in words: `BI-RADS 4B`, `new enhancement`. schedule.md section 5. */
export function triggerInWords(trigger: string): string {
  if (trigger.startsWith('birads-'))
    return `BI-RADS ${trigger.slice('birads-'.length).toUpperCase()}`;
  return PATHOLOGY[trigger] ?? trigger.replaceAll('-', ' ');
}
