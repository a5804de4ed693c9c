import type { AblationFacts } from '../../domain/ablation.ts';
import { technicalMinimum } from '../../export/html-technical-minimum.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Plan } from '../../plan/plan.ts';
import { may } from '../../service/access/permission.ts';
import { Fields } from '../fields.ts';
import { withFactWords } from '../register/fact-words.ts';
import { factTexts } from '../register/facts-document.ts';
import { typedFacts } from '../register/facts-form.ts';
import { type EpisodeView, isToday, pathOf } from './episode-view.ts';

/** What is recorded of tumor and ablation, what is only assumed, and where it is completed. */
export function factsSection(view: EpisodeView): Markup {
  const { call, review } = view;
  const texts = new Fields(new URLSearchParams(factTexts(review.facts)));
  const mayEdit = may(call.caller, call.clinic.id, 'register') && isToday(view);
  const edit = mayEdit
    ? html`<p class="no-print"><a href="${pathOf(view, 'facts')}">Complete or change the facts</a></p>
`
    : EMPTY;
  return html`<section>
<h2>Facts</h2>
${missing(review.plan)}${edit}${typedFacts(texts)}<details class="whole"><summary>Technical minimum of the ablation</summary>
${technicalMinimum(review.facts.ablation as AblationFacts)}</details>
</section>
`;
}

function missing(plan: Plan | null): Markup {
  if (plan === null) return EMPTY;
  const { assumptions } = plan;
  if (assumptions.length === 0) {
    return html`<p>Nothing is missing that could change the plan.</p>
`;
  }
  return html`<div class="panel">
<h3>Assumed, because not recorded</h3>
<ul>
${assumptions.map(
  ({ message }) => html`<li>${withFactWords(message)}</li>
`,
)}</ul>
</div>
`;
}
