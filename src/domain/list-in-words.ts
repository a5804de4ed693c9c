/** `a, b or c`; the word that joins the last two can be chosen. Empty without an item. */
export function listInWords(items: readonly string[], join: 'and' | 'or' = 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${join} ${items.at(-1)}`;
}
