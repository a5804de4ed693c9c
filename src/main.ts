import { isUtf8 } from 'node:buffer';
import { readFileSync, rmSync } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EXIT } from './cli/exit-code.ts';
import { runCli } from './cli/run.ts';
import {
  type FileFault,
  IoFault,
  type Line,
  type LineSource,
  type OutputFile,
  type OutputTarget,
  type Sink,
  type Surroundings,
  type TextEncoding,
} from './cli/surroundings.ts';
import { fileKindProblem } from './domain/file-kind.ts';

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
  EEXIST: 'there is a file already',
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

async function openLines(path: string, encoding?: TextEncoding): Promise<LineSource> {
  const textOf = encoding === 'latin1' ? latin1Text() : utf8Text(encoding !== undefined);
  if (path === STANDARD_INPUT) return lineSource(process.stdin, null, path, textOf);
  try {
    const handle = await open(path, 'r');
    const about = await handle.stat();
    if (about.isDirectory()) {
      await handle.close();
      return { ok: false, fault: directoryFault };
    }
    return lineSource(handle.createReadStream(), about.isFile() ? about.size : null, path, textOf);
  } catch (error) {
    return { ok: false, fault: fileFault(error) };
  }
}

function lineSource(
  chunks: AsyncIterable<Buffer>,
  totalBytes: number | null,
  file: string,
  textOf: (bytes: Buffer) => Line,
): LineSource {
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw new IoFault(fileFault(error).problem, file, 'read');
    }
  }
  return { ok: true, lines: linesOf(counted(), textOf), totalBytes, bytesRead: () => bytes };
}

const LINE_FEED = 0x0a;

/** Splits bytes into lines, so that a line that is not text is one bad line and the rest goes on. */
async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  textOf: (bytes: Buffer) => Line,
): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    length += part.length;
    // What is too long is passed over, not kept.
    if (length <= LONGEST_LINE) parts.push(part);
  };
  const take = () => {
    const line = length > LONGEST_LINE ? TOO_LONG : textOf(Buffer.concat(parts));
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

const TOO_LONG: Line = { problem: { path: '', message: 'the line is longer than 64 MB' } };

/** `hasChoice`: another encoding can be asked for, with --encoding. */
function utf8Text(hasChoice: boolean): (bytes: Buffer) => Line {
  return (bytes) => {
    if (isUtf8(bytes)) return bytes.toString('utf8').replace(/\r$/, '');
    const problem = fileKindProblem(bytes.toString('latin1', 0, 4));
    return { problem: problem ?? (hasChoice ? NOT_UTF8_BUT : NOT_UTF8) };
  };
}

const NOT_UTF8 = {
  path: '',
  message: 'the text is not UTF-8',
  allowed: 'UTF-8',
  mend: 'save the file as UTF-8',
};

const NOT_UTF8_BUT = {
  ...NOT_UTF8,
  mend: 'save the file as UTF-8, or import it with --encoding latin1',
};

/** As in browsers, Latin-1 means Windows-1252, which has its letters and what Windows adds to them. */
function latin1Text(): (bytes: Buffer) => Line {
  const decoder = new TextDecoder('windows-1252');
  return (bytes) => decoder.decode(bytes).replace(/\r$/, '');
}

/** Files that are being written; an interrupted run takes them away. */
const unfinished = new Set<string>();

async function createFile(path: string, fresh?: 'fresh'): Promise<OutputTarget> {
  try {
    const about = await stat(path).catch(() => undefined);
    if (about !== undefined && fresh !== undefined) return { ok: false, fault: existsFault };
    if (about?.isDirectory()) return { ok: false, fault: directoryFault };
    // A device or a pipe is written to, never replaced.
    if (about !== undefined && !about.isFile()) {
      return { ok: true, file: outputFile(await open(path, 'w'), path) };
    }
    const place = about === undefined ? path : await realpath(path);
    // In containers every process has the same number: chance keeps the rest of a killed one out of the way.
    const { randomUUID } = process.getBuiltinModule('node:crypto');
    const partial = `${place}.partial-${randomUUID()}`;
    const handle = await open(partial, 'wx', OWNER_ONLY);
    unfinished.add(partial);
    const put = fresh === undefined ? rename : putFresh;
    return { ok: true, file: outputFile(handle, path, { partial, place, put }) };
  } catch (error) {
    const fault = fileFault(error);
    return fault.kind === 'missing'
      ? { ok: false, fault: { kind: 'missing', problem: NO_FOLDER } }
      : { ok: false, fault };
  }
}

const existsFault: FileFault = {
  kind: 'unreadable',
  problem: { path: '', message: 'there is a file already', mend: 'move it away first' },
};

/** Unlike a rename this never replaces a file. */
async function putFresh(partial: string, place: string): Promise<void> {
  await link(partial, place);
  await rm(partial, { force: true });
}

const NO_FOLDER = {
  path: '',
  message: 'the folder of the file does not exist',
  mend: 'make the folder first',
};

/** A file is written beside its place and put there when it is whole; a device is written to at once. */
function outputFile(
  handle: FileHandle,
  path: string,
  staged?: {
    readonly partial: string;
    readonly place: string;
    readonly put: (partial: string, place: string) => Promise<void>;
  },
): OutputFile {
  const abandon = async () => {
    await handle.close().catch(() => undefined);
    if (staged === undefined) return;
    await rm(staged.partial, { force: true });
    unfinished.delete(staged.partial);
  };
  const orFault = async (step: () => Promise<unknown>) => {
    try {
      await step();
    } catch (error) {
      await abandon();
      throw new IoFault(fileFault(error).problem, path, 'write');
    }
  };
  return {
    write: (text) => orFault(() => handle.appendFile(text)),
    commit: () =>
      orFault(async () => {
        if (staged === undefined) return handle.close();
        await handle.sync();
        await handle.close();
        await staged.put(staged.partial, staged.place);
        unfinished.delete(staged.partial);
      }),
    abandon,
  };
}

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true, recursive: true });
}

