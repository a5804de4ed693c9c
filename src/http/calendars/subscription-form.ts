import { CALENDAR_PRIVACIES, type CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import type { Problem } from '../../domain/problem.ts';
import { html, type Markup } from '../../export/markup.ts';
import { may } from '../../service/access/permission.ts';
import { privacyProblem, type SubscriptionWork } from '../../service/access/subscription-draft.ts';
import { labelProblem, lifetimeProblem, MOST_DAYS } from '../../service/access/token-terms.ts';
import { hexOf } from '../../service/open-context.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import {
  type Choice,
  type FormState,
  fieldId,
  hiddenField,
  selectField,
  textField,
} from '../page/form-fields.ts';
import { problemSummary } from '../page/problems.ts';
import { clinicPath } from '../paths.ts';
import { PRIVACY_NAMES, PRIVACY_WORDS } from './subscription-words.ts';

const SUBJECTS: readonly Choice[] = [
  { value: 'patient', label: 'One patient' },
  { value: 'mine', label: 'My episodes' },
  { value: 'clinic', label: 'The whole clinic' },
];
const ONCE_BYTES = 8;

/** The form of a new subscription as it stands at first. */
export function emptySubscription({ service, url }: ClinicCall): Fields {
  const once = hexOf(service.access.chance(ONCE_BYTES));
  const patient = url.searchParams.get('patient') ?? undefined;
  return new Fields().with({
    subject: patient === undefined ? 'mine' : 'patient',
    patient,
    privacy: 'minimal',
    days: String(MOST_DAYS),
    once,
  });
}

/** What was ordered, or what must be mended in it before it can be looked at. */
export function readSubscription({
  clinic,
  caller,
  fields,
}: ClinicCall): SubscriptionWork | readonly Problem[] {
  const subject = subjectOf(fields, caller.id);
  const privacy = CALENDAR_PRIVACIES.find((each) => each === fields.text('privacy'));
  const days = daysOf(fields);
  const label = fields.text('label');
  const problems = [
    ...(subject === undefined ? [NO_SUBJECT] : []),
    ...(subject?.kind === 'patient' && subject.patientRef === '' ? [NO_PATIENT] : []),
    ...(privacy === undefined ? [NO_PRIVACY] : []),
    ...[
      subject === undefined || privacy === undefined
        ? undefined
        : privacyProblem({ privacy, subject }),
      labelProblem(label),
      lifetimeProblem(days),
    ].filter((each) => each !== undefined),
  ];
  if (subject === undefined || privacy === undefined || problems.length > 0) return problems;
  const once = fields.optional('once');
  return { clinic, caller, subject, privacy, label, days, once };
}

/** How long a calendar is to work, as it was typed; not a number where it is none. */
export function daysOf(fields: Fields): number {
  return Number(fields.text('days') || Number.NaN);
}

function subjectOf(fields: Fields, account: number): SubscriptionWork['subject'] | undefined {
  switch (fields.text('subject')) {
    case 'patient':
      return { kind: 'patient', patientRef: fields.text('patient') };
    case 'mine':
      return { kind: 'clinician', account };
    case 'clinic':
      return { kind: 'clinic' };
    default:
      return undefined;
  }
}

const NO_SUBJECT: Problem = {
  path: 'subject',
  message: 'say whose calendar it is',
  allowed: 'one patient, my episodes, the whole clinic',
};
const NO_PATIENT: Problem = {
  path: 'patient',
  message: 'the calendar of one patient needs the patient’s reference',
};
const NO_PRIVACY: Problem = {
  path: 'privacy',
  message: 'say how much the calendar tells',
  allowed: CALENDAR_PRIVACIES.join(', '),
};

/** What a calendar's days are called in its forms. */
export const DAYS_LABEL = 'Days that it works';
const LABELS: ReadonlyMap<string, string> = new Map([
  ['subject', 'Whose calendar'],
  ['patient', 'Patient reference'],
  ['privacy', 'How much it tells'],
  ['label', 'Label'],
  ['days', DAYS_LABEL],
]);

/** What must be mended in the form, by the name of its field, each leading to it. */
export function subscriptionProblems(fields: Fields, problems: readonly Problem[]): Markup {
  const told = problems.map((problem) => {
    const label = LABELS.get(fieldOf(problem, fields));
    return label === undefined ? problem : { ...problem, message: `${label}: ${problem.message}` };
  });
  return problemSummary(told, (problem) => fieldId(fieldOf(problem, fields)));
}

/** The form of a new subscription, with what must be mended in it. */
export function subscriptionForm(
  call: ClinicCall,
  fields: Fields,
  problems: readonly Problem[] = [],
): Markup {
  const { clinic, caller } = call;
  const state: FormState = {
    fields,
    problems: Map.groupBy(problems, (problem) => fieldOf(problem, fields)),
  };
  const privacies = CALENDAR_PRIVACIES.filter(
    (privacy) => privacy !== 'named' || may(caller, clinic.id, 'administer'),
  );
  return html`<form method="post" action="${clinicPath(clinic, 'calendars')}" novalidate>
<p>Whoever has the address sees what the calendar tells, also on a locked screen:</p>
<dl class="facts">
${privacies.map(
  (privacy) => html`<dt>${PRIVACY_NAMES[privacy]}</dt><dd>${PRIVACY_WORDS[privacy]}</dd>
`,
)}</dl>
${hiddenField('once', fields.text('once'))}
<div class="columns">
${selectField({ name: 'subject', label: 'Whose calendar', choices: SUBJECTS, required: true }, state)}${textField({ name: 'patient', label: 'Patient reference', hint: 'For one patient only; capitals and spaces matter' }, state)}${selectField({ name: 'privacy', label: 'How much it tells', choices: privacies.map(privacyChoice), required: true }, state)}${textField({ name: 'label', label: 'Label', hint: 'To know it again in the list: where it is used. Never a patient’s name', required: true }, state)}${textField({ name: 'days', label: DAYS_LABEL, type: 'number', min: '1', max: String(MOST_DAYS), hint: `1 to ${MOST_DAYS}`, required: true }, state)}</div>
<p class="actions"><button>Make the calendar</button></p>
</form>
`;
}

function privacyChoice(value: CalendarPrivacy): Choice {
  return { value, label: PRIVACY_NAMES[value] };
}

/** A problem of the order under the name of its field: of a missing subject, that may be the patient. */
function fieldOf({ path }: Problem, fields: Fields): string {
  return path === 'subject' && fields.text('subject') === 'patient' ? 'patient' : path || 'subject';
}
