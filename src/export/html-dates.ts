import { html, type Markup } from './markup.ts';

const DATE = /(\d{4}-\d{2}-\d{2})/;

/** A text whose ISO dates are not broken at their hyphens. */
export function withDates(text: string): Markup {
  const parts = text.split(DATE);
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<span class="date">${part}</span>` : html`${part}`,
  )}`;
}
