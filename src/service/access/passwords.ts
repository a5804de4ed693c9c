/** Turns passwords into what may be kept of them. */
export interface Passwords {
  /** A slow, salted hash with its parameters, as text. Two of one password differ. */
  hash(password: string): Promise<string>;
  /** Whether a hash is of this password. A text that is no hash is of none. */
  verify(password: string, encoded: string): Promise<boolean>;
  /** Whether a hash cost less to make than one that is made now: it is time to make it anew. */
  isWeak(encoded: string): boolean;
}
