import { html, type Markup } from '../../export/markup.ts';
import type { SubscriptionRow } from '../../service/access/subscription-row.ts';
import type { ClinicCall } from '../call.ts';
import {
  PRIVACY_NAMES,
  PRIVACY_WORDS,
  stateInWords,
  subjectInWords,
} from './subscription-words.ts';

/** A subscription as it is, without its address. */
export function subscriptionFacts(call: ClinicCall, row: SubscriptionRow): Markup {
  return html`<dl class="facts">
<dt>Label</dt><dd>${row.label}</dd>
<dt>Whose</dt><dd>${subjectInWords(row, call)}</dd>
<dt>How much it tells</dt><dd>${PRIVACY_NAMES[row.privacy]}: ${PRIVACY_WORDS[row.privacy]}</dd>
<dt>State</dt><dd>${stateInWords(row, call)}</dd>
<dt>Made by</dt><dd>${row.createdBy}</dd>
</dl>
`;
}
