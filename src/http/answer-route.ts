import { compareTexts } from '../domain/compare-texts.ts';
import { may } from '../service/access/permission.ts';
import type { Clinic } from '../service/store-access.ts';
import type { Answer } from './answer.ts';
import type { OpenCall } from './call.ts';
import { callerOf } from './caller-of.ts';
import { Fields } from './fields.ts';
import { type Framed, inFrame } from './frame.ts';
import { comesFromUs, ownOrigins } from './origin-check.ts';
import { readBody } from './read-body.ts';
import { refuse, slowDown } from './refuse.ts';
import type { Asked } from './request-throttle.ts';
import type { Route } from './route.ts';
import type { HttpService } from './service.ts';

/** A request as the router hands it over. */
export interface Arrival {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  /** The address of the client. */
  readonly source: string;
}

/** What is told of a request while it is answered: for the log, and for the page of a fault. */
interface Seen {
  readonly line: Framed;
  /** Takes the request once its body is read. */
  readonly read: (whole: OpenCall) => void;
}

type Work = (call: OpenCall, seen: Seen) => Promise<Answer>;

/** Answers one request: who asks, may they, then the handler; then headers, log and figures. */
export function answerRoute(service: HttpService, route: Route, arrival: Arrival): Promise<Answer> {
  const work: Work = (call, seen) => admitted(call, route, seen);
  return framed(service, { ...route, asked: 'route' }, arrival, work);
}

/** Answers a request that has no route: its body is not read, and nothing is asked of it. */
export function answerUnrouted(
  service: HttpService,
  route: Pick<Route, 'path' | 'door'>,
  arrival: Arrival,
  refusal: (call: OpenCall) => Answer,
): Promise<Answer> {
  return framed(service, { ...route, asked: 'nothing' }, arrival, async (call) => refusal(call));
}

function framed(
  service: HttpService,
  { path, door, asked }: Pick<Route, 'path' | 'door'> & { readonly asked: Asked },
  arrival: Arrival,
  answerOf: Work,
): Promise<Answer> {
  let call = unread(service, arrival);
  const line: Framed = {
    route: path,
    method: arrival.request.method,
    account: null,
    episode: null,
  };
  const seen: Seen = {
    line,
    read: (whole) => {
      call = whole;
    },
  };
  const work = async () => {
    call = { ...call, caller: await callerOf(call, door) };
    line.account = call.caller?.id ?? null;
    // Calendars have a throttle of their own; style and health cost nothing, and are needed just then.
    const wait = door === 'bare' ? 0 : service.requests.take(call, asked);
    return wait > 0 ? slowDown(call, door, wait) : answerOf(call, seen);
  };
  return inFrame(service, line, work, (status) => refuse(call, door, status));
}

function unread(service: HttpService, { request, params, source }: Arrival): OpenCall {
  const url = new URL(request.url);
  return { service, request, url, params, body: '', fields: new Fields(), caller: null, source };
}

/** The checks in their order: origin, body, account, clinic, permission. The first that fails answers. */
async function admitted(call: OpenCall, route: Route, { line, read: seen }: Seen): Promise<Answer> {
  const { request } = call;
  const byKey = route.door === 'api' && request.headers.has('Authorization');
  if (!byKey && !comesFromUs(request, ownOrigins(call))) return refuse(call, route.door, 403);
  // A document of the API is long: nobody's is not taken in. A form is, for whoever has to sign in anew.
  if (route.door === 'api' && route.needs !== 'nothing' && call.caller === null)
    return refuse(call, route.door, 401);
  const read = await readBody(request, route.body ?? (route.door === 'api' ? 'api' : 'form'));
  if (!read.ok) return refuse(call, route.door, read.status);
  const fields = route.door === 'api' ? call.fields : new Fields(new URLSearchParams(read.text));
  const whole = { ...call, body: read.text, fields };
  seen(whole);
  return toHandler(whole, route, line);
}

async function toHandler(call: OpenCall, route: Route, line: Framed): Promise<Answer> {
  if (route.needs === 'nothing') return route.handle(call);
  const { caller, service } = call;
  if (caller === null) return refuse(call, route.door, 401);
  const context = { ...service.access, actor: caller.name };
  const clinics = (await context.store.listClinics())
    .filter(({ id }) => caller.roles.has(id))
    .sort((a, b) => compareTexts(a.code, b.code));
  const account = { ...call, caller, context, clinics };
  if (route.needs === 'account') return route.handle(account);
  const clinic = clinics.find(({ code }) => code === call.params.clinic);
  // A clinic in which somebody has no part looks like one that is not there.
  if (clinic === undefined) return refuse(call, route.door, 404);
  if (!may(caller, clinic.id, route.needs)) return refuse(call, route.door, 403);
  line.episode = await numberOfEpisode(service, clinic, call.params.episode);
  return route.handle({ ...account, clinic });
}

/** Who looked at a patient's record must be told later: the log names it by its number alone. */
async function numberOfEpisode(
  { access: { store } }: HttpService,
  clinic: Clinic,
  externalId: string | undefined,
): Promise<number | null> {
  if (externalId === undefined) return null;
  const [found] = await store.findEpisodes(clinic.id, { externalId });
  return found?.id ?? null;
}
