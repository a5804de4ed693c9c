import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The name that the examples give the service. */
export const NAME = 'follow-up.clinic.example';

/** A proxy whose example configuration the documents show. */
export interface TlsProxy {
  readonly name: string;
  /** Of Debian. */
  readonly package: string;
  /** Told by its own command. */
  readonly probe: readonly [command: string, argument: string];
  /** What it is told to do: to end when the requests at work are answered. */
  readonly endSignal: NodeJS.Signals;
  /** Where it would put bodies that it keeps for a while; null: it keeps none. */
  readonly bodies: string | null;
  /** Writes its configuration. @returns the command that runs it until it is ended */
  configure(place: ProxyPlace): readonly string[];
}

/** What the examples cannot know: ports, and where files are on this machine. */
export interface ProxyPlace {
  readonly folder: string;
  readonly servicePort: number;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly certificate: string;
  readonly key: string;
}

const EXAMPLES = new URL('../../../examples/operations/', import.meta.url);

export const PROXIES: readonly TlsProxy[] = [
  {
    name: 'nginx',
    package: 'nginx-light',
    probe: ['nginx', '-v'],
    endSignal: 'SIGQUIT',
    bodies: 'temp/body',
    configure: (place) => {
      const { folder } = place;
      const log = join(folder, 'log');
      const elsewhere = (text: string) => text.replaceAll('/var/log/nginx', log);
      const site = put(readFileSync(new URL('cryowatch.nginx.conf', EXAMPLES), 'utf8'), [
        ['listen 80;', `listen 127.0.0.1:${place.httpPort};`],
        ['listen [::]:80;', ''],
        ['listen 443 ssl;', `listen 127.0.0.1:${place.httpsPort} ssl;`],
        ['listen [::]:443 ssl;', ''],
        ['/etc/ssl/follow-up.clinic.example.pem', place.certificate],
        ['/etc/ssl/private/follow-up.clinic.example.key', place.key],
        ['127.0.0.1:8080', `127.0.0.1:${place.servicePort}`],
      ]);
      const sites = join(folder, 'conf.d');
      mkdirSync(sites);
      writeFileSync(join(sites, 'cryowatch.conf'), elsewhere(site));
      mkdirSync(join(folder, 'temp'));
      mkdirSync(log);
      const temporary = ['client_body:body', 'proxy:proxy', 'fastcgi:f', 'uwsgi:u', 'scgi:s']
        .map((each) => each.split(':'))
        .map(([what, where]) => `${what}_temp_path ${folder}/temp/${where};`);
      // Debian's own, as it is: it logs paths wherever nobody forbids it, and compresses pages.
      const main = put(readFileSync('/etc/nginx/nginx.conf', 'utf8'), [
        ['/run/nginx.pid', join(folder, 'nginx.pid')],
        ['include /etc/nginx/sites-enabled/*;', temporary.join('\n')],
        ['/etc/nginx/conf.d', sites],
      ]);
      const config = join(folder, 'nginx.conf');
      writeFileSync(config, elsewhere(main));
      const start = join(log, 'start.log');
      return ['nginx', '-e', start, '-c', config, '-g', 'daemon off;'];
    },
  },
  {
    name: 'Caddy',
    package: 'caddy',
    probe: ['caddy', 'version'],
    endSignal: 'SIGTERM',
    bodies: null,
    configure: ({ folder, certificate, key, ...ports }) => {
      const own = `admin off\n\tdefault_bind 127.0.0.1\n\thttp_port ${ports.httpPort}\n\thttps_port ${ports.httpsPort}`;
      const config = join(folder, 'Caddyfile');
      const text = put(readFileSync(new URL('cryowatch.Caddyfile', EXAMPLES), 'utf8'), [
        ['\n{\n', `\n{\n\t${own}\n`],
        [`\n${NAME} {\n`, `\n${NAME} {\n\ttls ${certificate} ${key}\n`],
        ['127.0.0.1:8080', `127.0.0.1:${ports.servicePort}`],
      ]);
      writeFileSync(config, text);
      return ['caddy', 'run', '--adapter', 'caddyfile', '--config', config];
    },
  },
];

/** Puts in what the machine has; each place must be there, so that nothing of an example stays as it was. */
function put(text: string, places: readonly (readonly [string, string])[]): string {
  let done = text;
  for (const [from, to] of places) {
    if (!done.includes(from)) throw new Error(`the example has no ${from}`);
    done = done.replaceAll(from, to);
  }
  return done;
}

/** Nginx and Debian's programs for administrators are not in everybody's path. */
const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export function isInstalled({ probe: [command, argument] }: TlsProxy): boolean {
  return spawnSync(command, [argument], { env: ENV }).status === 0;
}

/** A certificate for the name of the examples, signed by itself. */
export function certificateIn(folder: string): {
  readonly certificate: string;
  readonly key: string;
} {
  const [certificate, key] = [join(folder, 'own.pem'), join(folder, 'own.key')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const about = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`, '-days', '2'];
  const args = ['req', '-x509', ...curve, ...about, '-out', certificate, '-keyout', key];
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { certificate, key };
}

/** Ports of loopback that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    const address = server.address();
    if (address !== null && typeof address === 'object') ports.push(address.port);
  }
  for (const server of servers) await new Promise((settle) => server.close(settle));
  return ports;
}

/** It ends then, whatever becomes of whoever started it. Seconds. */
const LONGEST = '180';

/** A proxy that runs. */
export interface RunningProxy {
  /** Everything that it has written: its output and all files of its folder but those given to it. */
  written(): string;
  /** Ends it as an administrator does. @returns the code it ended with */
  end(): Promise<number | null>;
  /** Ends it whatever it does. */
  kill(): void;
}

export function runProxy(proxy: TlsProxy, place: ProxyPlace): RunningProxy {
  const { folder } = place;
  // The workers of nginx run as another user.
  chmodSync(folder, 0o755);
  const command = proxy.configure(place);
  const own = {
    HOME: folder,
    XDG_CONFIG_HOME: `${folder}/config`,
    XDG_DATA_HOME: `${folder}/data`,
  };
  const given = new Set(filesIn(folder));
  const child: ChildProcess = spawn('timeout', ['--foreground', LONGEST, ...command], {
    cwd: folder,
    env: { ...ENV, ...own },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((settle) => child.once('exit', settle));
  return {
    written: () => {
      const own = filesIn(folder).filter((path) => !given.has(path));
      return [output, ...own.map((path) => readFileSync(path, 'latin1'))].join('\n');
    },
    end: () => {
      child.kill(proxy.endSignal);
      return ended;
    },
    kill: () => {
      // Nginx takes its workers with it only where it can still do so itself.
      if (child.exitCode === null) child.kill('SIGTERM');
    },
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}
