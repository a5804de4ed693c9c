import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A calendar program that subscribes to an address. */
export interface Client {
  readonly name: string;
  readonly script: string;
  /** Python that ends well where the program is installed. */
  readonly probe: string;
  /** It names events anew, after what they say. */
  readonly ownUids: boolean;
}

export const CLIENTS: readonly Client[] = [
  {
    name: 'khal through vdirsyncer',
    script: 'follow-vdirsyncer.py',
    probe:
      "import subprocess; [subprocess.run([each, '--version'], check=True) for each in ('khal', 'vdirsyncer')]",
    ownUids: true,
  },
  {
    name: 'the web-calendar backend of Evolution',
    script: 'follow-evolution.py',
    probe:
      "import gi, shutil; gi.require_version('EDataServer', '1.2'); gi.require_version('ECal', '2.0'); assert shutil.which('dbus-run-session')",
    ownUids: false,
  },
  {
    name: 'Thunderbird',
    script: 'follow-thunderbird.py',
    probe: "import subprocess; subprocess.run(['thunderbird', '--version'], check=True)",
    ownUids: false,
  },
];

/** What a client tells of an event. */
export interface ClientEvent {
  readonly uid: string;
  /** A day, or a time in UTC. */
  readonly start: string;
  readonly summary: string;
  readonly status: string;
}

const PYTHON = '/usr/bin/python3';

export function isInstalled({ probe }: Client): boolean {
  return spawnSync(PYTHON, ['-c', probe]).status === 0;
}

/** A client that follows an address. */
export interface Follower {
  /** Looks for changes, and tells what the client holds then. */
  look(): Promise<readonly ClientEvent[]>;
  /** Ends the client. */
  end(): Promise<void>;
}

export function follow({ script }: Client, address: string): Follower {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const child: ChildProcessWithoutNullStreams = spawn(PYTHON, [path, address]);
  let faults = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    faults += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((settle) => {
    child.once('close', () => settle());
  });
  return {
    look: async () => {
      child.stdin.write('\n');
      const line = await lines.next();
      if (line.done) throw new Error(faults);
      return JSON.parse(line.value) as ClientEvent[];
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
