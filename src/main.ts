import { createHmac } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { EXIT } from './cli/exit-code.ts';
import { runCli } from './cli/run.ts';
import {
  type FileFault,
  IoFault,
  type LineSource,
  type OutputFile,
  type OutputTarget,
  type Sink,
  type Surroundings,
} from './cli/surroundings.ts';

/** The composition root: the only place that picks clock, zone, files and streams. */

const STANDARD_INPUT = '-';
const LONGEST_LINE = 64 * 1024 * 1024;
const OWNER_ONLY = 0o600;

function terminalSink(stream: NodeJS.WriteStream): Sink {
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns || 80,
    write: (text) =>
      new Promise((settle) => {
        if (stream.write(text)) settle();
        else stream.once('drain', settle);
      }),
  };
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read or write it',
  EPERM: 'this user may not read or write it',
  EISDIR: 'this is a directory, not a file',
  ENOTDIR: 'a part of the path is not a directory',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EIO: 'the disk has a fault',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function fileFault(error: unknown): FileFault {
  const code = codeOf(error);
  return {
    kind: code === 'ENOENT' ? 'missing' : 'unreadable',
    problem: { path: '', message: FAULTS[code] ?? `the system says ${code}` },
  };
}

const directoryFault: FileFault = {
  kind: 'unreadable',
  problem: { path: '', message: 'this is a directory, not a file' },
};

async function openLines(path: string): Promise<LineSource> {
  if (path === STANDARD_INPUT) return lineSource(process.stdin, null);
  try {
    const handle = await open(path, 'r');
    const about = await handle.stat();
    if (about.isDirectory()) {
      await handle.close();
      return { ok: false, fault: directoryFault };
    }
    return lineSource(handle.createReadStream(), about.isFile() ? about.size : null);
  } catch (error) {
    return { ok: false, fault: fileFault(error) };
  }
}

function lineSource(chunks: AsyncIterable<Buffer>, totalBytes: number | null): LineSource {
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw new IoFault(fileFault(error).problem);
    }
  }
  return { ok: true, lines: linesOf(counted()), totalBytes, bytesRead: () => bytes };
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const lines = decoded(decoder, chunk).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      parts.push(line);
      yield parts.join('').replace(/\r$/, '');
      parts = [];
      length = 0;
    }
    parts.push(last);
    length += last.length;
    if (length > LONGEST_LINE) {
      throw new IoFault({ path: '', message: 'a line is longer than 64 MB' });
    }
  }
  parts.push(decoded(decoder, undefined));
  const rest = parts.join('');
  if (rest !== '') yield rest;
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer | undefined): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new IoFault({
      path: '',
      message: 'the text is not UTF-8',
      allowed: 'UTF-8',
      mend: 'save the file as UTF-8',
    });
  }
}

/** Files that are being written; an interrupted run takes them away. */
const unfinished = new Set<string>();

async function createFile(path: string): Promise<OutputTarget> {
  const partial = `${path}.partial-${process.pid}`;
  try {
    const handle = await open(partial, 'wx', OWNER_ONLY);
    unfinished.add(partial);
    return { ok: true, file: outputFile(handle, partial, path) };
  } catch (error) {
    return { ok: false, fault: fileFault(error) };
  }
}

function outputFile(handle: FileHandle, partial: string, path: string): OutputFile {
  const abandon = async () => {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true });
    unfinished.delete(partial);
  };
  const orFault = async (step: () => Promise<unknown>) => {
    try {
      await step();
    } catch (error) {
      await abandon();
      throw new IoFault(fileFault(error).problem);
    }
  };
  return {
    write: (text) => orFault(() => handle.appendFile(text)),
    commit: () =>
      orFault(async () => {
        await handle.sync();
        await handle.close();
        await rename(partial, path);
        unfinished.delete(partial);
      }),
    abandon,
  };
}

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/** A reader that went away (`| head`) is no fault; a full disk behind a redirection is one. */
function watchStream(stream: NodeJS.WriteStream): void {
  stream.on('error', (error) => {
    removeUnfinished();
    const code = codeOf(error);
    if (code !== 'EPIPE') process.stderr.write(`cryowatch: ${FAULTS[code] ?? code}\n`);
    process.exit(code === 'EPIPE' ? EXIT.done : EXIT.fault);
  });
}

function versionOfPackage(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version);
}

const INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const surroundings: Surroundings = {
  stdout: terminalSink(process.stdout),
  stderr: terminalSink(process.stderr),
  env: process.env,
  clock: Date.now,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  openLines,
  createFile,
  hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
  version: versionOfPackage(),
};

for (const [signal, code] of Object.entries(INTERRUPTED)) {
  process.on(signal, () => {
    removeUnfinished();
    process.exit(code);
  });
}
watchStream(process.stdout);
watchStream(process.stderr);
process.exitCode = await runCli(process.argv.slice(2), surroundings);
