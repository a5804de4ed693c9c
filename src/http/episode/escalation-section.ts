import { capitalised } from '../../domain/capitalised.ts';
import { escalationInWords, sourceInWords } from '../../domain/escalation-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { actionInWords, escalationStatusInWords, isUnanswered } from '../../export/plan-words.ts';
import type { Plan, PlannedEscalation } from '../../plan/plan.ts';
import type { EpisodeView } from './episode-view.ts';
import { actLinks, actsOfEscalation } from './line-acts.ts';
import { whyThen } from './why-then.ts';

/** The open questions, before everything else. */
export function openEscalations(view: EpisodeView, plan: Plan): Markup {
  const open = plan.escalations.filter(isUnanswered);
  return html`<section>
<h2>Open escalations</h2>
${
  open.length === 0
    ? html`<p>No escalation is open.</p>
`
    : open.map((item) =>
        escalation(
          item,
          plan,
          actLinks(view, escalationInWords(item, plan), actsOfEscalation(item)),
        ),
      )
}</section>
`;
}

/** The questions that were answered or closed; nothing where there is none. */
export function answeredEscalations(plan: Plan): Markup {
  const answered = plan.escalations.filter((item) => !isUnanswered(item));
  if (answered.length === 0) return EMPTY;
  return html`<section>
<h2>Answered escalations</h2>
${answered.map((item) => escalation(item, plan, EMPTY))}</section>
`;
}

/** Escalations of a plan that nobody can act on, unanswered ones first. */
export function supposedEscalations(plan: Plan): Markup {
  const open = plan.escalations.filter(isUnanswered);
  return html`${
    open.length === 0
      ? html`<p>No escalation would be open.</p>
`
      : open.map((item) => escalation(item, plan, EMPTY))
  }`;
}

function escalation(item: PlannedEscalation, plan: Plan, acts: Markup): Markup {
  const { dueBy, conflict, because } = item;
  const words = escalationInWords(item, plan);
  const line = `${actionInWords(item)} by ${dueBy} (${sourceInWords(item, plan)})`;
  return html`<article class="escalation${isUnanswered(item) ? '' : ' answered'}">
<h3>${capitalised(words)}</h3>
<p><span class="state">${escalationStatusInWords(item, plan.asOf)}</span>.</p>
${
  conflict
    ? html`<p><strong>A finding stands beside BI-RADS 1–3: to be confirmed by a radiologist.</strong></p>
`
    : EMPTY
}${acts}${whyThen(line, because, plan)}</article>
`;
}
