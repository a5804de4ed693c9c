import { causeOfEscalation, escalationInWords } from '../../domain/escalation-words.ts';
import type { Problem } from '../../domain/problem.ts';
import { keyInWords, keysInWords, visitInWords } from '../../domain/visit-words.ts';
import { planDifference } from '../../export/html-plan-difference.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import {
  actionInWords,
  escalationStatusInWords,
  modalitiesInWords,
  visitStatusInWords,
} from '../../export/plan-words.ts';
import type { Plan } from '../../plan/plan.ts';
import { examsNotCounted } from '../../service/episode/exams-not-counted.ts';
import type { Recorded } from '../../service/episode/record-events.ts';
import type { RecordingSubject } from '../../service/episode/recording-subject.ts';
import { replacedAppointments } from '../../service/episode/standing-appointments.ts';
import type { Clinic } from '../../service/store-access.ts';
import type { Fields } from '../fields.ts';
import { hiddenField, selectField, tickField } from '../page/form-fields.ts';
import { problemInWords, problemSummary, withKeysInWords } from '../page/problems.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { understood } from '../page/typed-value.ts';
import { whoInWords } from '../page/who.ts';
import { episodePath } from '../paths.ts';
import { choicesOf, type EventField, type EventForm, fieldsOf } from './event-form.ts';
import { ACKNOWLEDGE } from './field-of-problem.ts';
import { equalHours, OFFSET } from './typed-appointment.ts';

/** What the check of a recording shows. */
export interface RecordPreviewParts {
  readonly clinic: Clinic;
  readonly form: EventForm;
  readonly subject: RecordingSubject;
  readonly fields: Fields;
  readonly recorded: Recorded;
  readonly doubts: readonly Problem[];
  /** The id under which it will be recorded. */
  readonly id: string;
  /** Why it was not recorded just now. */
  readonly problems: readonly Problem[];
}

/** What will be recorded and what it changes, the most urgent first, with the form that confirms it. */
export function recordPreview(parts: RecordPreviewParts): Markup {
  const { form, subject, fields, recorded, doubts, problems } = parts;
  return html`<h1>${form.title}: check it</h1>
<p>Episode ${subject.episode}, ${whoInWords(subject.plan)}. <strong>Nothing is recorded yet.</strong></p>
${problemSummary(problems.map((problem) => withKeysInWords(problem, subject.plan)))}<dl class="facts">
${typedInWords(parts)}</dl>
${endlessMarkup(form, fields)}<h2>What it changes</h2>
${consequences(recorded, parts.clinic.zone)}${doubtsMarkup(doubts.map((doubt) => withKeysInWords(doubt, recorded.after)))}${confirmForm(parts)}<h2>The plan, line by line</h2>
${planDifference(recorded.before, recorded.diff, parts.clinic.zone)}`;
}

function typedInWords({ form, fields, subject, recorded }: RecordPreviewParts): Markup {
  const lines = fieldsOf(form).flatMap((field) => {
    const typed = fields.all(field.name).map((text) => valueInWords(field, text, subject));
    const words = typed.length === 0 ? unsaidInWords(field, recorded.after) : typed;
    return words.length === 0 ? [] : [{ label: field.label, words: words.join('; ') }];
  });
  const acknowledged = fields.all(ACKNOWLEDGE.escalations);
  const left =
    acknowledged.length === 0
      ? []
      : [
          {
            label: 'Stays unanswered',
            words: `${acknowledged.map((key) => keptInWords(key, subject)).join('; ')}: ${fields.text(ACKNOWLEDGE.reason)}`,
          },
        ];
  return html`${[...lines, ...left].map(
    ({ label, words }) => html`<dt>${label}</dt><dd>${words}</dd>
`,
  )}`;
}

function keptInWords(key: string, { plan, openEscalations }: RecordingSubject): string {
  const escalation = openEscalations.find((each) => each.key === key);
  return escalation === undefined ? keyInWords(key) : escalationInWords(escalation, plan);
}

function valueInWords(field: EventField, text: string, subject: RecordingSubject): string {
  const chosen = choicesOf(field, subject).find(({ value }) => value === text)?.label;
  const isNumber = field.kind === 'number' || field.kind === 'minutes';
  return chosen ?? (isNumber ? understood(field.kind, text) : text);
}

