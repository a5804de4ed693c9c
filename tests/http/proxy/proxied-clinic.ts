import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Started, startService } from '../../../src/host/start-service.ts';
import { storeHost } from '../../../src/host/store-host.ts';
import { type AccessContext, openAccess } from '../../../src/service/access/access-context.ts';
import { issueApiKey } from '../../../src/service/access/api-keys.ts';
import { callerOfAccount } from '../../../src/service/access/caller-of-account.ts';
import { createAccount } from '../../../src/service/access/create-account.ts';
import { openFeed } from '../../../src/service/calendar/open-feed.ts';
import { approvedProtocol } from '../../../src/service/clinic/approved-protocol.ts';
import type { CohortRow } from '../../../src/service/cohort/cohort-rows.ts';
import { importCohort } from '../../../src/service/cohort/import-cohort.ts';
import { createContext } from '../../../src/service/open-context.ts';
import type { Clinic } from '../../../src/service/store-access.ts';
import { ok } from '../../cli/clinic-store.ts';
import { SAMPLE_DAY } from '../http-clinic.ts';
import { addSampleClinic } from '../sample-clinic.ts';
import {
  certificateIn,
  freePorts,
  NAME,
  type RunningProxy,
  runProxy,
  type TlsProxy,
} from './proxies.ts';

/** What a browser has in its address line. */
export const ORIGIN = `https://${NAME}`;
export const ACCOUNT = { name: 'k.berg', password: 'lantern gravel otter velvet' } as const;

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  /** Names in small letters; several of one name stand behind each other. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** What is sent. */
export interface Asking {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Address of loopback that it comes from. */
  readonly from?: string | undefined;
  /** It waits so long before it reads the answer. Milliseconds. */
  readonly readsAfter?: number | undefined;
}

/** The sample clinic behind a proxy, both on loopback. */
export interface ProxiedClinic {
  readonly access: AccessContext;
  readonly service: Extract<Started, { ok: true }>;
  readonly proxy: RunningProxy;
  readonly folder: string;
  readonly httpsPort: number;
  readonly certificate: string;
  /** Token of a calendar of the whole clinic. */
  readonly token: string;
  /** Of a machine that may register episodes. */
  readonly apiKey: string;
  /** The service's own log. */
  readonly log: readonly string[];
  /** Settles when a password is next looked at, which takes a while. */
  nextPassword(): Promise<void>;
  /** Asks through the proxy, over TLS. */
  ask(path: string, asking?: Asking): Promise<Reply>;
  /** Asks the proxy without TLS. */
  askPlain(path: string): Promise<Reply>;
  /** Asks the service itself. */
  askDirectly(path: string, asking?: Asking): Promise<Reply>;
  /** Ends both, and removes all files. */
  close(): Promise<void>;
}

const LOCAL = '127.0.0.1';
const START_LOOKS = 100;
const BETWEEN_LOOKS_MS = 100;

export async function proxiedClinic(proxy: TlsProxy): Promise<ProxiedClinic> {
  const folder = mkdtempSync(join(tmpdir(), 'cryowatch-proxied-'));
  const { host, nextPassword } = watchedHost();
  const place = {
    database: join(folder, 'clinic.db'),
    key: new Uint8Array(32).fill(7),
    actor: 'test',
  };
  await (await createContext(host, place)).store.close();
  const access = await openAccess(host, place);
  const clinic = await addSampleClinic(access);
  await addMoreEpisodes(access, clinic);
  const roles = ['administrator', 'clinician'] as const;
  ok(await createAccount(access, { ...ACCOUNT, kind: 'person', clinic, roles }));
  ok(
    await createAccount(access, { name: 'importer', kind: 'service', clinic, roles: ['service'] }),
  );
  const { token: key } = ok(
    await issueApiKey(access, { account: 'importer', label: 'test', days: 30 }),
  );
  const token = await tokenOf(access, clinic);
  const log: string[] = [];
  const service = await startService(host, place, {
    host: LOCAL,
    port: 0,
    behindProxy: true,
    origin: ORIGIN,
    version: '0.0.0',
    write: (lines) => void log.push(lines),
  });
  if (!service.ok) throw new Error(service.problem.message);
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const own = mkdtempSync(join(tmpdir(), 'cryowatch-proxy-'));
  const keys = certificateIn(own);
  const servicePort = Number(new URL(service.address).port);
  const running = runProxy(proxy, { folder: own, servicePort, httpPort, httpsPort, ...keys });
  const ca = readFileSync(keys.certificate, 'utf8');
  const ask = (path: string, asking: Asking = {}) => send(httpsPort, path, asking, ca);
  const clinicBehind: ProxiedClinic = {
    access,
    service,
    proxy: running,
    folder: own,
    httpsPort,
    certificate: ca,
    token,
    apiKey: key ?? '',
    log,
    nextPassword,
    ask,
    askPlain: (path) => send(httpPort, path, {}),
    askDirectly: (path, asking = {}) => send(servicePort, path, asking),
    close: async () => {
      running.kill();
      service.stop();
      await service.stopped;
      await access.store.close();
      for (const each of [folder, own]) rmSync(each, { recursive: true, force: true });
    },
  };
  for (let look = 1; ; look += 1) {
    try {
      await ask('/health');
      return clinicBehind;
    } catch (error) {
      if (look < START_LOOKS) {
        await pause(BETWEEN_LOOKS_MS);
        continue;
      }
      const told = running.written();
      await clinicBehind.close();
      throw new Error(`${proxy.name} does not answer: ${told}`, { cause: error });
    }
  }
}

