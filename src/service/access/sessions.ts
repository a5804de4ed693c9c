import type { Clock } from '../../domain/clock.ts';
import type { Caller } from './permission.ts';
import { base64Url } from './tokens.ts';

/** A signed-in browser. */
export interface Session {
  /** Number of the account. */
  readonly account: number;
  /** The account's credentials at the sign-in: at another version the session is of no use. */
  readonly credentialsVersion: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly began: number;
}

interface Kept extends Session {
  seen: number;
}

/** A session ends so long after the last request. */
const IDLE_MS = 15 * 60_000;
/** And so long after the sign-in, whatever happens. */
const ABSOLUTE_MS = 12 * 60 * 60_000;
const TOKEN_BYTES = 32;
const MOST_SESSIONS = 10_000;
const MOST_OF_AN_ACCOUNT = 10;

/** What a book of sessions is handed. */
export interface SessionSources {
  readonly clock: Clock;
  readonly chance: (bytes: number) => Uint8Array;
  readonly sha256: (text: string) => string;
  /** So many are kept; then the longest idle one ends. */
  readonly most?: number | undefined;
}

/**
 * The sessions of one process, in its memory: a restart signs everyone out. A token has 256 bits of
 * chance and is made anew at each sign-in; only its SHA-256 is kept, so that memory that leaks is of no use.
 */
export class SessionBook {
  readonly #sources: SessionSources;
  /** By the digest of the token, the longest idle first. */
  readonly #sessions = new Map<string, Kept>();
  /** The accounts of sessions that ended, by the digest of the token, the longest ended first. */
  readonly #ended = new Map<string, number>();

  constructor(sources: SessionSources) {
    this.#sources = sources;
  }

  /** Starts a session of whoever signed in. @returns its token, in Base64 for URLs */
  start({ id: account, credentialsVersion }: Pick<Caller, 'id' | 'credentialsVersion'>): string {
    const { clock, chance, sha256, most = MOST_SESSIONS } = this.#sources;
    const now = clock();
    this.#dropEnded(now);
    this.#makeRoom(MOST_OF_AN_ACCOUNT, (session) => session.account === account);
    this.#makeRoom(most, () => true);
    const token = base64Url(chance(TOKEN_BYTES));
    this.#sessions.set(sha256(token), { account, credentialsVersion, began: now, seen: now });
    return token;
  }

  /** The session of a token, which stays awake by this; null: there is none, or it has ended. */
  touch(token: string): Session | null {
    const { clock, sha256 } = this.#sources;
    const digest = sha256(token);
    const session = this.#sessions.get(digest);
    if (session === undefined) return null;
    const now = clock();
    if (hasEnded(session, now)) {
      this.#drop(digest);
      return null;
    }
    this.#sessions.delete(digest);
    session.seen = now;
    this.#sessions.set(digest, session);
    return session;
  }

  end(token: string): void {
    this.#drop(this.#sources.sha256(token));
  }

  /** The number of the account whose session a token is or was; null: not known, or not any more. */
  ownerOf(token: string): number | null {
    const digest = this.#sources.sha256(token);
    return this.#sessions.get(digest)?.account ?? this.#ended.get(digest) ?? null;
  }

  endAllOf(account: number): void {
    for (const [digest, session] of this.#sessions) {
      if (session.account === account) this.#drop(digest);
    }
  }

  #drop(digest: string): void {
    const session = this.#sessions.get(digest);
    if (session === undefined) return;
    this.#sessions.delete(digest);
    this.#ended.set(digest, session.account);
    const [oldest] = this.#ended.keys();
    const { most = MOST_SESSIONS } = this.#sources;
    if (oldest !== undefined && this.#ended.size > most) this.#ended.delete(oldest);
  }

  #dropEnded(now: number): void {
    for (const [digest, session] of this.#sessions) {
      if (hasEnded(session, now)) this.#drop(digest);
    }
  }

  #makeRoom(most: number, counts: (session: Session) => boolean): void {
    const digests = [...this.#sessions].filter(([, session]) => counts(session));
    const spare = Math.max(0, digests.length - most + 1);
    for (const [digest] of digests.slice(0, spare)) this.#drop(digest);
  }
}

/** Where the clock was set back by more than the time of a session, it ends too. */
function hasEnded({ seen, began }: Kept, now: number): boolean {
  return Math.abs(now - seen) >= IDLE_MS || now - began >= ABSOLUTE_MS;
}
