import type { Clock } from '../domain/clock.ts';
import type { Problem } from '../domain/problem.ts';
import type { StoreAccess, StoreHost } from '../service/open-context.ts';

/** Where text goes. */
export interface Sink {
  /** Settles once the text is handed on; waits while the reader is slow. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 where none is known. */
  readonly columns: number;
}

/** A file that could not be opened or read. */
export interface FileFault {
  readonly kind: 'missing' | 'unreadable';
  readonly problem: Problem;
}

/** A line without its end, or why it is not text. */
export type Line = string | { readonly problem: Problem };

/** How the bytes of a file are read as text; `latin1`: Windows-1252, which has all its letters. */
export type TextEncoding = 'utf8' | 'latin1';

/** A file's lines, or why there are none. `-` is standard input. */
export type LineSource =
  | {
      readonly ok: true;
      readonly lines: AsyncIterable<Line>;
      readonly totalBytes: number | null;
      bytesRead(): number;
    }
  | { readonly ok: false; readonly fault: FileFault };

/** Thrown when reading or writing a file fails half-way. */
export class IoFault extends Error {
  readonly problem: Problem;
  /** The file's path; `-` is standard input. */
  readonly file: string;
  readonly direction: 'read' | 'write';

  constructor(problem: Problem, file: string, direction: 'read' | 'write') {
    super(problem.message);
    this.problem = problem;
    this.file = file;
    this.direction = direction;
  }
}

/** A file that appears under its name only when it is whole. */
export interface OutputFile {
  write(text: string): Promise<void>;
  /** Puts the file in its place, replacing an older one. */
  commit(): Promise<void>;
  /** Takes away what was written. */
  abandon(): Promise<void>;
}

export type OutputTarget =
  | { readonly ok: true; readonly file: OutputFile }
  | { readonly ok: false; readonly fault: FileFault };

/** Where the service is to listen, and how browsers reach it. */
export interface ServeSettings {
  readonly host: string;
  readonly port: number;
  readonly origin: string | undefined;
  readonly behindProxy: boolean;
}

/** A service that runs until somebody stops it, or why it did not start. */
export type Served =
  | { readonly ok: true; readonly address: string; readonly stopped: Promise<void> }
  | { readonly ok: false; readonly problem: Problem };

/** What a command needs of the world around it; made by the composition root. */
export interface Surroundings {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** IANA zone in which "today" is meant. */
  readonly zone: string;
  /** UTF-8, unless another encoding is asked for. */
  openLines(path: string, encoding?: TextEncoding): Promise<LineSource>;
  /** Starts a file that only its owner may read; `fresh`: where one is there already, it is left and told. */
  createFile(path: string, fresh?: 'fresh'): Promise<OutputTarget>;
  /** Makes a folder and those above it, for its owner only; one that is there is left as it is. */
  makeFolder(path: string): Promise<FileFault | null>;
  /** Takes away what writers of `createFile` that were killed left in a folder; nobody else may be writing there. */
  clearUnfinished(path: string): Promise<void>;
  /** The names in a folder, in order; null: there is no such folder. */
  listFolder(path: string): Promise<readonly string[] | null>;
  /** Makes an empty folder for a while; `remove` takes it away with all that is in it. */
  temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }>;
  wait(milliseconds: number): Promise<void>;
  /**
   * Asks questions at the terminal, one after the other, without showing what is typed; null where nobody is there
   * to answer: standard input is no terminal. The answer is null where the input ends before the last one.
   */
  readonly askHidden: ((questions: readonly string[]) => Promise<readonly string[] | null>) | null;
  /** What opens stores; loaded when first asked for, as the database takes time. */
  storeHost(): Promise<StoreHost>;
  /** Starts the web service on a store; a signal stops it, after the requests that are at work. @throws StoreFault */
  serve(access: StoreAccess, settings: ServeSettings): Promise<Served>;
  /** The system's name of who runs this: the actor in the audit log, where none is named. */
  readonly user: string;
  /** Names this process among those of every host. */
  readonly holder: string;
  /** HMAC-SHA256 of a text, in lower-case hexadecimal. */
  hmac(key: string, text: string): string;
  readonly version: string;
}
