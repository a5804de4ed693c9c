import { escalationInWords } from '../../domain/escalation-words.ts';
import { eventTypeInWords } from '../../domain/event-type-words.ts';
import { keyInWords } from '../../domain/visit-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { EpisodeReview, HistoryEntry } from '../../service/episode/review-episode.ts';
import type { EpisodeView } from './episode-view.ts';
import { eventInWords } from './event-words.ts';
import { actLinks, actsOfEvent } from './line-acts.ts';

/** Every event with who recorded it and when; what was taken back is struck through, and says so. */
export function historySection(view: EpisodeView): Markup {
  const { history, later, protocol } = view.review;
  const { review } = view;
  const { acknowledgements } = review;
  return html`<section>
<h2>History</h2>
<p>Version ${view.review.version} of the episode follows protocol ${protocol.id} ${protocol.version} <span class="dim">(document ${protocol.hash.slice(0, 12)})</span>.${later === 0 ? '' : ` ${later} recorded event${later === 1 ? ' is' : 's are'} dated later and not shown.`}</p>
${
  history.length === 0
    ? html`<p>No event is recorded.</p>
`
    : table(view)
}${
  acknowledgements.length === 0
    ? EMPTY
    : html`<h3>Acknowledged</h3>
<ul>
${acknowledgements.map(
  ({ escalations, reason, recordedBy, recordedAt, version }) =>
    html`<li>Left unanswered: ${escalations.map((key) => leftInWords(key, review)).join('; ')}. Reason: ${reason}. By ${recordedBy}, ${time(recordedAt)}, version ${version}.</li>
`,
)}</ul>
`
}</section>
`;
}

/** An escalation that was left open: what it asked for, where the plan still has it. */
function leftInWords(key: string, { plan }: EpisodeReview): string {
  const escalation = plan?.escalations.find((each) => each.key === key);
  return plan === null || escalation === undefined
    ? keyInWords(key)
    : escalationInWords(escalation, plan);
}

function table(view: EpisodeView): Markup {
  const rows = view.review.history.map((entry) => ({ entry, acts: actsOf(entry, view) }));
  // A column in which nobody may do anything is none.
  const isActed = rows.some(({ acts }) => acts !== EMPTY);
  return html`<table class="stacks">
<caption>In the order of recording; nothing is ever changed, a mistake is taken back by a correction</caption>
<thead><tr><th scope="col">Event</th><th scope="col">Date</th><th scope="col">What</th><th scope="col">Recorded</th>${isActed ? html`<th scope="col" class="no-print">Mend</th>` : EMPTY}</tr></thead>
<tbody>
${rows.map(({ entry, acts }) => row(entry, view, isActed ? html`<td class="no-print" data-label="Mend">${acts}</td>` : EMPTY))}</tbody>
</table>
`;
}

function actsOf({ event, takenBackBy }: HistoryEntry, view: EpisodeView): Markup {
  return takenBackBy === null
    ? actLinks(view, `${eventTypeInWords(event.type)} of ${event.date}`, actsOfEvent(event.id))
    : EMPTY;
}

function row(entry: HistoryEntry, view: EpisodeView, acts: Markup): Markup {
  const { event, recordedBy, recordedAt, version, takenBackBy } = entry;
  const { id, type, date } = event;
  const struck = (text: string) =>
    takenBackBy === null ? html`${text}` : html`<del>${text}</del>`;
  return html`<tr><th scope="row" class="free">${struck(`${eventTypeInWords(type)} ${id}`)}</th><td class="date" data-label="Date">${struck(date)}</td><td class="free" data-label="What">${struck(eventInWords(event, view.call.clinic.zone) || 'nothing more')}${takenBackBy === null ? EMPTY : html`<br><strong>Taken back by ${takenBackBy}${reasonOf(takenBackBy, view)}</strong>`}</td><td class="free" data-label="Recorded">${recordedBy}<br><span class="dim"><span class="date">${time(recordedAt)}</span>, version ${version}</span></td>${acts}</tr>
`;
}

function reasonOf(correction: string, { review }: EpisodeView): string {
  const found = review.history.find(({ event }) => event.id === correction)?.event.reason;
  return typeof found === 'string' ? `: ${found}` : '';
}

/** `2026-06-15 12:00 UTC`, to the minute. */
function time(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
