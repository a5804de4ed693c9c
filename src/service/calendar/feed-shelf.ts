import type { AuditHead } from '../../store/audit.ts';
import { type Feed, resolveFeed } from '../access/resolve-feed.ts';
import type { Rest } from '../rest.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type FeedContent, feedCalendar, feedDay } from './feed-calendar.ts';

/** A calendar ready to be sent. */
export interface ReadyFeed {
  /** RFC 5545, in UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the bytes, in lower-case hexadecimal. */
  readonly digest: string;
}

/** What a token opened, and its calendar. */
export interface OpenFeed {
  readonly selector: string;
  readonly ready: ReadyFeed;
}

/** What tokens open, as of one end of the audit log: with another one they are all looked up anew. */
interface Opened {
  readonly stand: string;
  /** By a digest of the token. */
  readonly feeds: Map<string, Feed>;
}

interface Shelved {
  /** End of the audit log and day for which it was made: it holds until one of them is another. */
  readonly stand: string;
  readonly feed: Promise<ReadyFeed | null>;
  bytes: number;
}

type Told = Pick<SchedulerContext, 'store' | 'clock' | 'sha256'>;

/** What calendars may take of the memory, together. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_FEEDS = 2000;

/**
 * Calendars of feeds as they were last made, in the memory of one process. Every change of a store adds
 * to its audit log, so the end of the log tells whether a calendar still stands: one that does is
 * sent, or found unchanged, without looking at an episode. Whatever was not asked for longest goes first.
 */
export class FeedShelf {
  readonly #rest: Rest;
  readonly #mostBytes: number;
  /** The longest unasked first. */
  readonly #shelved = new Map<string, Shelved>();
  #bytes = 0;
  #opened: Opened = { stand: '', feeds: new Map() };
  #reading: Promise<AuditHead> | null = null;

  /** `rest` gives others their turn: while a large calendar is made, and before the log is asked. */
  constructor(rest: Rest, mostBytes = MOST_BYTES) {
    this.#rest = rest;
    this.#mostBytes = mostBytes;
  }

  /** The calendar that a token opens now; null: it opens nothing, or its patient is gone. @throws StoreFault */
  async open(
    context: Parameters<typeof resolveFeed>[0] & Told,
    token: string,
  ): Promise<OpenFeed | null> {
    const head = await this.#headNow(context);
    const feed = await this.#resolved(context, token, head);
    const ready = feed === null ? null : await this.#take(context, feed, head);
    return feed === null || ready === null ? null : { selector: feed.selector, ready };
  }

  /** The end of the log, read after whoever waits for it asked, and once for all who ask in one turn. */
  #headNow({ store }: Told): Promise<AuditHead> {
    this.#reading ??= this.#rest().then(() => {
      this.#reading = null;
      return store.auditHead();
    });
    return this.#reading;
  }

  /**
   * Whatever a token opens stands in the store, so it opens the same until the log has another end or
   * its time is over. Only what opened something is kept, and no token itself.
   */
  async #resolved(
    context: Parameters<typeof resolveFeed>[0] & Told,
    token: string,
    { seq, seal }: AuditHead,
  ): Promise<Feed | null> {
    const stand = `${seq} ${seal}`;
    if (this.#opened.stand !== stand) this.#opened = { stand, feeds: new Map() };
    const { feeds } = this.#opened;
    const key = context.sha256(token);
    const known = feeds.get(key);
    if (known !== undefined && context.clock() < known.expiresAt) return known;
    const feed = await resolveFeed(context, token);
    if (feed === null) feeds.delete(key);
    else if (feeds.size < MOST_FEEDS) feeds.set(key, feed);
    return feed;
  }

  /** The calendar of a feed as it stands now; null: its patient is gone. @throws StoreFault */
  async take(context: Told, feed: FeedContent): Promise<ReadyFeed | null> {
    return this.#take(context, feed, await context.store.auditHead());
  }

  async #take(
    context: Told,
    feed: FeedContent,
    { seq, seal }: AuditHead,
  ): Promise<ReadyFeed | null> {
    const today = feedDay(context.clock());
    const stand = `${seq} ${seal} ${today}`;
    const key = keyOf(feed);
    const known = this.#shelved.get(key);
    if (known?.stand === stand) {
      this.#shelved.delete(key);
      this.#shelved.set(key, known);
      return known.feed;
    }
    this.#drop(key);
    const made = { stand, feed: readyFeed(context, feed, { today, rest: this.#rest }), bytes: 0 };
    this.#shelved.set(key, made);
    return this.#settled(key, made);
  }

  /** A fault is not kept; what was made takes its room. */
  async #settled(key: string, made: Shelved): Promise<ReadyFeed | null> {
    let ready: ReadyFeed | null = null;
    try {
      ready = await made.feed;
      return ready;
    } finally {
      if (this.#shelved.get(key) === made) {
        made.bytes = ready?.bytes.length ?? 0;
        this.#bytes += made.bytes;
        if (ready === null) this.#drop(key);
        this.#makeRoom();
      }
    }
  }

  #makeRoom(): void {
    for (const key of this.#shelved.keys()) {
      if (this.#bytes <= this.#mostBytes && this.#shelved.size <= MOST_FEEDS) return;
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#shelved.get(key)?.bytes ?? 0;
    this.#shelved.delete(key);
  }
}

async function readyFeed(
  context: Pick<SchedulerContext, 'store' | 'sha256'>,
  feed: FeedContent,
  how: Parameters<typeof feedCalendar>[2],
): Promise<ReadyFeed | null> {
  const text = await feedCalendar(context, feed, how);
  if (text === null) return null;
  return { bytes: new TextEncoder().encode(text), digest: context.sha256(text) };
}

/** Subscriptions to the same calendar share it. */
function keyOf({ clinic, subject, privacy }: FeedContent): string {
  const whose =
    subject.kind === 'patient'
      ? subject.patientRef
      : subject.kind === 'clinician'
        ? subject.account
        : '';
  return `${clinic}\n${privacy}\n${subject.kind}\n${whose}`;
}
