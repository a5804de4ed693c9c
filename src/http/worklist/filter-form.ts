import { MODALITIES } from '../../domain/modality.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { dayField } from '../page/day-field.ts';
import { type FormState, hiddenField, textField, tickGroup } from '../page/form-fields.ts';

/** The filters that are shut until one of them is set. */
const FOLDED = ['tier', 'modality', 'from', 'to', 'code', 'soon'] as const;

/** The form that filters the worklist: what it finds stands in the address. */
export function filterForm(path: string, state: FormState): Markup {
  const { fields } = state;
  const more = FOLDED.some((name) => fields.all(name).length > 0);
  return html`<form method="get" action="${path}" class="filters no-print" role="search">
${['bucket', 'all'].map((name) => html`${fields.all(name).map((value) => hiddenField(name, value))}`)}<div class="search-line">${textField({ name: 'q', label: 'Patient or episode', type: 'search' }, state)}<button>Show</button></div>${fields.toString() === '' ? EMPTY : html`<p class="again"><a href="${path}">Show everything again</a></p>`}
<details${more ? html` open` : EMPTY}><summary>More filters</summary>
${tickGroup({ name: 'tier', label: 'Risk tier', choices: named(RISK_TIERS) }, state)}${tickGroup({ name: 'modality', label: 'Can be done with', choices: named(MODALITIES) }, state)}<div class="columns">${dayField({ name: 'from', label: 'Can be done from', hint: 'what is late can be done today' }, state)}${dayField({ name: 'to', label: 'Can be done until', hint: 'both days count' }, state)}${textField({ name: 'code', label: 'Code of a calendar event', hint: 'as a minimal calendar shows it' }, state)}${textField({ name: 'soon', label: 'Days that are “soon”', hint: 'a window that opens within so many days; 28 unless told' }, state)}</div>
</details>
</form>
`;
}

function named(values: readonly string[]) {
  return values.map((value) => ({ value, label: value }));
}
