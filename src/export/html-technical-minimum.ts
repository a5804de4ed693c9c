import type { AblationFacts } from '../domain/ablation.ts';
import {
  TECHNICAL_MINIMUM_SOURCE,
  type TechnicalState,
  technicalItems,
} from '../plan/technical-minimum.ts';
import { html, type Markup } from './markup.ts';
import { spaced } from './plan-words.ts';

const STATES: Readonly<Record<TechnicalState, string>> = {
  met: 'met',
  'not-met': 'NOT MET',
  'not-documented': 'not documented',
};

/** The five technical minimum items of an ablation: how many are met, each with what the facts say of it. */
export function technicalMinimum(ablation: AblationFacts): Markup {
  const items = technicalItems(ablation);
  const met = items.filter(({ state }) => state === 'met').length;
  const { citation, doi, certainty } = TECHNICAL_MINIMUM_SOURCE;
  return html`<p>${met} of ${items.length} items of the review’s technical minimum are met. They change no date; margin and cycles count for the tier by themselves.</p>
<table class="stacks">
<thead><tr><th scope="col">Item</th><th scope="col">State</th><th scope="col">Recorded</th></tr></thead>
<tbody>
${items.map(
  ({ asks, state, sentence }) =>
    html`<tr><th scope="row">${asks}</th><td data-label="State"><span class="state">${STATES[state]}</span></td><td class="free" data-label="Recorded">${sentence}</td></tr>
`,
)}</tbody>
</table>
<p class="dim">Source (certainty: ${spaced(certainty)}): ${citation}. doi:${doi}</p>
`;
}
