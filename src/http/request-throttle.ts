import type { Clock } from '../domain/clock.ts';
import { type Allowance, Buckets } from './buckets.ts';
import type { OpenCall } from './call.ts';

/** A person clicks once in a while; a program that reads all pages of a clinic asks a few times a second. */
const OF_ACCOUNT: Allowance = { burst: 500, perSecond: 20 };
/** The people of a clinic sign in from one network, and then ask under their names. */
const OF_STRANGERS: Allowance = { burst: 300, perSecond: 10 };

/** Whether there is something at the path that takes the method. */
export type Asked = 'route' | 'nothing';

/** How often may be asked. */
export interface RequestAllowances {
  readonly ofAccount?: Allowance | undefined;
  readonly ofStrangers?: Allowance | undefined;
}

/**
 * How often pages and the API may be asked for: by the account, whichever session or key it uses, and of those
 * who are not signed in by their network. What strangers ask for that is not there is counted apart: it keeps
 * nobody from the page to sign in. Calendars have a throttle of their own.
 */
export class RequestThrottle {
  readonly #accounts: Buckets;
  readonly #strangers: Record<Asked, Buckets>;

  constructor(
    clock: Clock,
    { ofAccount = OF_ACCOUNT, ofStrangers = OF_STRANGERS }: RequestAllowances = {},
  ) {
    this.#accounts = new Buckets(clock, ofAccount);
    this.#strangers = {
      route: new Buckets(clock, ofStrangers),
      nothing: new Buckets(clock, ofStrangers),
    };
  }

  /** Counts a request. @returns 0, or the whole seconds to wait before the next */
  take({ caller, source }: Pick<OpenCall, 'caller' | 'source'>, asked: Asked): number {
    if (caller !== null) return this.#accounts.take(String(caller.id));
    return this.#strangers[asked].take(source);
  }
}
