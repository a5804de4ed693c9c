/** A text that begins with a capital: what stands within sentences elsewhere, as a heading or at the head of one. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
