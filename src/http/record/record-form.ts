import { escalationInWords } from '../../domain/escalation-words.ts';
import type { Problem } from '../../domain/problem.ts';
import { keyInWords } from '../../domain/visit-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { RecordingSubject } from '../../service/episode/recording-subject.ts';
import type { Clinic } from '../../service/store-access.ts';
import { Fields } from '../fields.ts';
import { dayField } from '../page/day-field.ts';
import {
  areaField,
  type Choice,
  type FormState,
  fieldId,
  hiddenField,
  selectField,
  textField,
  tickGroup,
} from '../page/form-fields.ts';
import { problemInWords, problemSummary, withKeysInWords } from '../page/problems.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { episodePath, withQuery } from '../paths.ts';
import {
  choicesOf,
  type EventField,
  type EventFieldGroup,
  type EventForm,
  fieldsOf,
} from './event-form.ts';
import { ACKNOWLEDGE } from './field-of-problem.ts';

/** What the form for an event is shown with. */
export interface RecordFormParts {
  readonly clinic: Clinic;
  readonly form: EventForm;
  readonly subject: RecordingSubject;
  /** What was typed or is filled in; `back` says where the way back leads. */
  readonly fields: Fields;
  /** By the names of the fields. */
  readonly problems?: readonly Problem[] | undefined;
  /** Whether the caller may reopen, and leave open questions unanswered with a reason. */
  readonly mayDecide: boolean;
}

/** The form for an event, with what was typed and what is to be mended. */
export function recordForm(parts: RecordFormParts): Markup {
  const { clinic, form, subject, fields, problems = [] } = parts;
  const worded = problems.map((problem) => withKeysInWords(problem, subject.plan));
  const state = { fields, problems: problemsByField(worded) };
  const back = fields.text('back');
  const told = worded.map((problem) => withLabel(form, problem));
  return html`${problemSummary(told, ({ path }) => (path === '' ? undefined : fieldId(path)))}<p>${form.says}</p>
${nothingToChoose(parts)}<form method="post" action="${episodePath(clinic, subject.episode, 'record', form.type)}">
${hiddenField('expected', fields.text('expected'))}${hiddenField('back', back)}
${form.groups.map((group) => groupMarkup(group, subject, state))}${acknowledgement(parts, state)}<div class="actions"><button name="step" value="check">Check what it changes</button> <a href="${back}">Leave it</a></div>
</form>
`;
}

/** Why a form cannot be filled in, and where to go: it needs a choice and there is none. */
function nothingToChoose({ clinic, form, subject, fields, mayDecide }: RecordFormParts): Markup {
  const empty = fieldsOf(form).filter(
    (field) => field.none !== undefined && choicesOf(field, subject).length === 0,
  );
  if (empty.length === 0) return EMPTY;
  const back = fields.text('back');
  const reopening = withQuery(
    episodePath(clinic, subject.episode, 'record', 'reopening'),
    new Fields().with({ back }),
  );
  const ended =
    subject.plan.endedBy === null
      ? EMPTY
      : mayDecide
        ? html` The surveillance has ended: if it goes on, <a href="${reopening}">reopen the episode</a> first.`
        : html` The surveillance has ended: if it goes on, a clinician has to reopen the episode first.`;
  return html`<div class="alarm"><p>${empty.map(({ none }) => none).join(' ')}${ended} <a href="${episodePath(clinic, subject.episode)}">To the episode ${subject.episode}</a></p></div>
`;
}

/** The fault as the summary tells it, with the field that it is about. */
function withLabel(form: EventForm, problem: Problem): Problem {
  const label = fieldsOf(form).find(({ name }) => name === problem.path)?.label;
  return label === undefined ? problem : { ...problem, message: `${label}: ${problem.message}` };
}

function groupMarkup(
  { title, folded, fields }: EventFieldGroup,
  subject: RecordingSubject,
  state: FormState,
): Markup {
  const columns = html`<div class="columns">
${fields.map((field) => fieldMarkup(field, subject, state))}</div>
`;
  if (title === null) return columns;
  const typed = fields.some(
    ({ name }) => state.fields.text(name) !== '' || state.problems.has(name),
  );
  return folded === true
    ? html`<details${typed ? html` open` : EMPTY}><summary>${title}</summary>
${columns}</details>
`
    : html`<fieldset><legend>${title}</legend>
${columns}</fieldset>
`;
}

function fieldMarkup(field: EventField, subject: RecordingSubject, state: FormState): Markup {
  const { name, label, kind, hint, required, nothing } = field;
  const choices = choicesOf(field, subject);
  if (kind === 'ticks') return ticksMarkup({ name, label, choices }, state);
  if (field.choices !== undefined) {
    const all = withTyped(choices, state.fields.text(name));
    return selectField({ name, label, hint, required, nothing, choices: all }, state);
  }
  if (kind === 'words') return areaField({ name, label, hint, required }, state);
  if (kind === 'day' || kind === 'appointment-day') {
    return dayField({ name, label, hint, required }, state);
  }
  return textField({ name, label, hint, required }, state);
}

/** A choice that is none stays as it was sent, so that the problem beside it can be understood. */
function withTyped(choices: readonly Choice[], typed: string): readonly Choice[] {
  const known = typed === '' || choices.some(({ value }) => value === typed);
  return known ? choices : [...choices, { value: typed, label: typed }];
}

function ticksMarkup(
  { name, label, choices }: { name: string; label: string; choices: readonly Choice[] },
  state: FormState,
): Markup {
  const typed = state.fields.all(name);
  const all = typed.reduce<readonly Choice[]>((so, value) => withTyped(so, value), choices);
  const wrong = state.problems.get(name) ?? [];
  if (all.length === 0 && wrong.length === 0) return EMPTY;
  return html`<div id="${fieldId(name)}">${tickGroup({ name, label, choices: all }, state)}${
    wrong.length === 0 ? EMPTY : html`<p class="wrong">${wrong.map(problemInWords).join(' ')}</p>`
  }</div>
`;
}

const ENDS: ReadonlySet<string> = new Set(['closure', 'surgery']);

/** What an end leaves unanswered: asked for where there is something, or where the check asked for it. */
function acknowledgement(
  { form, subject, problems = [], mayDecide, fields }: RecordFormParts,
  state: FormState,
): Markup {
  const asked = problems.filter(({ path }) => path === ACKNOWLEDGE.escalations);
  const typed = fields.all(ACKNOWLEDGE.escalations).length > 0;
  const labels = new Map(
    subject.openEscalations.map((each) => [each.key, escalationInWords(each, subject.plan)]),
  );
  const open = ENDS.has(form.type) ? [...labels.keys()] : [];
  if (open.length === 0 && asked.length === 0 && !typed) return EMPTY;
  if (!mayDecide) {
    return html`<p id="${fieldId(ACKNOWLEDGE.escalations)}">Open questions remain: ${[...labels.values()].join('; ')}. Only a clinician may end the surveillance and leave them unanswered.</p>
`;
  }
  const keys = new Set([...open, ...asked.flatMap(({ allowed }) => allowed ?? [])]);
  const choices = [...keys].map((key) => ({
    value: key,
    label: labels.get(key) ?? keyInWords(key),
  }));
  const label = 'Open questions that may stay unanswered';
  return html`<fieldset><legend>What stays open</legend>
${ticksMarkup({ name: ACKNOWLEDGE.escalations, label, choices }, state)}${areaField({ name: ACKNOWLEDGE.reason, label: 'Why they may', hint: 'after a death none need be ticked' }, state)}</fieldset>
`;
}
