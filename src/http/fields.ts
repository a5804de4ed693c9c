/** The fields of a form or of a query, as they were typed. */
export class Fields {
  readonly #values: URLSearchParams;

  constructor(values: URLSearchParams = new URLSearchParams()) {
    this.#values = values;
  }

  /** What was typed, without spaces around it; empty where the field is not there. */
  text(name: string): string {
    return (this.#values.get(name) ?? '').trim();
  }

  /** The same, or absent where nothing was typed. */
  optional(name: string): string | undefined {
    return this.text(name) || undefined;
  }

  /** Every value of a field that may be there several times; nothing typed is no value. */
  all(name: string): readonly string[] {
    return this.#values
      .getAll(name)
      .map((value) => value.trim())
      .filter((value) => value !== '');
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Name and value of each field, as they were sent, in their order. */
  entries(): readonly (readonly [string, string])[] {
    return [...this.#values];
  }

  /** The same fields with some of them set anew; undefined takes one away. */
  with(changes: Readonly<Record<string, string | undefined>>): Fields {
    const changed = new URLSearchParams(this.#values);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) changed.delete(name);
      else changed.set(name, value);
    }
    return new Fields(changed);
  }

  /** As a query string, without the question mark. */
  toString(): string {
    return this.#values.toString();
  }
}
