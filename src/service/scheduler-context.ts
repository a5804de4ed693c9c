import type { Clock } from '../domain/clock.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import type { Act } from '../store/act.ts';
import type { Store } from '../store/store.ts';

/** What use cases over a store are handed by the composition root. */
export interface SchedulerContext {
  readonly store: Store;
  readonly clock: Clock;
  /** Makes a number that no clinic and no episode has: a safe integer, rising with time. */
  readonly newId: () => number;
  /** Who acts, as the audit log names it: a user id, `nightly`. Never a patient. */
  readonly actor: string;
  /** HMAC-SHA256 of a text, in lower-case hexadecimal. */
  readonly hmac: (key: string, text: string) => string;
  /** SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  /** Protocols that were loaded, by the hash of their document. */
  readonly protocols: Map<string, Protocol>;
}

/** The act that is recorded now. */
export function actNow({ actor, clock }: SchedulerContext): Act {
  return { actor, at: clock() };
}
