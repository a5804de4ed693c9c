import { escapeHtml } from './sanitize.ts';

/** HTML that is safe to put into a page: made by `html` only. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text, which is escaped; markup and lists of it, which are kept. */
export type MarkupPart = string | number | Markup | readonly Markup[];

/** Writes HTML. Every interpolated text is cleaned and escaped, for content and quoted attributes. */
export function html(template: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  let text = template[0] ?? '';
  parts.forEach((part, index) => {
    text += written(part) + (template[index + 1] ?? '');
  });
  return new Markup(text);
}

function written(part: MarkupPart): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}

/** Nothing. */
export const EMPTY = html``;
