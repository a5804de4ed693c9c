import type { EscalationAction } from './escalation-action.ts';
import { eventOfEscalation } from './keys.ts';
import { listInWords } from './list-in-words.ts';

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

/** An escalation as far as its words need it. */
interface ToldEscalation {
  readonly key: string;
  readonly action: EscalationAction;
  readonly modality: string | null;
  readonly triggers: readonly string[];
  readonly raisedOn: string;
  readonly dueBy: string;
}

/** The plan of an escalation as far as the words need it: what else was raised, and by which exams. */
interface ToldPlan {
  readonly escalations: readonly Pick<ToldEscalation, 'key' | 'raisedOn'>[];
  readonly exams: readonly { readonly id: string; readonly modality: string }[];
}

/**
 * What raised an escalation: `MRI of 2026-06-15`, `pathology result of 2026-06-15`. Where two of a
 * plan would be equal, with the id of the event, so that no two of a plan ever are.
 */
export function sourceInWords(
  escalation: Pick<ToldEscalation, 'key' | 'raisedOn'>,
  plan: ToldPlan,
): string {
  const { key } = escalation;
  const source = modalityAndDay(escalation, plan);
  const isOneOfSeveral = plan.escalations.some(
    (other) =>
      other.key !== key &&
      other.raisedOn === escalation.raisedOn &&
      modalityAndDay(other, plan) === source,
  );
  return isOneOfSeveral ? `${source}, ${eventOfEscalation(key)}` : source;
}

function modalityAndDay(
  { key, raisedOn }: Pick<ToldEscalation, 'key' | 'raisedOn'>,
  { exams }: ToldPlan,
): string {
  const event = eventOfEscalation(key);
  const exam = exams.find(({ id }) => id === event);
  return `${exam?.modality ?? 'pathology result'} of ${raisedOn}`;
}

/** Why an escalation was raised, and by what: `BI-RADS 4B and new enhancement (MRI of 2026-06-15)`. */
export function causeOfEscalation(escalation: ToldEscalation, plan: ToldPlan): string {
  const why = listInWords(escalation.triggers.map(triggerInWords), 'and');
  return `${why} (${sourceInWords(escalation, plan)})`;
}

/**
 * An escalation as something to choose: `biopsy by 2026-06-29, because of BI-RADS 4B (MRI of
 * 2026-06-15)`. No two of a plan have the same words.
 */
export function escalationInWords(escalation: ToldEscalation, plan: ToldPlan): string {
  const cause = causeOfEscalation(escalation, plan);
  return `${actionInWords(escalation)} by ${escalation.dueBy}, because of ${cause}`;
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
