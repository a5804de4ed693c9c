const KEY_BYTES = 32;

/**
 * The key of a store's audit log from the text of its key file: 64 or more hexadecimal digits.
 * `undefined` for any other text, which is never told in a fault.
 */
export function readAuditKey(text: string): Uint8Array | undefined {
  const digits = text.trim();
  const pairs = /^(?:[0-9a-f]{2})+$/i.test(digits) ? (digits.match(/../g) ?? []) : [];
  if (pairs.length < KEY_BYTES) return undefined;
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
