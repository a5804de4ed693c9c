import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/run.ts';
import type { Line, LineSource, Sink, Surroundings } from '../../src/cli/surroundings.ts';
import { storeHost } from '../../src/host/store-host.ts';
import type { StoreHost } from '../../src/service/open-context.ts';
import type { Store } from '../../src/store/store.ts';

/** What one command line did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that were put in place. */
  readonly written: ReadonlyMap<string, string>;
  /** Paths of files that were begun and taken away again. */
  readonly abandoned: readonly string[];
}

/** The world around a command line, held in memory. */
export interface World {
  /** Files by path; a list of lines may hold lines that are not text. `-` is standard input. */
  readonly files?: Readonly<Record<string, string | readonly Line[]>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of the terminal that both streams are; absent: no terminal. */
  readonly columns?: number;
  /** What somebody types at the questions of a terminal; absent: standard input is none. */
  readonly typed?: readonly string[];
  /** Standard output is a pipe although standard error is a terminal. */
  readonly piped?: boolean;
  /** Milliseconds since 1970-01-01T00:00Z, later by `tick` with each look. */
  readonly now?: number;
  readonly tick?: number;
  readonly zone?: string;
  /** Names the process; absent: `host-a:1`. */
  readonly holder?: string;
  readonly chance?: (bytes: number) => Uint8Array;
  /** What stands between the command and the stores: a fault of the file, say. */
  readonly storeHost?: (host: StoreHost) => StoreHost;
}

/** 2026-06-15T12:00Z. */
export const NOON = Date.UTC(2026, 5, 15, 12);

function linesOf(content: string | readonly Line[]): readonly Line[] {
  return typeof content === 'string' ? content.replace(/\n$/, '').split('\n') : content;
}

function lineSource(content: string | readonly Line[]): LineSource {
  let bytes = 0;
  const lines = content === '' ? [] : linesOf(content);
  async function* each() {
    for (const line of lines) {
      bytes += typeof line === 'string' ? line.length + 1 : 0;
      yield line;
    }
  }
  const totalBytes = typeof content === 'string' ? content.length : null;
  return { ok: true, lines: each(), totalBytes, bytesRead: () => bytes };
}

/** Stands between a command and its store: some methods do something else. */
export function storeBetween(change: (store: Store) => Partial<Store>) {
  return (host: StoreHost): StoreHost => ({
    ...host,
    files: {
      ...host.files,
      open: async (path, settings) => {
        const store = await host.files.open(path, settings);
        return { ...store, ...change(store) };
      },
    },
  });
}

/** Runs one command line in memory. */
export async function cryowatch(args: readonly string[], world: World = {}): Promise<Run> {
  const { files = {}, columns, piped = false, tick = 0 } = world;
  let now = world.now ?? NOON;
  const out: string[] = [];
  const err: string[] = [];
  const written = new Map<string, string>();
  const abandoned: string[] = [];
  const sink = (text: string[], isTerminal: boolean): Sink => ({
    isTerminal,
    columns: columns ?? 80,
    write: async (part) => {
      text.push(part);
    },
  });
  const surroundings: Surroundings = {
    stdout: sink(out, columns !== undefined && !piped),
    stderr: sink(err, columns !== undefined),
    env: world.env ?? {},
    clock: () => {
      now += tick;
      return now;
    },
    zone: world.zone ?? 'UTC',
    openLines: async (path) => {
      const content = files[path];
      return content === undefined
        ? { ok: false, fault: { kind: 'missing', problem: { path: '', message: 'no such file' } } }
        : lineSource(content);
    },
    createFile: async (path) => {
      const parts: string[] = [];
      return {
        ok: true,
        file: {
          write: async (text) => {
            parts.push(text);
          },
          commit: async () => {
            written.set(path, parts.join(''));
          },
          abandon: async () => {
            abandoned.push(path);
          },
        },
      };
    },
    makeFolder: async () => null,
    clearUnfinished: async () => undefined,
    listFolder: async (path) =>
      namesIn([...Object.keys(files), ...written.keys()], path.endsWith('/') ? path : `${path}/`),
    temporaryFolder: async () => {
      const path = mkdtempSync(join(tmpdir(), 'cryowatch-test-'));
      return { path, remove: async () => rmSync(path, { recursive: true, force: true }) };
    },
    wait: async (milliseconds) => {
      now += milliseconds;
    },
    askHidden: askedOf(world.typed, err),
    storeHost: async () => {
      const host = storeHost(() => surroundings.clock());
      const between = world.storeHost ?? ((same) => same);
      return between({ ...host, chance: world.chance ?? counted });
    },
    serve: async () => ({
      ok: false,
      problem: { path: '', message: 'a command line in memory opens no socket' },
    }),
    user: 'nurse',
    holder: world.holder ?? 'host-a:1',
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    version: '0.0.0-test',
  };
  const code = await runCli(args, surroundings);
  return { code, stdout: out.join(''), stderr: err.join(''), written, abandoned };
}

function askedOf(
  typed: readonly string[] | undefined,
  terminal: string[],
): Surroundings['askHidden'] {
  if (typed === undefined) return null;
  return async (questions) => {
    terminal.push(...questions.slice(0, typed.length));
    return typed.length < questions.length ? null : typed.slice(0, questions.length);
  };
}

function namesIn(paths: readonly string[], folder: string): readonly string[] | null {
  const names = paths
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length).split('/')[0] ?? '');
  return names.length === 0 ? null : [...new Set(names)].sort();
}

let count = 0;
/** Bytes that differ from call to call, and need no chance. */
function counted(bytes: number): Uint8Array {
  count += 1;
  return Uint8Array.from({ length: bytes }, (_, place) => (count * 31 + place * 7) % 256);
}

type Json = Readonly<Record<string, unknown>>;

/** A sound case with some parts changed. */
export function caseFile(events: readonly Json[] = [], more: Json = {}): Json {
  return {
    asOf: '2026-06-15',
    episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } },
    events,
    ...more,
  };
}

export function json(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function ndjson(...documents: readonly unknown[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('');
}

/** A document of the catalog as it is shipped, to be changed. */
export function shippedProtocol(id: string): Record<string, unknown> {
  const file = new URL(`../../src/protocol/catalog/${id}.protocol.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}
