import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/run.ts';
import type { LineSource, Sink, Surroundings } from '../../src/cli/surroundings.ts';

/** What a command line wrote, as someone at a terminal sees it. */
export interface Recorded {
  readonly text: string;
  readonly code: number;
}

const ROOT = new URL('../../', import.meta.url);
/** 2026-01-20T12:00Z, so that a page is the same on every day. */
const THEN = Date.UTC(2026, 0, 20, 12);
export const COLUMNS = 80;

function linesOfFile(path: string): LineSource {
  const file = fileURLToPath(new URL(path, ROOT));
  if (!existsSync(file)) {
    const problem = { path: '', message: 'there is no such file' };
    return { ok: false, fault: { kind: 'missing', problem } };
  }
  const text = readFileSync(file, 'utf8');
  async function* lines() {
    yield* text.replace(/\n$/, '').split('\n');
  }
  return { ok: true, lines: lines(), totalBytes: text.length, bytesRead: () => text.length };
}

/** Surroundings with a fixed clock, zone and width; `written` gets both streams in their order. */
export function recordingSurroundings(written: string[]): Surroundings {
  const sink: Sink = {
    isTerminal: true,
    columns: COLUMNS,
    write: async (text) => {
      written.push(text);
    },
  };
  return {
    stdout: sink,
    stderr: sink,
    env: { NO_COLOR: '1' },
    clock: () => THEN,
    zone: 'UTC',
    openLines: async (path) => linesOfFile(path),
    createFile: async () => ({
      ok: false,
      fault: { kind: 'unreadable', problem: { path: '', message: 'an example writes no file' } },
    }),
    makeFolder: async () => null,
    clearUnfinished: async () => undefined,
    listFolder: async () => null,
    temporaryFolder: async () => {
      throw new Error('an example needs no folder');
    },
    wait: async () => undefined,
    askHidden: null,
    storeHost: async () => {
      throw new Error('an example without a store');
    },
    serve: async () => ({
      ok: false,
      problem: { path: '', message: 'an example opens no socket' },
    }),
    user: 'nurse',
    holder: 'clinic:1',
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    version: '0.0.0',
  };
}

/** Runs one command line from the root of the project. */
export async function recordCommand(args: readonly string[]): Promise<Recorded> {
  const written: string[] = [];
  const code = await runCli(args, recordingSurroundings(written));
  return { text: written.join(''), code };
}
