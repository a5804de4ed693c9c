import { type DestinationStream, pino } from 'pino';
import type { Clock } from '../domain/clock.ts';

/** One line of the log a request. Nothing else is logged of it: no path, query, form, name or address. */
export interface RequestLine {
  readonly requestId: string;
  /** The pattern of the route, `/c/:clinic/worklist`; `none`: no route has this path. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The account's number; null: nobody is signed in. */
  readonly account: number | null;
  /** The store's number of the episode that the path names; null: none, or not one that the account may see. */
  readonly episode: number | null;
}

/**
 * What goes wrong, by its kind (`TypeError`, or of the store `StoreFault:full`) and the place in our code; a
 * message could hold a patient's data.
 */
export interface FaultLine {
  readonly requestId: string;
  readonly kind: string;
  readonly at: readonly string[];
}

export interface Log {
  request(line: RequestLine): void;
  fault(line: FaultLine): void;
  /** The life of the service: `listening`, `stopping`, `stopped`. */
  life(event: string, fields?: Readonly<Record<string, string | number>>): void;
}

/** Logs JSON lines, with the time of a clock. */
export function jsonLog(to: DestinationStream, clock: Clock): Log {
  const logger = pino({ base: null, timestamp: timestamps(clock) }, to);
  return {
    request: (line) => logger.info(line, 'request'),
    fault: (line) => logger.error(line, 'fault'),
    life: (event, fields = {}) => logger.info(fields, event),
  };
}

/** The time of a line as pino writes it; many lines come in one millisecond, and share its text. */
function timestamps(clock: Clock): () => string {
  let at = Number.NaN;
  let text = '';
  return () => {
    const now = clock();
    if (now !== at) {
      at = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}
