import type { Plan } from '../plan/plan.ts';
import type { Note } from '../plan/schedule.ts';
import { rules, sources } from './html-because.ts';
import { escalations, exams, visits } from './html-lines.ts';
import { PAGE_STYLE } from './html-style.ts';
import { TIMELINE_PATTERNS } from './html-timeline.ts';
import { EMPTY, html, Markup } from './markup.ts';
import { breastInWords, categoryInWords, spaced } from './plan-words.ts';

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
${facts(plan)}</header>
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

function facts(plan: Plan): Markup {
  const { episode, protocol, tierFactors, suspendedUntil, horizon } = plan;
  const rows: readonly (readonly [string, string])[] = [
    ...(episode.patientRef === undefined ? [] : [['Patient', episode.patientRef] as const]),
    ['Breast', breastInWords(plan)],
    ['Phase', spaced(plan.phase) + (suspendedUntil === null ? '' : ` until ${suspendedUntil}`)],
    [
      'Ablation',
      plan.ablationDate +
        (plan.course === 1 ? '' : ` (course ${plan.course}; first on ${episode.ablationDate})`),
    ],
    ['Category', categoryInWords(plan)],
    [
      'Risk tier',
      plan.tier + (tierFactors.length === 0 ? '' : `: ${tierFactors.map(spaced).join(', ')}`),
    ],
    ['Protocol', `${protocol.title} (${protocol.id} ${protocol.version})`],
    ...(horizon === null ? [] : [['Staged visits until', horizon] as const]),
  ];
  return html`<dl class="facts">
${rows.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
`;
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