/** A host on a day that does not pass, which tells when a password is looked at. */
function watchedHost() {
  const host = storeHost(() => SAMPLE_DAY);
  const waiting: (() => void)[] = [];
  const { passwords } = host;
  return {
    host: {
      ...host,
      passwords: {
        ...passwords,
        verify: (password: string, encoded: string) => {
          for (const settle of waiting.splice(0)) settle();
          return passwords.verify(password, encoded);
        },
      },
    },
    nextPassword: () => new Promise<void>((settle) => void waiting.push(settle)),
  };
}

const MORE_EPISODES = 150;

/** So many that their calendar is long. */
async function addMoreEpisodes(access: AccessContext, clinic: Clinic): Promise<void> {
  const protocol = ok(await approvedProtocol(access, clinic, undefined));
  async function* rows(): AsyncGenerator<CohortRow> {
    for (let line = 1; line <= MORE_EPISODES; line += 1) {
      const ablation = { date: `2026-05-${String(1 + (line % 28)).padStart(2, '0')}` };
      const episode = { id: `EP-9${line}`, patientRef: `P-${line}`, laterality: 'left', ablation };
      yield { line, document: { ok: true, value: { episode, events: [] } } };
    }
  }
  ok(await importCohort(access, { clinic, protocol, rows: rows() }));
}

async function tokenOf(access: AccessContext, clinic: Clinic): Promise<string> {
  const found = await access.store.findAccount({ name: ACCOUNT.name });
  const caller = found.outcome === 'ok' ? await callerOfAccount(access, found.value.id) : null;
  if (caller === null) throw new Error('the account is gone');
  const subject = { kind: 'clinic' } as const;
  const order = { clinic, subject, privacy: 'named', label: 'test', days: 30, caller } as const;
  return ok(await openFeed(access, order, async () => {})).token;
}

function send(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body, from = LOCAL, readsAfter = 0 }: Asking,
  ca?: string,
): Promise<Reply> {
  const where = { host: LOCAL, port, path, method, localAddress: from, agent: false } as const;
  const options = { ...where, headers: { Host: NAME, ...headers }, timeout: 20_000 };
  return new Promise((settle, fail) => {
    const asked =
      ca === undefined ? request(options) : tlsRequest({ ...options, ca, servername: NAME });
    asked.once('error', fail);
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('response', (answer) => {
      const parts: Buffer[] = [];
      answer.once('error', fail);
      answer.once('end', () => {
        const raw = answer.rawHeaders;
        const pairs = Array.from(
          { length: raw.length / 2 },
          (_, at) => [(raw[2 * at] ?? '').toLowerCase(), raw[2 * at + 1] ?? ''] as const,
        );
        settle({ status: answer.statusCode ?? 0, headers: pairs, body: Buffer.concat(parts) });
      });
      setTimeout(() => answer.on('data', (part: Buffer) => parts.push(part)), readsAfter);
    });
    asked.end(body);
  });
}

/** The only value of a header; fails where there are several. */
export function headerOf({ headers }: Reply, name: string): string | undefined {
  const values = headers.filter(([each]) => each === name.toLowerCase()).map(([, value]) => value);
  if (values.length > 1) throw new Error(`${name} came ${values.length} times`);
  return values[0];
}
