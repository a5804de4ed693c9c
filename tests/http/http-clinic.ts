import { join } from 'node:path';
import type { Role } from '../../src/domain/role.ts';
import { storeHost } from '../../src/host/store-host.ts';
import { createApp } from '../../src/http/app.ts';
import { newFeedDesk } from '../../src/http/feed/feed-desk.ts';
import { jsonLog } from '../../src/http/log.ts';
import { Metrics } from '../../src/http/metrics.ts';
import { RequestIds } from '../../src/http/request-ids.ts';
import { type RequestAllowances, RequestThrottle } from '../../src/http/request-throttle.ts';
import type { Route } from '../../src/http/route.ts';
import type { HttpService } from '../../src/http/service.ts';
import { SESSION_COOKIE } from '../../src/http/session-cookie.ts';
import { type AccessContext, openAccess } from '../../src/service/access/access-context.ts';
import { LoginThrottle } from '../../src/service/access/login-throttle.ts';
import { SessionBook } from '../../src/service/access/sessions.ts';
import { createClinic } from '../../src/service/clinic/create-clinic.ts';
import { WorklistBook } from '../../src/service/night/worklist-book.ts';
import { createContext } from '../../src/service/open-context.ts';
import type { Clinic } from '../../src/service/store-access.ts';
import { WholeClinicTurns } from '../../src/service/whole-clinic-turns.ts';
import { ok } from '../cli/clinic-store.ts';
import { tempFolder } from '../store/temp-stores.ts';
import { addSampleClinic } from './sample-clinic.ts';

/** The day of the sample clinic, 15 June 2026, at noon UTC. */
export const SAMPLE_DAY = Date.UTC(2026, 5, 15, 12);
/** Where browsers reach the service in these tests. */
export const ORIGIN = 'http://cryowatch.test';

const KEY = new Uint8Array(32).fill(7);

/** Somebody with a browser: keeps its cookie, and sends forms as a browser does. */
export interface Browser {
  /** Its cookie, as it sends it; empty: it has none. */
  cookie(): string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form; a field with several values is a list. */
  post(
    path: string,
    fields?: Readonly<Record<string, string | readonly string[]>>,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export interface HttpClinic {
  /** NORTH in Europe/Berlin: the 40 episodes of the sample, or none. */
  readonly clinic: Clinic;
  /** SOUTH, with no episode; nobody has a role there but whom a test gives one. */
  readonly other: Clinic;
  /** Works with the store as `tester`. */
  readonly access: AccessContext;
  readonly service: HttpService;
  /** The lines of the log. */
  readonly log: string[];
  /** Sends a request to the app as it is, without a browser. */
  fetch(request: Request): Promise<Response>;
  /** A browser that nobody has signed in. */
  visitor(): Browser;
  /** A browser in which somebody with these roles in NORTH is signed in. The same roles: the same account. */
  as(...roles: readonly Role[]): Promise<Browser>;
  /** Sets the clock on. */
  pass(milliseconds: number): void;
}

/** What a clinic for tests is made of. */
export interface HttpClinicParts {
  /** False: a clinic without episodes. */
  readonly sample?: boolean | undefined;
  /** Routes instead of all. */
  readonly routes?: readonly Route[] | undefined;
  readonly now?: number | undefined;
  /** How often may be asked; absent: as in the service. */
  readonly requests?: RequestAllowances | undefined;
}

/** The service on a store in a file, with a clock that a test sets. */
export async function httpClinic({
  sample = true,
  routes,
  now: start = SAMPLE_DAY,
  requests,
}: HttpClinicParts = {}): Promise<HttpClinic> {
  let now = start;
  const clock = () => now;
  const host = storeHost(clock);
  const access = { database: join(tempFolder(), 'clinic.db'), key: KEY, actor: 'tester' };
  await (await createContext(host, access)).store.close();
  const context = await openAccess(host, access);
  const clinic = await addSampleClinic(context, { episodes: sample });
  const other = ok(
    await createClinic(context, {
      code: 'SOUTH',
      name: 'Breast clinic South',
      zone: 'Europe/Berlin',
    }),
  );
  const log: string[] = [];
  const { chance, sha256 } = host;
  const turns = new WholeClinicTurns();
  const service: HttpService = {
    access: context,
    sessions: new SessionBook({ clock, chance, sha256 }),
    throttle: new LoginThrottle(clock),
    worklists: new WorklistBook(undefined, turns),
    feeds: newFeedDesk(clock),
    requests: new RequestThrottle(clock, requests),
    turns,
    requestIds: new RequestIds(chance),
    log: jsonLog({ write: (line) => void log.push(line) }, clock),
    metrics: new Metrics(),
    settings: { origin: ORIGIN, behindProxy: false, version: '0.0.0-test' },
  };
  const app = createApp(service, routes);
  const fetch = (request: Request) => app.answer(request, '192.0.2.1');
  const known = new Map<string, number>();
  return {
    clinic,
    other,
    access: context,
    service,
    log,
    fetch,
    visitor: () => browser(fetch),
    as: async (...roles) => {
      const name = `tester-${roles.join('-') || 'nobody'}`;
      const id = known.get(name) ?? (await addAccount(context, clinic, name, roles));
      known.set(name, id);
      const found = await context.store.findAccount({ id });
      if (found.outcome !== 'ok') throw new Error('the account is gone');
      const token = service.sessions.start({
        id,
        credentialsVersion: found.value.credentialsVersion,
      });
      return browser(fetch, `${SESSION_COOKIE}=${token}`);
    },
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

async function addAccount(
  context: AccessContext,
  clinic: Clinic,
  name: string,
  roles: readonly Role[],
): Promise<number> {
  const id = context.newId();
  const made = await context.store.createAccount(
    { actor: 'tester', at: context.clock() },
    {
      id,
      name,
      kind: 'person',
      displayName: null,
      password: null,
      roles: roles.map((role) => ({ clinic: clinic.id, role })),
    },
  );
  if (made.outcome !== 'ok') throw new Error(JSON.stringify(made));
  return id;
}

function browser(fetch: HttpClinic['fetch'], cookie = ''): Browser {
  let jar = cookie;
  const send = async (request: Request) => {
    if (jar !== '') request.headers.set('Cookie', jar);
    const answer = await fetch(request);
    const set = answer.headers.get('Set-Cookie');
    if (set !== null) jar = /Max-Age=0/.test(set) ? '' : (set.split(';')[0] ?? '');
    return answer;
  };
  return {
    cookie: () => jar,
    get: (path, headers = {}) => send(new Request(`${ORIGIN}${path}`, { headers })),
    post: (path, fields = {}, headers = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) {
        for (const each of typeof value === 'string' ? [value] : value) body.append(name, each);
      }
      const own = { 'Sec-Fetch-Site': 'same-origin', ...headers };
      return send(new Request(`${ORIGIN}${path}`, { method: 'POST', headers: own, body }));
    },
  };
}
