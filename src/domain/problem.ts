/** A fault of input, as a value: where it is, what was found, what is allowed, how to mend it. */
export interface Problem {
  /** Path inside the document, `events[3].date`; empty for the document as a whole. */
  readonly path: string;
  /** One sentence for a person. */
  readonly message: string;
  /** What stood there, shortened for display. */
  readonly found?: string | undefined;
  /** What may stand there. */
  readonly allowed?: string | undefined;
  /** How to mend it. */
  readonly mend?: string | undefined;
}

/** The outcome of a step that can meet faulty input. Faults are returned, never thrown. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failure<T = never>(...problems: readonly Problem[]): Outcome<T> {
  return { ok: false, problems };
}

const LONGEST_SHOWN = 60;

/** A library caller may hand over what JSON cannot hold: big integers, cycles, functions. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}

/** Shows a found value on one line: strings quoted, long ones cut, control characters escaped. */
export function showFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = jsonOf(value);
  const printable = text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}]/gu,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}`,
  );
  return printable.length > LONGEST_SHOWN ? `${printable.slice(0, LONGEST_SHOWN)}…` : printable;
}
