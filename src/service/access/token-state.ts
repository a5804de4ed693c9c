/** Whether a key or a subscription opens anything; only an `active` one does. */
export type TokenState = 'active' | 'revoked' | 'expired';

/** The state at an instant; from `expiresAt` on it is expired. */
export function stateOf(
  { revokedAt, expiresAt }: { readonly revokedAt: number | null; readonly expiresAt: number },
  now: number,
): TokenState {
  if (revokedAt !== null) return 'revoked';
  return now >= expiresAt ? 'expired' : 'active';
}
