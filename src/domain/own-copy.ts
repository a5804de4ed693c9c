/**
 * The same text, with its own memory. A part of a text that was cut out of a long one keeps all of that in
 * memory: what is kept for long of a form or a header is such a copy.
 */
export function ownCopy(text: string): string {
  return text.split('').join('');
}
