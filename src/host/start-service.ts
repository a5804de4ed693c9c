import type { Problem } from '../domain/problem.ts';
import { createApp } from '../http/app.ts';
import { faultOf } from '../http/fault-of.ts';
import { newFeedDesk } from '../http/feed/feed-desk.ts';
import { nextTurn } from '../http/feed/next-turn.ts';
import { type Listening, listen } from '../http/listen.ts';
import { jsonLog } from '../http/log.ts';
import { linesTogether } from '../http/log-output.ts';
import { Metrics } from '../http/metrics.ts';
import { RequestIds } from '../http/request-ids.ts';
import { RequestThrottle } from '../http/request-throttle.ts';
import type { HttpSettings } from '../http/service.ts';
import { openAccess } from '../service/access/access-context.ts';
import { LoginThrottle } from '../service/access/login-throttle.ts';
import { SessionBook } from '../service/access/sessions.ts';
import { WorklistWarmer } from '../service/night/warm-worklists.ts';
import { WorklistBook } from '../service/night/worklist-book.ts';
import type { StoreAccess, StoreHost } from '../service/open-context.ts';
import { WholeClinicTurns } from '../service/whole-clinic-turns.ts';

/** Requests that are at work when the service is stopped have so long to end. Milliseconds. */
const GRACE_MS = 10_000;

/** So often is looked whether a clinic has a new day. Milliseconds. */
const WARM_EVERY_MS = 60_000;

/** A service that runs, or why it did not start. */
export type Started =
  | {
      readonly ok: true;
      readonly address: string;
      /** Stops it; `stopped` tells when it has. */
      stop(): void;
      readonly stopped: Promise<void>;
      /** Writes the lines of the log that wait; for the end of the process. */
      flushLog(): void;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Opens the store and the socket and answers requests until it is stopped; `write` gets the log, a few lines at once. @throws StoreFault */
export async function startService(
  host: StoreHost,
  access: StoreAccess,
  { write, ...settings }: Listening & HttpSettings & { write(lines: string): void },
): Promise<Started> {
  const context = await openAccess(host, access);
  const { clock, chance, sha256 } = host;
  const output = linesTogether(write);
  const log = jsonLog(output, clock);
  const turns = new WholeClinicTurns();
  const worklists = new WorklistBook(nextTurn, turns);
  const app = createApp({
    access: context,
    sessions: new SessionBook({ clock, chance, sha256 }),
    throttle: new LoginThrottle(clock),
    worklists,
    feeds: newFeedDesk(clock),
    requests: new RequestThrottle(clock),
    turns,
    requestIds: new RequestIds(chance),
    log,
    metrics: new Metrics(),
    settings,
  });
  try {
    const listener = await listen(app, settings);
    const name = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
    log.life('listening', { port: listener.port });
    let isStopping = false;
    const warmer = new WorklistWarmer(context, worklists);
    const warm = () =>
      warmer.warm().catch((error) => {
        // The store is closed under it where the service is stopped meanwhile.
        if (!isStopping) log.fault({ requestId: 'none', ...faultOf(error) });
      });
    let warmed = warm();
    const warming = setInterval(() => {
      warmed = warmed.then(warm);
    }, WARM_EVERY_MS);
    let stop: () => void = () => undefined;
    const asked = new Promise<void>((settle) => {
      stop = settle;
    });
    const stopped = asked.then(async () => {
      isStopping = true;
      clearInterval(warming);
      log.life('stopping');
      await listener.stop(GRACE_MS);
      await context.store.close();
      await warmed;
      log.life('stopped');
      output.flush();
    });
    return {
      ok: true,
      address: `http://${name}:${listener.port}`,
      stop,
      stopped,
      flushLog: output.flush,
    };
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
