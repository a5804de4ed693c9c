import { type Letter, writeLetter } from './letter.ts';
import { html, type Markup } from './markup.ts';

/**
 * A letter as it is printed: a line for the patient's name, which is written by hand, the clinic, the
 * day, the text in its own language. `heading`: the level of its subject in the page around it.
 */
export function letterArticle(letter: Letter, heading: 1 | 2): Markup {
  const { words, date, subject, paragraphs } = writeLetter(letter);
  const title = heading === 1 ? html`<h1>${subject}</h1>` : html`<h2>${subject}</h2>`;
  return html`<article class="letter" lang="${letter.language}">
<p class="sender">${letter.clinic}</p>
<p class="recipient">${words.recipient} <span class="by-hand"></span><span class="by-hand"></span><span class="by-hand"></span></p>
<p class="day">${date}</p>
${title}
<p>${words.greeting}</p>
${paragraphs.map(
  (paragraph) => html`<p>${paragraph}</p>
`,
)}<p>${words.farewell}</p>
<p>${letter.clinic}</p>
<p class="contact">${words.contact} <span class="by-hand"></span></p>
</article>
`;
}
