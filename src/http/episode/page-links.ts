import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Plan } from '../../plan/plan.ts';
import { may } from '../../service/access/permission.ts';
import { recordableTypes } from '../../service/episode/recordable-types.ts';
import { Fields } from '../fields.ts';
import { clinicPath, withQuery } from '../paths.ts';
import { EVENT_FORMS } from '../record/event-forms.ts';
import { DOWNLOADS } from './downloads.ts';
import { type EpisodeView, isToday, pathOf } from './episode-view.ts';
import { formPath, mayRecord } from './line-acts.ts';

/** Where else one may go from the page of an episode. */
export function pageLinks(view: EpisodeView): Markup {
  const { call, review } = view;
  const allowed = (permission: Parameters<typeof may>[2]) =>
    may(call.caller, call.clinic.id, permission);
  const links: readonly (readonly [string, string])[] = [
    ...(allowed('register') && isToday(view)
      ? [[pathOf(view, 'facts'), 'Change the facts'] as const]
      : []),
    [pathOf(view, 'what-if'), 'What if?'],
    [pathOf(view, 'letters'), 'Letters'],
    ...(allowed('subscribe') ? [[calendarsOf(view), 'Calendars'] as const] : []),
  ];
  return html`<nav aria-label="Episode" class="no-print"><ul class="acts">${links.map(
    ([href, label]) => html`<li><a href="${href}">${label}</a></li>`,
  )}</ul></nav>
${review.plan === null ? EMPTY : everyForm(view, review.plan)}`;
}

function calendarsOf({ call, review }: EpisodeView): string {
  const { patientRef } = review.facts;
  const query = new Fields().with({
    patient: typeof patientRef === 'string' ? patientRef : undefined,
  });
  return withQuery(clinicPath(call.clinic, 'calendars'), query);
}

/** Every kind of event that can be recorded now and that the caller may; what belongs to a line stands at it too. */
function everyForm(view: EpisodeView, plan: Plan): Markup {
  const recordable = recordableTypes(plan);
  const forms = EVENT_FORMS.filter(
    ({ type }) =>
      type !== 'correction' && recordable.has(type) && mayRecord(view, { type, about: {} }),
  );
  if (forms.length === 0 || !isToday(view)) return EMPTY;
  return html`<details class="no-print"><summary>Record something</summary>
<ul class="acts">
${forms.map(
  ({ type, title }) => html`<li><a href="${formPath(view, type)}">${title}</a></li>
`,
)}</ul>
</details>
`;
}

/** The plan as a file. */
export function downloadLinks(view: EpisodeView): Markup {
  const { asOf, plan } = view.review;
  if (plan === null) return EMPTY;
  const query = new Fields().with({ asOf: isToday(view) ? undefined : asOf });
  return html`<section class="no-print">
<h2>Take it along</h2>
<p>This page is made for printing, too. The plan as a file, as of ${asOf}:</p>
<ul class="acts">
${DOWNLOADS.map(
  ({ name, title }) =>
    html`<li><a href="${withQuery(pathOf(view, 'plan', name), query)}" download>${title}</a></li>
`,
)}</ul>
</section>
`;
}
