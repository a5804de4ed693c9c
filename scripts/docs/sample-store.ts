import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/run.ts';
import type { Surroundings } from '../../src/cli/surroundings.ts';
import { scryptPasswords } from '../../src/host/passwords.ts';
import { storeHost } from '../../src/host/store-host.ts';
import type { StoreFiles } from '../../src/store/store-files.ts';
import { recordingSurroundings } from './recorded-command.ts';

/** 2026-06-15T02:15Z, 04:15 at the clinic: the day of the sample cohort. */
const SAMPLE_NIGHT = Date.UTC(2026, 5, 15, 2, 15);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What makes the sample clinic, each as it would be typed. */
const MAKING: readonly (readonly string[])[] = [
  ['init', '--clinic', 'SAMPLE', '--zone', 'Europe/Berlin'],
  ['protocol', 'approve', 'staged-risk-adapted', '--clinician', 'Dr. Sample'],
  ['clinic', 'closed-days', 'examples/clinic/closed-days.json'],
  ['episode', 'import', 'examples/clinic/episodes.ndjson'],
];

/** A folder with the sample clinic, in which the examples of the pages run one after the other. */
export class SampleStore {
  readonly #folder = mkdtempSync(join(tmpdir(), 'cryowatch-docs-'));
  /** Of the key that was made last; `SELECTOR` stands for it. */
  #selector = '';
  #bytes = 0;
  #now = SAMPLE_NIGHT;

  static async make(): Promise<SampleStore> {
    const store = new SampleStore();
    writeFileSync(join(store.#folder, 'password.txt'), 'lantern gravel otter velvet\n');
    for (const args of MAKING) {
      const { code, text } = await store.run(args);
      if (code !== 0) throw new Error(`${args.join(' ')}: ${text}`);
    }
    return store;
  }

  /** Runs a command in the folder; the text is what a terminal shows, with paths as they were typed. */
  async run(args: readonly string[]): Promise<{ readonly text: string; readonly code: number }> {
    const written: string[] = [];
    const typed = args.map((word) => (word === 'SELECTOR' ? this.#selector : word));
    const code = await runCli(typed, this.#surroundings(written));
    const text = written.join('').replaceAll(`${this.#folder}/`, '');
    this.#selector = /^([0-9a-z]{16})\.[0-9a-z]+$/m.exec(text)?.[1] ?? this.#selector;
    return { text, code };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #surroundings(written: string[]): Surroundings {
    const inFolder = (path: string) => (path.startsWith('/') ? path : join(this.#folder, path));
    const clock = () => {
      this.#now += 1;
      return this.#now;
    };
    return {
      ...recordingSurroundings(written),
      env: { NO_COLOR: '1', CRYOWATCH_DATABASE: inFolder('clinic.db') },
      clock,
      zone: 'Europe/Berlin',
      openLines: async (path) => {
        const found = [inFolder(path), join(ROOT, path)].flatMap(textOf);
        const [text] = found;
        if (text === undefined) {
          const problem = { path: '', message: 'there is no such file' };
          return { ok: false, fault: { kind: 'missing', problem } };
        }
        async function* lines() {
          yield* (text ?? '').replace(/\n$/, '').split('\n');
        }
        return { ok: true, lines: lines(), totalBytes: text.length, bytesRead: () => 0 };
      },
      createFile: async (path) => {
        const parts: string[] = [];
        const commit = async () => {
          mkdirSync(dirname(inFolder(path)), { recursive: true });
          writeFileSync(inFolder(path), parts.join(''), { mode: 0o600 });
        };
        const write = async (text: string) => void parts.push(text);
        return { ok: true, file: { write, commit, abandon: async () => undefined } };
      },
      makeFolder: async (path) => {
        mkdirSync(inFolder(path), { recursive: true, mode: 0o700 });
        return null;
      },
      listFolder: async (path) => {
        try {
          return readdirSync(inFolder(path)).sort();
        } catch {
          return null;
        }
      },
      temporaryFolder: async () => {
        const path = mkdtempSync(inFolder('tmp-'));
        return { path, remove: async () => rmSync(path, { recursive: true, force: true }) };
      },
      // As if it were stopped at once.
      serve: async (_access, { host, port }) => ({
        ok: true,
        address: `http://${host}:${port}`,
        stopped: Promise.resolve(),
      }),
      storeHost: async () => {
        const host = storeHost(clock);
        const { files } = host;
        return {
          ...host,
          passwords: scryptPasswords({ ln: 4, r: 1, p: 1 }),
          chance: (bytes) => this.#counted(bytes),
          files: this.#filesIn(files, inFolder),
        };
      },
    };
  }

  /** The stores of the folder, on a disk that is the same on every machine. */
  #filesIn(files: StoreFiles, inFolder: (path: string) => string): StoreFiles {
    return {
      ...files,
      create: (path, settings) => files.create(inFolder(path), settings),
      open: (path, settings) => files.open(inFolder(path), settings),
      backup: (path, target, settings) => files.backup(inFolder(path), inFolder(target), settings),
      restore: (backup, path, settings) =>
        files.restore(inFolder(backup), inFolder(path), settings),
      verify: (path, settings, outside) => files.verify(inFolder(path), settings, outside),
      vacant: (path) => files.vacant(inFolder(path)),
      backups: (folder) => files.backups(inFolder(folder)),
      leftovers: (folder) => files.leftovers(inFolder(folder)),
      modeOf: (path) => files.modeOf(inFolder(path)),
      look: async (path) => ({ ...(await files.look(inFolder(path))), freeBytes: 80e9 }),
    };
  }

  /** Bytes that are the same on every run and never repeat. */
  #counted(bytes: number): Uint8Array {
    return Uint8Array.from({ length: bytes }, () => {
      this.#bytes += 1;
      return (this.#bytes * 97 + (this.#bytes >> 8)) % 256;
    });
  }
}

function textOf(path: string): string[] {
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    return [];
  }
}
