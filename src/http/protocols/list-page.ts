import { withDates } from '../../export/html-dates.ts';
import { html, type Markup } from '../../export/markup.ts';
import type { ProtocolLine } from '../../service/case/list-protocols.ts';
import type { ClinicProtocol } from '../../service/clinic/clinic-protocols.ts';
import type { ClinicCall } from '../call.ts';
import { layout } from '../page/layout.ts';
import { clinicPath } from '../paths.ts';
import { protocolPath } from './protocol-paths.ts';
import { titleText } from './protocol-words.ts';

/** The protocols that the clinic keeps, and those of the catalog that it does not. */
export function protocolListPage(call: ClinicCall, { kept, catalog }: ProtocolLists): Markup {
  const { clinic } = call;
  const others = catalog.filter(
    (line) => !kept.some(({ id, version }) => id === line.id && version === line.version),
  );
  const body = html`<h1>Protocols</h1>
<p>An episode follows a protocol version that a clinician approved for the clinic. <a href="${clinicPath(clinic, 'protocols', 'compare')}">Compare two protocols</a> for one patient or for the cohort.</p>
<h2>Kept by ${clinic.name}</h2>
${
  kept.length === 0
    ? html`<p>None yet.</p>
`
    : html`<table class="stacks">
<thead><tr><th scope="col">Protocol</th><th scope="col">Episodes</th><th scope="col">Approved by</th></tr></thead>
<tbody>
${kept.map((each) => keptRow(call, each))}</tbody>
</table>
`
}<h2>Others that come with cryowatch</h2>
${
  others.length === 0
    ? html`<p>None: the clinic keeps them all.</p>
`
    : html`<table class="stacks">
<thead><tr><th scope="col">Protocol</th><th scope="col">Kind</th><th scope="col">Status</th></tr></thead>
<tbody>
${others.map(
  (line) =>
    html`<tr><th scope="row"><a href="${protocolPath(clinic, line)}">${titleText(line)}</a><br><span class="dim">${line.id}</span></th><td data-label="Kind">${line.kind === 'staged' ? 'baseline and intervals' : 'fixed published schedule'}</td><td data-label="Status">${line.status}</td></tr>
`,
)}</tbody>
</table>
`
}`;
  return layout(call, clinic, { title: 'Protocols', body });
}

interface ProtocolLists {
  readonly kept: readonly ClinicProtocol[];
  readonly catalog: readonly ProtocolLine[];
}

function keptRow({ clinic }: ClinicCall, protocol: ClinicProtocol): Markup {
  const { id, version, readable, approvals, episodes } = protocol;
  const name = readable
    ? html`<a href="${protocolPath(clinic, protocol)}">${titleText(protocol)}</a><br><span class="dim">${id}</span>`
    : html`${id} ${version} <strong>(this release cannot read it)</strong>`;
  return html`<tr><th scope="row">${name}</th><td data-label="Episodes">${episodes}</td><td data-label="Approved by">${
    approvals.length === 0
      ? 'nobody: no episode may follow it'
      : withDates(approvals.map(({ clinician, date }) => `${clinician}, ${date}`).join('; '))
  }</td></tr>
`;
}
