import type { CalendarPrivacy } from '../../src/domain/calendar-privacy.ts';
import { callerOfAccount } from '../../src/service/access/caller-of-account.ts';
import type { Caller } from '../../src/service/access/permission.ts';
import type { SubscriptionWork } from '../../src/service/access/subscription-draft.ts';
import { openFeed } from '../../src/service/calendar/open-feed.ts';
import { ok } from '../cli/clinic-store.ts';
import { type HttpClinic, ORIGIN } from './http-clinic.ts';

/** A subscription that an administrator made, with all roles beside. */
export interface Subscribed {
  readonly token: string;
  readonly selector: string;
  /** Asks for the calendar as a calendar program does. */
  fetch(headers?: Record<string, string>): Promise<Response>;
  /** The text of the calendar; fails for any other answer than 200. */
  text(): Promise<string>;
}

/** What may be said about it beside whose it is. */
export interface SubscribedParts {
  readonly privacy?: CalendarPrivacy | undefined;
  readonly days?: number | undefined;
}

const EVERYTHING = ['administrator', 'clinician'] as const;

/** Subscribes to a calendar of NORTH. */
export async function subscribe(
  http: HttpClinic,
  subject: SubscriptionWork['subject'] | 'mine',
  { privacy = 'minimal', days = 100 }: SubscribedParts = {},
): Promise<Subscribed> {
  const { access, clinic } = http;
  const caller = await subscriber(http);
  const whose = subject === 'mine' ? { kind: 'clinician' as const, account: caller.id } : subject;
  const order = { clinic, subject: whose, privacy, label: 'test', days, caller };
  const { token, subscription } = ok(await openFeed(access, order, async () => {}));
  return { token, selector: subscription.selector, ...feed(http, token) };
}

/** The calendar of a token. */
export function feed(http: HttpClinic, token: string): Pick<Subscribed, 'fetch' | 'text'> {
  const fetch = (headers: Record<string, string> = {}) =>
    http.fetch(new Request(`${ORIGIN}/f/${token}.ics`, { headers }));
  const text = async () => {
    const answer = await fetch();
    if (answer.status !== 200) throw new Error(`${answer.status}`);
    return answer.text();
  };
  return { fetch, text };
}

/** Who subscribes in these tests. */
export async function subscriber(http: HttpClinic): Promise<Caller> {
  await http.as(...EVERYTHING);
  const { store } = http.access;
  const found = await store.findAccount({ name: `tester-${EVERYTHING.join('-')}` });
  const caller = found.outcome === 'ok' ? await callerOfAccount({ store }, found.value.id) : null;
  if (caller === null) throw new Error('the account may not be used');
  return caller;
}
