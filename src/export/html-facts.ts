import type { Plan } from '../plan/plan.ts';
import { html, type Markup } from './markup.ts';
import { breastInWords, categoryInWords, spaced } from './plan-words.ts';

/** What is to be known of an episode before its lines are read. */
export function planFacts(plan: Plan): Markup {
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
