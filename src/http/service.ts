import type { AccessContext } from '../service/access/access-context.ts';
import type { LoginThrottle } from '../service/access/login-throttle.ts';
import type { SessionBook } from '../service/access/sessions.ts';
import type { WorklistBook } from '../service/night/worklist-book.ts';
import type { WholeClinicTurns } from '../service/whole-clinic-turns.ts';
import type { FeedDesk } from './feed/feed-desk.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { RequestIds } from './request-ids.ts';
import type { RequestThrottle } from './request-throttle.ts';

/** What the service is told when it is started. */
export interface HttpSettings {
  /** Where browsers reach it, `https://follow-up.clinic.example`; absent: at the address that it listens on. */
  readonly origin?: string | undefined;
  /** Whether the address of the client is the last one of X-Forwarded-For, as a trusted proxy writes it. */
  readonly behindProxy: boolean;
  readonly version: string;
}

/** What every handler works with; made once, by the composition root. */
export interface HttpService {
  /** Acts as `http`; a call has its own, which acts as whoever asks. */
  readonly access: AccessContext;
  readonly sessions: SessionBook;
  readonly throttle: LoginThrottle;
  /** The worklists of today, kept between requests. */
  readonly worklists: WorklistBook;
  /** Calendars that are subscribed to, kept between requests, and who asks too often. */
  readonly feeds: FeedDesk;
  /** Who asks too often for all else. */
  readonly requests: RequestThrottle;
  /** Work at whole clinics, one at a time; the worklists take theirs there too. */
  readonly turns: WholeClinicTurns;
  readonly requestIds: RequestIds;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: HttpSettings;
}
