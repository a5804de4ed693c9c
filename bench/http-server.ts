import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/http/app.ts';
import { listen } from '../src/http/listen.ts';
import { linesTogether } from '../src/http/log-output.ts';
import { feedOf, servedClinic } from './http-feed-store.ts';

/** What the parent asks of a server, and what it answers. */
export type ServerQuestion =
  | { readonly ask: 'feed'; readonly events: number }
  | { readonly ask: 'replay'; readonly answers: readonly Answer[] }
  | { readonly ask: 'processor' };

/** An answer as it was given. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
}

process.on('message', async (question: ServerQuestion) => {
  switch (question.ask) {
    case 'feed':
      return process.send?.(await serveFeed(question.events));
    case 'replay':
      return process.send?.(await replay(question.answers));
    case 'processor':
      return process.send?.(process.cpuUsage());
  }
});

async function serveFeed(wanted: number) {
  const served = await servedClinic(linesTogether((lines) => void process.stdout.write(lines)));
  const { token, events } = await feedOf(served, wanted);
  const where = { host: '127.0.0.1', port: 0, behindProxy: false };
  const { port } = await listen(createApp(served.service), where);
  process.once('disconnect', () => void served.close().then(() => process.exit(0)));
  return { port, path: `/f/${token}.ics`, events };
}

/** The floor: node:http that gives the same answers, without looking at what is asked but for the tag. */
async function replay([whole, unchanged]: readonly Answer[]) {
  if (whole === undefined || unchanged === undefined) throw new Error('two answers are needed');
  const body = Buffer.from(whole.body, 'base64');
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === whole.headers.etag) {
      response.writeHead(unchanged.status, unchanged.headers);
      response.end();
    } else {
      response.writeHead(whole.status, whole.headers);
      response.end(body);
    }
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  process.once('disconnect', () => process.exit(0));
  return { port: (server.address() as AddressInfo).port };
}
