import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ask } from './http-client.ts';
import type { Answer, ServerQuestion } from './http-server.ts';
import { worklistRows } from './http-worklist.ts';
import { median } from './measure.ts';
import { type Row, rateText, type Target } from './row.ts';

const SERVER = new URL('./http-server.ts', import.meta.url).pathname;
const EVENTS = 160;
const REQUESTS = 2000;
const ROUNDS = 9;
/** Headers that the server writes anew for each answer. */
const OF_EACH_ANSWER = ['connection', 'date', 'keep-alive', 'transfer-encoding'];

/** A server in a process of its own, so that its processor time is its own. */
class Server {
  readonly #process: ChildProcess = fork(SERVER, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

  async question<T>(question: ServerQuestion): Promise<T> {
    this.#process.send(question);
    const [answer] = await once(this.#process, 'message');
    return answer as T;
  }

  async processorSeconds(): Promise<number> {
    const { user, system } = await this.question<NodeJS.CpuUsage>({ ask: 'processor' });
    return (user + system) / 1e6;
  }

  async end(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}

/** Calendar feeds that did not change, against node:http that gives the same answers; the worklist's page. */
export async function httpRows(quick: boolean): Promise<Row[]> {
  const [ours, floor] = [new Server(), new Server()];
  try {
    const feed = await ours.question<Feed>({ ask: 'feed', events: EVENTS });
    const whole = await answerOf(feed, {});
    const tag = whole.headers.etag ?? '';
    const unchanged = await answerOf(feed, { 'If-None-Match': tag });
    const { port } = await floor.question<{ port: number }>({
      ask: 'replay',
      answers: [whole, unchanged],
    });
    const row = async (status: number, least: number, header = ''): Promise<Row> => {
      const request = `GET ${feed.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${header}\r\n`;
      const requests = quick ? 20 : REQUESTS;
      const load = { request, status, requests };
      const seconds = await inTurn(
        () => secondsOf(ours, { ...load, port: feed.port }),
        () => secondsOf(floor, { ...load, port }),
        quick,
      );
      const target: Target = { at: 'least', ratio: least };
      return {
        work: `feed of ${feed.events} events, unchanged: ${status}`,
        floor: 'node:http with the same answer',
        ours: rateText(requests / seconds.ours),
        floors: rateText(requests / seconds.floor),
        ratio: seconds.floor / seconds.ours,
        target,
      };
    };
    return [
      await row(200, 0.75),
      await row(304, 0.9, `If-None-Match: ${tag}\r\n`),
      await refusedRow(ours, feed, quick),
      ...(await worklistRows(quick)),
    ];
  } finally {
    await Promise.all([ours.end(), floor.end()]);
  }
}

/** Whether the time of a 404 tells that a selector is known: it should not. */
async function refusedRow(server: Server, { port, path }: Feed, quick: boolean): Promise<Row> {
  const requests = quick ? 20 : REQUESTS;
  const asked = (wrong: string) => {
    const request = `GET ${wrong} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    return () => secondsOf(server, { port, request, requests, status: 404 });
  };
  const [selector = '', verifier = ''] = path.slice('/f/'.length).split('.');
  const known = asked(`/f/${selector}.${'0'.repeat(verifier.length)}.ics`);
  const unknown = asked(`/f/${'0'.repeat(selector.length)}.${verifier}.ics`);
  const seconds = await inTurn(known, unknown, quick);
  return {
    work: 'feed refused: a known selector, another verifier',
    floor: 'an unknown selector',
    ours: rateText(requests / seconds.ours),
    floors: rateText(requests / seconds.floor),
    ratio: seconds.floor / seconds.ours,
    target: null,
  };
}

interface Feed {
  readonly port: number;
  readonly path: string;
  readonly events: number;
}

async function answerOf({ port, path }: Feed, headers: Record<string, string>): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
  const kept = [...answer.headers].filter(([name]) => !OF_EACH_ANSWER.includes(name));
  return { status: answer.status, headers: Object.fromEntries(kept), body };
}

/** The processor time that a server takes for a load. */
async function secondsOf(server: Server, load: Parameters<typeof ask>[0]): Promise<number> {
  const before = await server.processorSeconds();
  await ask(load);
  return (await server.processorSeconds()) - before;
}

/** Medians of rounds ours–floor–floor–ours; the first two warm up and are thrown away. */
async function inTurn(ours: () => Promise<number>, floor: () => Promise<number>, quick: boolean) {
  if (quick) return { ours: await ours(), floor: await floor() };
  const taken = { ours: [] as number[], floor: [] as number[] };
  for (let round = -2; round < ROUNDS; round += 1) {
    const [a, b, c, d] = [await ours(), await floor(), await floor(), await ours()];
    if (round < 0) continue;
    taken.ours.push(a, d);
    taken.floor.push(b, c);
  }
  return { ours: median(taken.ours), floor: median(taken.floor) };
}
