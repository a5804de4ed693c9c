import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../src/domain/role.ts';
import { storeHost } from '../src/host/store-host.ts';
import { FeedThrottle } from '../src/http/feed/feed-throttle.ts';
import { nextTurn } from '../src/http/feed/next-turn.ts';
import { jsonLog } from '../src/http/log.ts';
import type { LogOutput } from '../src/http/log-output.ts';
import { Metrics } from '../src/http/metrics.ts';
import { RequestIds } from '../src/http/request-ids.ts';
import { RequestThrottle } from '../src/http/request-throttle.ts';
import type { HttpService } from '../src/http/service.ts';
import { type AccessContext, openAccess } from '../src/service/access/access-context.ts';
import { callerOfAccount } from '../src/service/access/caller-of-account.ts';
import { LoginThrottle } from '../src/service/access/login-throttle.ts';
import type { Caller } from '../src/service/access/permission.ts';
import { SessionBook } from '../src/service/access/sessions.ts';
import { FeedShelf } from '../src/service/calendar/feed-shelf.ts';
import { openFeed } from '../src/service/calendar/open-feed.ts';
import { type Approved, approveProtocol } from '../src/service/clinic/approve-protocol.ts';
import { createClinic } from '../src/service/clinic/create-clinic.ts';
import { registerEpisode } from '../src/service/episode/register-episode.ts';
import { WorklistBook } from '../src/service/night/worklist-book.ts';
import { createContext } from '../src/service/open-context.ts';
import { WholeClinicTurns } from '../src/service/whole-clinic-turns.ts';
import type { Clinic } from '../src/store/clinic.ts';
import { value } from './cohort-store.ts';

/** Noon of the day of the sample clinic. */
const NOON = Date.UTC(2026, 5, 15, 12);
const ROLES: readonly Role[] = ['administrator', 'clinician'];
/** Nobody is slowed down here. */
const NO_LIMIT = { burst: 1e12, perSecond: 1e9 };

/** The service on a store in a file, with an account of an administrator. */
export interface ServedClinic {
  readonly access: AccessContext;
  readonly service: HttpService;
  readonly clinic: Clinic;
  readonly protocol: Approved;
  readonly caller: Caller;
  close(): Promise<void>;
}

/** A clinic without episodes; `output` gets the log. */
export async function servedClinic(output: Pick<LogOutput, 'write'>): Promise<ServedClinic> {
  const folder = mkdtempSync(join(tmpdir(), 'cryowatch-bench-'));
  const began = Date.now();
  const clock = () => NOON + (Date.now() - began);
  const host = storeHost(clock);
  const place = { database: join(folder, 'clinic.db'), key: randomBytes(32), actor: 'bench' };
  await (await createContext(host, place)).store.close();
  const access = await openAccess(host, place);
  const about = { code: 'NORTH', name: 'Clinic North', zone: 'Europe/Berlin' };
  const clinic = value(await createClinic(access, about));
  const protocol = value(
    await approveProtocol(access, {
      clinic,
      protocol: 'staged-risk-adapted',
      clinician: 'Dr. Lee',
    }),
  );
  const service: HttpService = {
    access,
    sessions: new SessionBook({ ...host, clock }),
    throttle: new LoginThrottle(clock),
    worklists: new WorklistBook(),
    feeds: {
      shelf: new FeedShelf(nextTurn),
      throttle: new FeedThrottle(clock, { ofSource: NO_LIMIT, ofFeed: NO_LIMIT }),
    },
    requests: new RequestThrottle(clock, { ofAccount: NO_LIMIT, ofStrangers: NO_LIMIT }),
    turns: new WholeClinicTurns(),
    requestIds: new RequestIds(host.chance),
    log: jsonLog(output, clock),
    metrics: new Metrics(),
    settings: { behindProxy: false, version: 'bench' },
  };
  return {
    access,
    service,
    clinic,
    protocol,
    caller: await administrator(access, clinic),
    close: async () => {
      await access.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function administrator(access: AccessContext, clinic: Clinic): Promise<Caller> {
  const id = access.newId();
  const account = { id, name: 'bench', kind: 'person' as const, displayName: null, password: null };
  const roles = ROLES.map((role) => ({ clinic: clinic.id, role }));
  await access.store.createAccount({ actor: 'bench', at: access.clock() }, { ...account, roles });
  const caller = await callerOfAccount(access, id);
  if (caller === null) throw new Error('the account may not be used');
  return caller;
}

/** The token of a clinic's calendar that holds so many events at least, and their number. */
export async function feedOf(
  { access, service, clinic, caller }: ServedClinic,
  events: number,
): Promise<{ readonly token: string; readonly events: number }> {
  const order = { clinic, caller, subject: { kind: 'clinic' }, privacy: 'minimal' } as const;
  const terms = { label: 'bench', days: 300 };
  const { token } = value(await openFeed(access, { ...order, ...terms }, async () => {}));
  for (let episode = 1; ; episode += 1) {
    const ablation = { date: `2026-0${1 + (episode % 5)}-0${1 + (episode % 9)}` };
    const facts = { id: `EP-${episode}`, laterality: 'left', ablation };
    value(await registerEpisode(access, { clinic, document: { episode: facts, events: [] } }));
    const ready = await service.feeds.shelf.take(access, { ...order, clinic: clinic.id });
    const text = new TextDecoder().decode(ready?.bytes);
    const held = text.split('BEGIN:VEVENT').length - 1;
    if (held >= events) return { token, events: held };
  }
}
