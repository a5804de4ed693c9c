import type { Plan } from '../plan/plan.ts';
import type { Note } from '../plan/schedule.ts';
import { rules, sources } from './html-because.ts';
import { planFacts } from './html-facts.ts';
import { escalations, exams, visits } from './html-lines.ts';
import { PAGE_STYLE } from './html-style.ts';
import { TIMELINE_PATTERNS } from './html-timeline.ts';
import { EMPTY, html, Markup } from './markup.ts';

/**
 * A printable page of one episode: valid HTML without scripts or outside resources, readable in black
 * and white, on paper and at 320 px. Escalations first; the windows as bars and in a table; each line
 * with its rule, arithmetic and sources; every text escaped.
 */
export function toHtml(plan: Plan): string {
  const { episode } = plan;
  const title = `Imaging surveillance of episode ${episode.id}, as of ${plan.asOf}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
${TIMELINE_PATTERNS}<header>
<h1>${title}</h1>
${planFacts(plan)}</header>
<main>
${escalations(plan)}${visits(plan)}${exams(plan)}${notes('Warnings', plan.warnings)}${notes('Assumed, because not recorded', plan.assumptions)}${rules(plan)}${sources(plan)}</main>
<footer>
<p>This page applies a protocol that a clinician must have approved. The software reads no images and decides
nothing: it counts dates from the recorded events. Check each line against its rule before acting on it.</p>
<p>Protocol ${plan.protocol.id} ${plan.protocol.version}, as of ${plan.asOf}.</p>
</footer>
</body>
</html>
`.text;
}

function notes(title: string, items: readonly Note[]): Markup {
  if (items.length === 0) return EMPTY;
  return html`<section>
<h2>${title}</h2>
<ul>
${items.map(
  ({ message, event }) => html`<li>${message}${event === undefined ? '' : ` (${event})`}</li>
`,
)}</ul>
</section>
`;
}
