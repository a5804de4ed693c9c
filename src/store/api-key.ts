/** An API key to create: what finds it, and what its secret half is compared with. */
export interface NewApiKey {
  /** The half of the key that finds it; made by chance, unique in the store. */
  readonly selector: string;
  readonly account: number;
  /** A keyed digest of the other half. The service compares; the store keeps no secret. */
  readonly digest: string;
  /** What it is for, in the words of who made it. */
  readonly label: string;
  /** The first moment at which it no longer counts, in milliseconds since 1970-01-01T00:00Z. */
  readonly expiresAt: number;
}

/** An API key as it stands; a revoked or an expired one stays, and counts for nothing. */
export interface ApiKey extends NewApiKey {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly createdBy: string;
  /** Milliseconds since 1970-01-01T00:00Z; null: not revoked. */
  readonly revokedAt: number | null;
}
