import { counted } from '../../domain/counted.ts';
import { keyInWords } from '../../domain/visit-words.ts';
import { withDates } from '../../export/html-dates.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { spaced } from '../../export/plan-words.ts';
import type {
  Adoption,
  AdoptionDifference,
  EpisodeAdoption,
  ExamRead,
  VisitTurn,
} from '../../service/clinic/adoption.ts';
import { byUrgency, isUnreadable } from '../../service/clinic/adoption-urgency.ts';
import type { Clinic } from '../../service/store-access.ts';
import { episodePath } from '../paths.ts';

/** A longer table is read by nobody. */
const MOST_ROWS = 200;

/**
 * What another protocol does to a cohort: the totals, then the episodes that do not stay as they are, the
 * urgent first.
 */
export function adoptionMarkup(clinic: Clinic, adoption: Adoption): Markup {
  const told = adoption.episodes.filter(isWorthARow).sort(byUrgency);
  const left = told.length - MOST_ROWS;
  return html`${totals(adoption)}${
    told.length === 0
      ? EMPTY
      : html`<table class="stacks">
<caption>Episodes whose plan does not stay as it is</caption>
<thead><tr><th scope="col">Episode</th><th scope="col">What changes</th></tr></thead>
<tbody>
${told.slice(0, MOST_ROWS).map((each) => episodeRow(clinic, each))}</tbody>
</table>
${
  left <= 0
    ? EMPTY
    : html`<p>${counted(left, 'more episode')} ${left === 1 ? 'does' : 'do'} not stay as ${left === 1 ? 'it is' : 'they are'}. The command line tells every one: <span class="code">cryowatch protocol adopt --dry-run</span>.</p>
`
}`
  }`;
}

function totals({ asOf, already, others, episodes, totals: all }: Adoption): Markup {
  const { adopted, ended } = all.episodes;
  const unreadable = episodes.filter(isUnreadable).length;
  const days = all.daysMoved;
  const rows: readonly (readonly [string, string])[] = [
    ['As of', asOf],
    ['Would change', `${counted(adopted, 'episode')}, ${all.samePlan} with the same plan`],
    ...(unreadable === 0
      ? []
      : [
          [
            'Not to be compared',
            `${counted(unreadable, 'episode')}, whose earlier plan this release cannot read: look at each`,
          ] as const,
        ]),
    ['Follow it already', counted(already, 'episode')],
    ['Of other protocols', `${counted(others, 'episode')}, not looked at`],
    ['Ended', `${counted(ended, 'episode')}, left alone`],
    ['Exams that no longer count', String(all.examsNoLongerCount)],
    ['Exams that count now', String(all.examsCountNow)],
    [
      'Visits',
      `${all.visitsReopened} open again, ${all.visitsSettled} no longer open, ${all.visitsAdded} added, ${all.visitsCancelled} cancelled`,
    ],
    [
      'Visits that move',
      `${all.visitsMoved}${days === null ? '' : `, by ${signed(days.min)} to ${signed(days.max)} days (median ${signed(days.median)})`}`,
    ],
    ['Escalations', `${all.escalationsRaised} raised, ${all.escalationsDropped} dropped`],
    ['Tier and category', `tier of ${all.tierChanges}, category of ${all.categoryChanges}`],
    ['Overdue at once', counted(all.overdueEpisodes, 'episode')],
  ];
  return html`<dl class="facts">
${rows.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
`;
}

function isWorthARow({ outcome, difference }: EpisodeAdoption): boolean {
  if (outcome !== 'adopted') return outcome !== 'ended';
  return difference === null || changes(difference).length > 0;
}

function episodeRow(clinic: Clinic, { episode, outcome, difference }: EpisodeAdoption): Markup {
  const told =
    difference === null
      ? [outcome === 'adopted' ? 'its earlier plan cannot be read by this release' : outcome]
      : changes(difference);
  return html`<tr><th scope="row" class="code"><a href="${episodePath(clinic, episode)}">${episode}</a></th><td class="free" data-label="What changes">${withDates(told.join('; '))}</td></tr>
`;
}

function changes(difference: AdoptionDifference): string[] {
  const { noLongerCount, countNow, reopened, settled, moved, added, cancelled } = difference;
  const { raised, dropped, tier, category, overdue } = difference;
  return [
    ...keys('OVERDUE at once', overdue),
    ...exams('no longer counts', noLongerCount),
    ...exams('counts now', countNow),
    ...turns('is open again', reopened),
    ...turns('is no longer open', settled),
    ...moved.map(({ key, from, to, days }) =>
      days === 0
        ? `${keyInWords(key)} on ${to} gets another window`
        : `${keyInWords(key)} moves from ${from} to ${to} (${signed(days)} days)`,
    ),
    ...keys('added', added),
    ...keys('cancelled', cancelled),
    ...keys('raised', raised),
    ...keys('dropped', dropped),
    ...(tier === null ? [] : [`tier ${tier.to} instead of ${tier.from}`]),
    ...(category === null ? [] : [`category ${category.to} instead of ${category.from}`]),
  ];
}

function keys(what: string, list: readonly string[]): string[] {
  return list.length === 0 ? [] : [`${what}: ${list.map(keyInWords).join(', ')}`];
}

function exams(what: string, list: readonly ExamRead[]): string[] {
  return list.map(({ date }) => `the exam of ${date} ${what}`);
}

function turns(what: string, list: readonly VisitTurn[]): string[] {
  return list.map(
    ({ key, from, to, target }) =>
      `${keyInWords(key)} was ${spaced(from)} and ${what}: ${spaced(to)}, target ${target}`,
  );
}

function signed(days: number): string {
  return days > 0 ? `+${days}` : String(days).replace('-', '−');
}
