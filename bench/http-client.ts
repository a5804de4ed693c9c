import { connect, type Socket } from 'node:net';

/** What is asked for, again and again. */
export interface Load {
  readonly port: number;
  /** The request as it stands on the wire. */
  readonly request: string;
  /** The status of every answer; another one ends the bench. */
  readonly status: number;
  readonly requests: number;
}

/** As many as keep one server busy while the client is slow: programs of many people ask at once. */
const CONNECTIONS = 32;
const HEAD_END = Buffer.from('\r\n\r\n');
const NO_BODY = 304;

/**
 * Asks over a few connections that are kept open, one request at a time on each. It does little more
 * than count bytes, so that it takes less of the machine than the server that is measured.
 */
export async function ask(load: Load): Promise<void> {
  let left = load.requests;
  const next = () => {
    left -= 1;
    return left >= 0;
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, () => askOnOne(load, next)));
}

function askOnOne(load: Load, next: () => boolean): Promise<void> {
  return new Promise((settle, fail) => {
    const socket: Socket = connect({ host: '127.0.0.1', port: load.port, noDelay: true });
    let head = Buffer.alloc(0);
    let bodyLeft = -1;
    const send = () => {
      if (next()) socket.write(load.request);
      else socket.end();
    };
    socket.on('connect', send);
    socket.on('data', (data) => {
      if (bodyLeft < 0) {
        head = head.length === 0 ? data : Buffer.concat([head, data]);
        const end = head.indexOf(HEAD_END);
        if (end < 0) return;
        const length = bodyLength(head.toString('latin1', 0, end), load.status);
        if (length === null) {
          socket.destroy(new Error(head.toString('latin1', 0, end)));
          return;
        }
        bodyLeft = length - (head.length - end - HEAD_END.length);
        head = Buffer.alloc(0);
      } else bodyLeft -= data.length;
      if (bodyLeft > 0) return;
      bodyLeft = -1;
      send();
    });
    socket.on('error', fail);
    socket.on('close', () => settle());
  });
}

/** Bytes of the body behind a head; null: it is not the head that should come. */
function bodyLength(head: string, status: number): number | null {
  if (!head.startsWith(`HTTP/1.1 ${status} `)) return null;
  if (status === NO_BODY) return 0;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  return length === undefined ? null : Number(length);
}
