import { visitInWords } from '../../domain/visit-words.ts';
import { becauseOf } from '../../export/html-because.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import {
  categoryInWords,
  modalitiesInWords,
  spaced,
  visitStatusInWords,
} from '../../export/plan-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import { withFactWords } from './fact-words.ts';

/** The plan that facts give: tier with its reasons, category, visits, and what is only assumed. */
export function planPreview(plan: Plan): Markup {
  const { protocol, tier, tierFactors, phase, horizon } = plan;
  return html`<dl class="facts">
<dt>Protocol</dt><dd>${protocol.title} (${protocol.id} ${protocol.version})</dd>
<dt>Risk tier</dt><dd>${tier}${tierFactors.length === 0 ? '' : `: ${tierFactors.map(spaced).join(', ')}`}</dd>
<dt>Category</dt><dd>${categoryInWords(plan)}</dd>
<dt>Phase</dt><dd>${spaced(phase)}</dd>
${
  horizon === null
    ? EMPTY
    : html`<dt>Staged visits until</dt><dd class="date">${horizon}</dd>
`
}</dl>
${visitTable(plan)}${assumed(plan)}`;
}

function visitTable(plan: Plan): Markup {
  if (plan.visits.length === 0)
    return html`<p>No visit is planned.</p>
`;
  return html`<table class="stacks">
<caption>Visits as of ${plan.asOf}; earliest and latest day are inside</caption>
<thead><tr><th scope="col">Visit</th><th scope="col">Earliest</th><th scope="col">Target</th><th scope="col">Latest</th><th scope="col">Status</th><th scope="col">Modality</th></tr></thead>
<tbody>
${plan.visits.map((visit) => visitRow(plan, visit))}</tbody>
</table>
<details><summary>Why these dates</summary>
${plan.visits.map(
  ({ key, because }) => html`<h3>${visitInWords(key)}</h3>
${becauseOf(because, plan)}`,
)}</details>
`;
}

function visitRow(plan: Plan, visit: PlannedVisit): Markup {
  const { key, earliest, target, latest } = visit;
  return html`<tr><th scope="row">${visitInWords(key)}</th><td class="date" data-label="Earliest">${earliest}</td><td class="date" data-label="Target">${target}</td><td class="date" data-label="Latest">${latest}</td><td data-label="Status">${visitStatusInWords(visit, plan.asOf)}</td><td data-label="Modality">${modalitiesInWords(visit)}</td></tr>
`;
}

function assumed({ assumptions, warnings }: Plan): Markup {
  return html`<h2>Assumed, because not recorded</h2>
${
  assumptions.length === 0
    ? html`<p>Nothing: every fact that could change the plan is recorded.</p>
`
    : notes(assumptions)
}${
  warnings.length === 0
    ? EMPTY
    : html`<h2>Warnings</h2>
${notes(warnings)}`
}`;
}

function notes(items: Plan['assumptions']): Markup {
  return html`<ul>
${items.map(
  ({ message }) => html`<li>${withFactWords(message)}</li>
`,
)}</ul>
`;
}
