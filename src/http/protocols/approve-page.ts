import { html, type Markup } from '../../export/markup.ts';
import type { ProtocolReading } from '../../service/clinic/read-protocol.ts';
import type { ClinicCall } from '../call.ts';
import { hiddenField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { approverOf } from './approver.ts';
import { protocolPath } from './protocol-paths.ts';
import { titleText } from './protocol-words.ts';

/** What an approval records, to be confirmed. It names the very file by its digest. */
export function approvePage(call: ClinicCall, reading: ProtocolReading, date: string): Markup {
  const { clinic, caller, fields } = call;
  const { id, version, hash, advice } = reading;
  const note = fields.text('note');
  const body = html`<h1>Approve ${titleText(reading)}: check before you confirm</h1>
<p>Episodes of ${clinic.name} may follow this version then. No episode changes its protocol by that: adopting it is a step of its own. An approval is kept for ever.</p>
<dl class="facts">
<dt>Id of the protocol</dt><dd>${id}</dd>
<dt>SHA-256 of the file</dt><dd>${hash}</dd>
<dt>Clinician</dt><dd>${approverOf(caller)}</dd>
<dt>Date</dt><dd>${date}</dd>
<dt>Note</dt><dd>${note === '' ? 'none' : note}</dd>
<dt>Advice</dt><dd>${advice.length === 0 ? 'none' : `${advice.length}: see the page of the protocol`}</dd>
</dl>
<form method="post" action="${protocolPath(clinic, reading, 'approve')}" novalidate>
${hiddenField('note', note)}${hiddenField('hash', hash)}
<div class="actions"><button name="step" value="confirm">Approve version ${version}</button> <a href="${protocolPath(clinic, reading)}">Do not approve it</a></div>
</form>
`;
  return layout(call, clinic, { title: `Approve ${titleText(reading)}`, body });
}
