/** A form of a page as a browser would send it: where to, and its fields. */
export interface ReadForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Text of HTML as a reader sees it. */
export function plainText(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? '');
}

/** The first form of a page whose address ends in `to`. Buttons are sent only where somebody presses them. */
export function readForm(page: string, to: string): ReadForm {
  for (const [, head = '', body = ''] of page.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = plainText(/action="([^"]*)"/.exec(head)?.[1] ?? '');
    if (action.endsWith(to)) return { action, fields: Object.fromEntries(fieldsOf(body)) };
  }
  throw new Error(`the page has no form to …${to}`);
}

function fieldsOf(body: string): Map<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [, tag = ''] of body.matchAll(/<input([^>]*)>/g)) {
    const isTick = tag.includes('type="checkbox"');
    if (isTick && !tag.includes(' checked')) continue;
    add(fields, attribute(tag, 'name'), attribute(tag, 'value'));
  }
  for (const [, tag = '', text = ''] of body.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs)) {
    add(fields, attribute(tag, 'name'), plainText(text));
  }
  for (const [, tag = '', options = ''] of body.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options) ?? /value="([^"]*)"/.exec(options);
    add(fields, attribute(tag, 'name'), plainText(chosen?.[1] ?? ''));
  }
  return fields;
}

function add(fields: Map<string, string | string[]>, name: string, value: string): void {
  const before = fields.get(name);
  fields.set(name, before === undefined ? value : [before, value].flat());
}

function attribute(tag: string, name: string): string {
  return plainText(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}