/** What an empty field means, where it means something. */
function unsaidInWords({ unsaid }: EventField, after: Plan): readonly string[] {
  if (unsaid === undefined) return [];
  return [typeof unsaid === 'string' ? unsaid : unsaid(after)];
}

/** Contraindications that pass; the other ones may well be for good. */
const TEMPORARY: ReadonlySet<string> = new Set(['pregnancy']);

/** What passes and has no end is asked about: for the plan it never does. */
function endlessMarkup({ type }: EventForm, fields: Fields): Markup {
  const kind = fields.text('kind');
  if (type !== 'constraint' || !TEMPORARY.has(kind) || fields.text('to') !== '') return EMPTY;
  return html`<div class="alarm"><p>Until when does the ${kind} hold? Without a last day it limits the modalities of every visit to come.</p></div>
`;
}

function consequences(recorded: Recorded, zone: string): Markup {
  const { newEscalations, nextVisit, warnings, after } = recorded;
  const { asOf } = after;
  return html`${newEscalations.map(
    (
      escalation,
    ) => html`<div class="escalation"><p><strong>New escalation: ${actionInWords(escalation)} by <span class="date">${escalation.dueBy}</span></strong>, ${escalationStatusInWords(escalation, asOf)}. Because of ${causeOfEscalation(escalation, after)}.</p></div>
`,
  )}<ul>
${
  nextVisit === null
    ? html`<li>No visit is left.</li>
`
    : html`<li>Next visit: ${visitInWords(nextVisit.key)}, <span class="date">${nextVisit.target}</span> (${nextVisit.earliest} to ${nextVisit.latest}), ${modalitiesInWords(nextVisit)}, ${visitStatusInWords(nextVisit, asOf)}.</li>
`
}${replacedAppointments(recorded, zone).map(
  (words) => html`<li>${words}</li>
`,
)}${examsNotCounted(recorded).map(
  ({ id, reason }) => html`<li>Exam ${id}: ${keysInWords(reason, after)}</li>
`,
)}${warnings.map(
  ({ message }) => html`<li>Warning: ${keysInWords(message, after)}</li>
`,
)}</ul>
`;
}

function doubtsMarkup(doubts: readonly Problem[]): Markup {
  if (doubts.length === 0) return EMPTY;
  return html`<div class="alarm"><h3>It does not fit what is recorded</h3>
<ul>
${doubts.map(
  (doubt) => html`<li>${problemInWords(doubt)}</li>
`,
)}</ul>
</div>
`;
}

function confirmForm(parts: RecordPreviewParts): Markup {
  const { clinic, form, subject, fields, doubts, id, problems, recorded } = parts;
  const state = { fields, problems: problemsByField(problems) };
  const kept = fields
    .with({
      step: undefined,
      event: undefined,
      accept: undefined,
      expected: undefined,
      [OFFSET]: undefined,
    })
    .entries();
  return html`<form method="post" action="${episodePath(clinic, subject.episode, 'record', form.type)}">
${kept.map(
  ([name, value]) => html`${hiddenField(name, value)}
`,
)}${hiddenField('expected', String(recorded.version))}${hiddenField('event', id)}
${whichHour(parts)}${
  doubts.length === 0
    ? EMPTY
    : tickField({ name: 'accept', label: 'It is right all the same: record it' }, state)
}<div class="actions"><button name="step" value="confirm">Record it</button> <button class="second" name="step" value="edit">Change something</button> <a href="${fields.text('back')}">Leave it</a></div>
</form>
`;
}

/** An hour that the clock shows twice that night: which of the two it is taken as, and the other. */
function whichHour({ clinic, form, fields }: RecordPreviewParts): Markup {
  const choices = form.type === 'booking' ? equalHours(fields, clinic.zone) : [];
  if (choices.length === 0) return EMPTY;
  const chosen = choices.find(({ value }) => value === fields.text(OFFSET)) ?? choices[0];
  const state = { fields: fields.with({ [OFFSET]: chosen?.value }), problems: new Map() };
  const time = fields.text('time');
  const hint =
    'The clocks are put back that night and show this time twice. It is taken as the first unless you choose the second.';
  return selectField(
    { name: OFFSET, label: `Which ${time}?`, hint, required: true, choices },
    state,
  );
}

/** What is missing where somebody confirms what does not fit without saying that it is right. */
export const NOT_ACCEPTED: Problem = {
  path: 'accept',
  message: 'it does not fit what is recorded, and nobody has said that it is right all the same',
  mend: 'change it, or tick the box',
};