const notDirectoryFault: FileFault = {
  kind: 'unreadable',
  problem: { path: '', message: 'this is a file, not a folder' },
};

async function makeFolder(path: string): Promise<FileFault | null> {
  try {
    await makeFolders(path);
    return null;
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? notDirectoryFault : fileFault(error);
  }
}

/** Not `mkdir` with `recursive`: where a file system takes no folders, as /proc, that never ends. */
async function makeFolders(path: string): Promise<void> {
  const fault = await makeOneFolder(path);
  if (fault === null) return;
  const parent = dirname(path);
  if (codeOf(fault) !== 'ENOENT' || parent === path) throw fault;
  await makeFolders(parent);
  const again = await makeOneFolder(path);
  if (again !== null) throw again;
}

async function makeOneFolder(path: string): Promise<unknown> {
  try {
    await mkdir(path, { mode: 0o700 });
    return null;
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory();
    return isThere ? null : error;
  }
}

async function listFolder(path: string): Promise<readonly string[] | null> {
  try {
    return (await readdir(path)).sort();
  } catch {
    return null;
  }
}

/** The end of a name that `createFile` gives to what is not whole yet. */
const UNFINISHED = /\.partial-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function clearUnfinished(path: string): Promise<void> {
  const names = (await listFolder(path)) ?? [];
  for (const name of names.filter((each) => UNFINISHED.test(each))) {
    await rm(`${path}/${name}`, { force: true });
  }
}

async function temporaryFolder() {
  const { tmpdir } = process.getBuiltinModule('node:os');
  const path = await mkdtemp(`${tmpdir()}/cryowatch-`);
  unfinished.add(path);
  const remove = async () => {
    await rm(path, { recursive: true, force: true });
    unfinished.delete(path);
  };
  return { path, remove };
}

async function askHidden(questions: readonly string[]): Promise<readonly string[] | null> {
  const { hiddenAnswers } = await import('./host/hidden-answers.ts');
  const interrupted = () => interrupt(INTERRUPTED.SIGINT);
  return hiddenAnswers({ input: process.stdin, output: process.stderr, interrupted }, questions);
}

/** The account's name; a container may run under a number that has none. */
function userName(): string {
  const { userInfo } = process.getBuiltinModule('node:os');
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
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

function interrupt(code: number): never {
  removeUnfinished();
  process.exit(code);
}

const INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const surroundings: Surroundings = {
  stdout: terminalSink(process.stdout),
  stderr: terminalSink(process.stderr),
  env: process.env,
  clock: Date.now,
  // Zone and crypto take milliseconds to load, and help needs neither.
  get zone() {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  openLines,
  createFile,
  makeFolder,
  clearUnfinished,
  listFolder,
  temporaryFolder,
  wait: (milliseconds) => setTimeout(milliseconds),
  get askHidden() {
    return process.stdin.isTTY && process.stderr.isTTY ? askHidden : null;
  },
  storeHost: async () => {
    const { storeHost } = await import('./host/store-host.ts');
    return storeHost(Date.now);
  },
  serve: async (access, settings) => {
    const [{ startService }, { storeHost }] = await Promise.all([
      import('./host/start-service.ts'),
      import('./host/store-host.ts'),
    ]);
    const version = versionOfPackage();
    const started = await startService(storeHost(Date.now), access, {
      ...settings,
      version,
      write: (lines) => void process.stdout.write(lines),
    });
    if (started.ok) {
      stopService = started.stop;
      process.on('exit', started.flushLog);
    }
    return started;
  },
  get user() {
    return userName();
  },
  get holder() {
    return `${process.getBuiltinModule('node:os').hostname()}:${process.pid}`;
  },
  hmac: (key, text) => {
    const { createHmac } = process.getBuiltinModule('node:crypto');
    return createHmac('sha256', key).update(text).digest('hex');
  },
  version: versionOfPackage(),
};

/** Stops the web service after the requests at work; null: none runs, or it is stopping already. */
let stopService: (() => void) | null = null;
let stoppedAt = Number.NEGATIVE_INFINITY;
/** Ctrl-C can come twice, from the terminal and from the process that started this one: bin/cryowatch.js. Milliseconds. */
const ONE_SIGNAL = 500;

for (const [signal, code] of Object.entries(INTERRUPTED)) {
  process.on(signal, () => {
    const stop = stopService;
    if (stop !== null) {
      stopService = null;
      stoppedAt = performance.now();
      stop();
    } else if (performance.now() - stoppedAt > ONE_SIGNAL) interrupt(code);
  });
}
watchStream(process.stdout);
watchStream(process.stderr);
process.exitCode = await runCli(process.argv.slice(2), surroundings);
