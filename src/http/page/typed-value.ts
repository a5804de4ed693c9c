/** How a value is typed. `minutes`: one number a cycle; `yes-no`: a choice of two. */
export type TypedKind = 'number' | 'grade' | 'minutes' | 'yes-no' | 'text' | 'day' | 'choice';

/** What was typed as a value of a document. What is wrong stays as it was typed, for the check. */
export function typedValue(kind: TypedKind, text: string): unknown {
  switch (kind) {
    case 'number':
    case 'grade':
      return numberOf(text);
    case 'minutes':
      return text.split(/[\s;/]+/).map((part) => numberOf(part.replace(/,$/, '')));
    case 'yes-no':
      return text === 'yes' || text === 'no' ? text === 'yes' : text;
    default:
      return text;
  }
}

/** What was typed as it was understood; where that is written otherwise, with what was typed: `1.5 (typed: 1,500)`. */
export function understood(kind: TypedKind, text: string): string {
  const value = typedValue(kind, text);
  if (typeof value === 'boolean') return text;
  const shown = Array.isArray(value) ? value.join(' ') : String(value);
  return shown === text ? text : `${shown} (typed: ${text})`;
}

/** 12, 12.5 or 12,5; another text as it is. */
function numberOf(text: string): number | string {
  return /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
}
