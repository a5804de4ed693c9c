import { StoreFault } from '../service/store-access.ts';
import { type Answer, withHeaders } from './answer.ts';
import { faultOf } from './fault-of.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { HttpService } from './service.ts';

/** What the log tells of a request. */
export interface Framed {
  /** The pattern of the route. */
  readonly route: string;
  readonly method: string;
  /** The account that asks, once it is known. */
  account: number | null;
  /** The store's number of the episode that is looked at or changed, once it is found. */
  episode: number | null;
}

/** What stands around every answer: a fault becomes a refusal, then come headers, log and figures. */
export async function inFrame(
  service: HttpService,
  framed: Framed,
  work: () => Promise<Answer>,
  refusal: (status: 500 | 503) => Answer,
): Promise<Answer> {
  const started = service.access.clock();
  const requestId = service.requestIds.next();
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    service.log.fault({ requestId, ...faultOf(error) });
    answer = refusal(error instanceof StoreFault ? 503 : 500);
  }
  const { route, method, episode } = framed;
  const account = answer.signedIn ?? framed.account;
  const milliseconds = service.access.clock() - started;
  const line = { requestId, route, method, status: answer.status, milliseconds, account, episode };
  service.log.request(line);
  service.metrics.request(line);
  return withHeaders(answer, { ...SECURITY_HEADERS, 'X-Request-Id': requestId });
}
