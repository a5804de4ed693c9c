/** Reads `ID` or `ID@VERSION`. */
export function versionedProtocol(text: string): {
  readonly id: string;
  readonly version?: string;
} {
  const at = text.lastIndexOf('@');
  return at <= 0 ? { id: text } : { id: text.slice(0, at), version: text.slice(at + 1) };
}
