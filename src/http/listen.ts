import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { App } from './app.ts';

/** Where the service listens. */
export interface Listening {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Whether the last address of X-Forwarded-For is the client's, as a trusted proxy writes it. */
  readonly behindProxy: boolean;
}

/** A service that takes requests. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Takes no new requests, finishes those at work, and gives up on the rest after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** A request must have come as a whole by then; slower clients are let go. Milliseconds. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
const MOST_CONNECTIONS = 1000;
const LONGEST_HEADERS = 16 * 1024;

/** Opens the socket. It rejects with the fault of the system where it cannot: the port is taken. */
export async function listen(app: App, { host, port, behindProxy }: Listening): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, bindings) => {
      const { incoming } = bindings as HttpBindings;
      return app(request, sourceOf(incoming, behindProxy));
    },
    overrideGlobalObjects: false,
    serverOptions: {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: LONGEST_HEADERS,
    },
  }) as Server;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((settle, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      settle();
    });
  });
  const address = server.address() as AddressInfo;
  return { host, port: address.port, stop: (graceMs) => stop(server, graceMs) };
}

function sourceOf(incoming: IncomingMessage, behindProxy: boolean): string {
  const forwarded = incoming.headers['x-forwarded-for'];
  const chain = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  const last = behindProxy ? chain?.split(',').at(-1)?.trim() : undefined;
  return last || (incoming.socket.remoteAddress ?? 'unknown');
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((settle) => server.close(() => settle()));
  server.closeIdleConnections();
  const giveUp = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(giveUp);
}
