/** A number with its noun: `1 day`, `12 days`. For counts, which are never negative. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
