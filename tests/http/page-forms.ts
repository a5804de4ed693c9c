/** A form of a page, as a browser would send it. */
export interface PageForm {
  readonly method: string;
  readonly action: string;
  /** Name and value of each field as the page has it. */
  readonly fields: readonly (readonly [string, string])[];
  /** The names of all fields, those that are not ticked too. */
  readonly names: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

function textOf(html: string): string {
  return html.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

function attribute(tag: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : textOf(value);
}

/** The forms of a page at a path. */
export function formsOf(page: string, path: string): readonly PageForm[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(
    ([, head = '', body = '']) => ({
      method: (attribute(` ${head}`, 'method') ?? 'get').toUpperCase(),
      action: attribute(` ${head}`, 'action') ?? path,
      ...fieldsOf(body),
    }),
  );
}

function fieldsOf(body: string): Pick<PageForm, 'fields' | 'names'> {
  const fields: [string, string][] = [];
  const names: string[] = [];
  const places = body.matchAll(
    /<button\b[^>]*>|<input\b[^>]*>|<select\b[^>]*>[\s\S]*?<\/select>|<textarea\b[^>]*>[\s\S]*?<\/textarea>/g,
  );
  for (const [place] of places) {
    const head = place.slice(0, place.indexOf('>') + 1);
    const name = attribute(head, 'name');
    if (name === undefined) continue;
    // A form is sent by its first button.
    if (head.startsWith('<button')) {
      if (!names.includes(name)) fields.push([name, attribute(head, 'value') ?? '']);
      names.push(name);
      continue;
    }
    names.push(name);
    const value = sentAs(place, head);
    if (value !== undefined) fields.push([name, value]);
  }
  return { fields, names: [...new Set(names)] };
}

function sentAs(place: string, head: string): string | undefined {
  if (place.startsWith('<textarea')) return textOf(place.slice(head.length, -'</textarea>'.length));
  if (place.startsWith('<select')) {
    const options = [...place.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
    const chosen = options.find((tag) => /\sselected\b/.test(tag)) ?? options[0];
    const value = chosen === undefined ? undefined : (attribute(chosen, 'value') ?? '');
    if (value !== '' || !/\saria-required\b/.test(head)) return value;
    // A person has to choose: the first that there is.
    return options.map((tag) => attribute(tag, 'value') ?? '').find((each) => each !== '') ?? '';
  }
  const type = attribute(head, 'type');
  const ticked = /\schecked\b/.test(head);
  if ((type === 'checkbox' || type === 'radio') && !ticked) return undefined;
  return attribute(head, 'value') ?? '';
}
