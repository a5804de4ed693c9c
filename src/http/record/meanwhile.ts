import { eventTypeInWords } from '../../domain/event-type-words.ts';
import { html, type Markup } from '../../export/markup.ts';
import type { ChangedMeanwhile } from '../../service/episode/changed-meanwhile.ts';

/** What was recorded since the form was shown, for somebody whose own words are still in it. */
export function meanwhileMarkup(
  { events, factsBefore, factsNow }: ChangedMeanwhile,
  self: string,
): Markup {
  const facts = JSON.stringify(factsBefore) !== JSON.stringify(factsNow);
  return html`<section class="alarm" role="alert"><h2>The episode was changed meanwhile</h2>
<p>Nothing of yours is recorded, and nothing is lost: what you typed stands below. Look at what was changed, and check yours again.</p>
<ul>
${events.map(
  ({ id, type, date, recordedBy }) =>
    html`<li>${eventTypeInWords(type)} ${id} of <span class="date">${date}</span>, recorded by ${recordedBy === self ? 'you' : recordedBy}</li>
`,
)}${
  facts
    ? html`<li>The facts of the episode were changed.</li>
`
    : html``
}${
  events.length === 0 && !facts
    ? html`<li>The episode follows another protocol version.</li>
`
    : html``
}</ul>
</section>
`;
}
