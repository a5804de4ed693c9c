import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Answer } from './answer.ts';
import type { App } from './app.ts';
import { networkOf } from './client-network.ts';
import { plainFeedFile } from './feed/feed-door.ts';

/** Where the service listens. */
export interface Listening {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Whether the last address of X-Forwarded-For is the client's, as a trusted proxy writes it. */
  readonly behindProxy: boolean;
  /** Other limits than those of the service. */
  readonly limits?: Partial<Limits> | undefined;
}

/** How long a client may take, and how much it may send before its request is looked at. */
export interface Limits {
  /** A request must have come as a whole by then; slower clients are let go. Milliseconds. */
  readonly requestMs: number;
  readonly headersMs: number;
  readonly keepAliveMs: number;
  /** A connection on which nothing moves for so long is closed: its client does not read the answer. */
  readonly stillMs: number;
  /** How often that is looked after. */
  readonly checkEveryMs: number;
  readonly connections: number;
  /** Bytes of a request's headers. */
  readonly headerBytes: number;
}

/** A service that takes requests. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Takes no new requests, finishes those at work, and gives up on the rest after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const LIMITS: Limits = {
  requestMs: 30_000,
  headersMs: 10_000,
  keepAliveMs: 5_000,
  stillMs: 120_000,
  checkEveryMs: 2_000,
  connections: 1000,
  headerBytes: 16 * 1024,
};

/** Opens the socket. It rejects with the fault of the system where it cannot: the port is taken. */
export async function listen(
  app: App,
  { host, port, behindProxy, ...listening }: Listening,
): Promise<Listener> {
  const limits = { ...LIMITS, ...listening.limits };
  const sourceOf = (incoming: IncomingMessage) => networkAsking(incoming, behindProxy);
  const answered = getRequestListener(
    (request, bindings) => app.answer(request, sourceOf((bindings as HttpBindings).incoming)),
    // Its Request and Response are those that it reads and writes without making real ones of them.
    { overrideGlobalObjects: true },
  );
  const server = createServer(
    {
      requestTimeout: limits.requestMs,
      headersTimeout: limits.headersMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      maxHeaderSize: limits.headerBytes,
    },
    (incoming, outgoing) => {
      const { method = '', url = '', headers } = incoming;
      const file = method === 'GET' || method === 'HEAD' ? plainFeedFile(url) : null;
      if (file === null) return void answered(incoming, outgoing);
      const ifNoneMatch = headers['if-none-match'] ?? null;
      const asked = { file, ifNoneMatch, source: sourceOf(incoming) };
      // What goes wrong outside of the frame leaves nothing to say: the client keeps what it has.
      const sent = app.feed(method, asked).then((answer) => send(outgoing, answer));
      return void sent.catch(() => outgoing.destroy());
    },
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.stillMs);
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

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const sent =
    typeof body === 'string' ? { ...headers, 'Content-Length': Buffer.byteLength(body) } : headers;
  outgoing.writeHead(status, sent).end(body);
}

function networkAsking(incoming: IncomingMessage, behindProxy: boolean): string {
  const forwarded = incoming.headers['x-forwarded-for'];
  const chain = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  const last = behindProxy ? chain?.split(',').at(-1)?.trim() : undefined;
  return networkOf(last || (incoming.socket.remoteAddress ?? 'unknown'));
}

const LET_GO_MS = 50;

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((settle) => server.close(() => settle()));
  server.closeIdleConnections();
  // A connection whose request has ended is not kept for another one.
  const letGo = setInterval(() => server.closeIdleConnections(), LET_GO_MS);
  const giveUp = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(letGo);
  clearTimeout(giveUp);
}
