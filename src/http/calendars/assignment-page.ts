import type { Problem } from '../../domain/problem.ts';
import { html, type Markup } from '../../export/markup.ts';
import type { Assignment } from '../../service/episode/assign-clinician.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { fieldId, hiddenField, selectField, textField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { clinicPath } from '../paths.ts';

const ROLES = [
  { value: 'yes', label: 'is responsible for it' },
  { value: 'no', label: 'is no longer responsible for it' },
];

/** The form that says who is responsible for an episode: it stands in their calendar. */
export function assignmentForm(
  call: ClinicCall,
  fields: Fields = call.fields.with({ account: call.caller.name, assigned: 'yes' }),
  problems: readonly Problem[] = [],
): Markup {
  const state = {
    fields,
    problems: new Map(problems.map((problem) => [problem.path, [problem]] as const)),
  };
  return html`<h2 id="responsible">Who is responsible</h2>
<p>“My episodes” are those that somebody is responsible for.</p>
${problemSummary(problems, ({ path }) => fieldId(path || 'episode'))}<form method="post" action="${clinicPath(call.clinic, 'calendars', 'responsible')}" novalidate>
<div class="columns">
${textField({ name: 'episode', label: 'Episode', required: true }, state)}${textField({ name: 'account', label: 'Account', hint: 'The name for signing in', required: true }, state)}${selectField({ name: 'assigned', label: 'What they are', choices: ROLES, required: true }, state)}</div>
<p class="actions"><button class="second">Look at the change</button></p>
</form>
`;
}

/** What an assignment changes, before it is confirmed. */
export function assignmentPreview(
  call: ClinicCall,
  { episode, clinician, changed }: Assignment,
): Markup {
  const { clinic, fields } = call;
  const assigned = fields.text('assigned') === 'yes';
  const title = 'Who is responsible';
  const sentence = assigned
    ? html`<ins>${clinician} becomes responsible for ${episode}.</ins> Its visits stand in the calendar “my episodes” of ${clinician} from then on.`
    : html`<del>${clinician} is responsible for ${episode}.</del> Its visits leave the calendar “my episodes” of ${clinician}.`;
  const body = changed
    ? html`<h1>${title}</h1>
<p>${sentence}</p>
<form method="post" action="${clinicPath(clinic, 'calendars', 'responsible')}" novalidate>
${['episode', 'account', 'assigned'].map((name) => hiddenField(name, fields.text(name)))}${hiddenField('step', 'confirm')}
<p class="actions"><button>Record it</button> <a href="${clinicPath(clinic, 'calendars')}">Leave it as it is</a></p>
</form>
`
    : html`<h1>${title}</h1>
<p>${assigned ? `${clinician} is responsible for ${episode} already.` : `${clinician} is not responsible for ${episode}.`} There is nothing to change.</p>
<p><a href="${clinicPath(clinic, 'calendars')}">To the calendars</a></p>
`;
  return layout(call, clinic, { title, body });
}

/** The form alone, with what must be mended in it. */
export function assignmentPage(
  call: ClinicCall,
  fields: Fields,
  problems: readonly Problem[],
): Markup {
  const body = html`<h1>Calendars</h1>
${assignmentForm(call, fields, problems)}`;
  return layout(call, call.clinic, { title: 'Who is responsible', body });
}
