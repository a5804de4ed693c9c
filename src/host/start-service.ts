import type { Problem } from '../domain/problem.ts';
import { createApp } from '../http/app.ts';
import { newFeedDesk } from '../http/feed/feed-desk.ts';
import { type Listening, listen } from '../http/listen.ts';
import { jsonLog } from '../http/log.ts';
import { Metrics } from '../http/metrics.ts';
import type { HttpSettings } from '../http/service.ts';
import { openAccess } from '../service/access/access-context.ts';
import { LoginThrottle } from '../service/access/login-throttle.ts';
import { SessionBook } from '../service/access/sessions.ts';
import { WorklistBook } from '../service/night/worklist-book.ts';
import type { StoreAccess, StoreHost } from '../service/open-context.ts';

/** Requests that are at work when the service is stopped have so long to end. Milliseconds. */
const GRACE_MS = 10_000;

/** A service that runs, or why it did not start. */
export type Started =
  | {
      readonly ok: true;
      readonly address: string;
      /** Stops it; `stopped` tells when it has. */
      stop(): void;
      readonly stopped: Promise<void>;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Opens the store and the socket and answers requests until it is stopped; `write` gets the log. @throws StoreFault */
export async function startService(
  host: StoreHost,
  access: StoreAccess,
  { write, ...settings }: Listening & HttpSettings & { write(line: string): void },
): Promise<Started> {
  const context = await openAccess(host, access);
  const { clock, chance, sha256 } = host;
  const log = jsonLog({ write });
  const app = createApp({
    access: context,
    sessions: new SessionBook({ clock, chance, sha256 }),
    throttle: new LoginThrottle(clock),
    worklists: new WorklistBook(),
    feeds: newFeedDesk(clock),
    log,
    metrics: new Metrics(),
    settings,
  });
  try {
    const listener = await listen(app, settings);
    const name = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
    log.life('listening', { port: listener.port });
    let stop: () => void = () => undefined;
    const asked = new Promise<void>((settle) => {
      stop = settle;
    });
    const stopped = asked.then(async () => {
      log.life('stopping');
      await listener.stop(GRACE_MS);
      await context.store.close();
      log.life('stopped');
    });
    return { ok: true, address: `http://${name}:${listener.port}`, stop, stopped };
  } catch (error) {
    await context.store.close();
    return { ok: false, problem: notListening(error, settings) };
  }
}

function notListening(error: unknown, { host, port }: Listening): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { path: '', message: FAULTS[code] ?? `the system says ${code}`, found: `${host}:${port}` };
}

const FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens on this port already',
  EACCES: 'this user may not listen on this port',
  EADDRNOTAVAIL: 'this machine does not have this address',
  ENOTFOUND: 'no such address is known',
};
