import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { spaced } from '../../export/plan-words.ts';
import { may } from '../../service/access/permission.ts';
import type { ProtocolReading } from '../../service/clinic/read-protocol.ts';
import type { ClinicCall } from '../call.ts';
import type { FormState } from '../page/form-fields.ts';
import { areaField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemInWords, problemSummary } from '../page/problems.ts';
import { approverOf } from './approver.ts';
import { comparePath, protocolPath } from './protocol-paths.ts';
import { titleText } from './protocol-words.ts';

/** One protocol version to be read: approvals, values, rules with their sources, and what to look at. */
export function protocolPage(
  call: ClinicCall,
  reading: ProtocolReading,
  { state, notice }: { readonly state: FormState; readonly notice: string | undefined },
): Markup {
  const { clinic, caller } = call;
  const { id, status, summary, hash, values, rules, sources, advice } = reading;
  const problems = [...state.problems.values()].flat();
  const body = html`<h1>${titleText(reading)}</h1>
${problemSummary(problems, () => 'f-note')}<dl class="facts">
<dt>Id of the protocol</dt><dd>${id}</dd>
<dt>In this clinic</dt><dd>${inClinic(reading)}</dd>
<dt>SHA-256 of the file</dt><dd>${hash}</dd>
${
  status === null
    ? EMPTY
    : html`<dt>What the file says of itself, before any clinic approves it</dt><dd>${status}</dd>
`
}</dl>
${
  summary === null
    ? EMPTY
    : html`<p>${summary}</p>
`
}<p><a href="${comparePath(clinic, { to: reading })}">Compare it with another one</a> for one patient or for the cohort.</p>
<h2>Approvals</h2>
${approvals(reading)}${may(caller, clinic.id, 'approve') ? approveForm(call, reading, state) : EMPTY}<h2>Advice</h2>
${
  advice.length === 0
    ? html`<p>None.</p>
`
    : html`<ul>
${advice.map(
  (each) => html`<li>${each.path === '' ? '' : `${each.path}: `}${problemInWords(each)}</li>
`,
)}</ul>
`
}<h2>Rules and their sources</h2>
<table class="stacks">
<thead><tr><th scope="col">Rule</th><th scope="col">What it says</th><th scope="col">Why this protocol has it so</th><th scope="col">Sources</th></tr></thead>
<tbody>
${rules.map(ruleRow)}</tbody>
</table>
<h2>Values</h2>
${values.map(
  ({ title: group, values: rows }) => html`<h3>${group}</h3>
<dl class="facts">
${rows.map(
  ({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
`,
)}<h2>Sources</h2>
<dl>
${sources.map(
  ({
    key,
    citation,
    certainty,
    doi,
    url: address,
    note,
  }) => html`<dt id="source-${key}"><b>${key}</b> (certainty: ${spaced(certainty)})</dt>
<dd>${[citation, ...(doi === undefined ? [] : [`doi:${doi}`]), ...(address === undefined ? [] : [address]), ...(note === undefined ? [] : [note])].map((line) => html`${line}<br>`)}</dd>
`,
)}</dl>
`;
  return layout(call, clinic, { title: titleText(reading), body, notice });
}

/** How the protocol stands in the clinic, whatever its file says of itself. */
function inClinic({ approvals: list, kept }: ProtocolReading): string {
  if (list.length > 0) {
    return `approved in this clinic by ${list.map(({ clinician, date }) => `${clinician} on ${date}`).join(', ')}`;
  }
  return kept ? 'kept, and not approved yet' : 'not approved, and not kept yet: approving keeps it';
}

function approvals({ approvals: list }: ProtocolReading): Markup {
  if (list.length === 0)
    return html`<p>Nobody has approved this version for the clinic: no episode may follow it.</p>
`;
  return html`<ul>
${list.map(
  ({
    clinician,
    date,
    note,
  }) => html`<li>${clinician}, ${date}${note === undefined ? '' : `: ${note}`}</li>
`,
)}</ul>
`;
}

function approveForm({ clinic, caller }: ClinicCall, reading: ProtocolReading, state: FormState) {
  const name = approverOf(caller);
  if (reading.approvals.some(({ clinician }) => clinician === name)) return EMPTY;
  return html`<form method="post" action="${protocolPath(clinic, reading, 'approve')}" class="narrow" novalidate>
${areaField({ name: 'note', label: 'Note', hint: `Kept with the approval by ${name}, if you want one.` }, state)}<div class="actions"><button name="step" value="preview">Approve as ${name}</button></div>
</form>
`;
}

function ruleRow({ id, section, says, reason, sources }: ProtocolReading['rules'][number]): Markup {
  return html`<tr><th scope="row">${spaced(id)} (section ${section})</th><td data-label="What it says">${says}</td><td data-label="Why">${reason ?? 'no reason is given'}</td><td data-label="Sources">${sources.map(
    ({ key, certainty }, index) =>
      html`${index === 0 ? '' : '; '}<a href="#source-${key}">${key}</a> (${spaced(certainty)})`,
  )}</td></tr>
`;
}
