import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingSurroundings } from '../../scripts/docs/recorded-command.ts';
import { createProgram } from '../../src/cli/program.ts';
import { ROLES } from '../../src/domain/role.ts';
import { REQUIRED } from '../export/readers/readers.ts';
import { httpClinic, ORIGIN } from '../http/http-clinic.ts';

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/service.md', ROOT), 'utf8');
const example = (name: string) =>
  readFileSync(new URL(`examples/operations/${name}`, ROOT), 'utf8');

function commandsIn(group: Command, before = ''): [string, Command][] {
  return group.commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    return [[name, command], ...commandsIn(command, `${name} `)];
  });
}

const commands = new Map(
  commandsIn(await createProgram(recordingSurroundings([]), () => undefined)),
);

/** Checks that a command line names a command and options that exist. */
function expectKnown(line: string): void {
  const words = line.split(' ');
  const two = words.slice(0, 2).join(' ');
  const command = commands.get(two) ?? commands.get(words[0] ?? '');
  expect(command, line).toBeDefined();
  const known = command?.options.map(({ long }) => long) ?? [];
  for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(known).toContain(flag);
}

describe('docs/service.md', () => {
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');
  const lines = [...blocks.matchAll(/^cryowatch (.*)$/gm)].map(([, line]) => line ?? '');

  it.each(lines)('cryowatch %s: the command and its options exist', (line) => {
    expectKnown(line);
  });

  it.each(ROLES)('says what the role %s may do', (role) => {
    expect(page).toContain(`| \`${role}\` | `);
  });

  it('names every figure that the service has of its own', async () => {
    const { service, fetch } = await httpClinic({ sample: false });
    await fetch(new Request(`${ORIGIN}/health`));
    const figures = await service.metrics.text([]);
    const own = new Set(
      [...figures.matchAll(/^# TYPE (cryowatch_\w+) /gm)].map(([, name]) => name),
    );
    const told = [...page.matchAll(/^\| `(cryowatch_\w+)` \|/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual([...own].sort());
  });

  it('names every field of a line of the log', async () => {
    const { log, fetch } = await httpClinic({ sample: false });
    await fetch(new Request(`${ORIGIN}/health`));
    const section = page.slice(page.indexOf('## The log'), page.indexOf('## Figures'));
    for (const field of Object.keys(JSON.parse(log[0] ?? '{}'))) {
      expect(section).toContain(`\`${field}\``);
    }
  });

  it.each([...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? ''))(
    'links to %s, which exists',
    (link) => {
      expect(existsSync(new URL(link, new URL('docs/', ROOT)))).toBe(true);
    },
  );
});

/** Without comments. */
function directives(name: string): string {
  return example(name).replace(/^\s*#.*$/gm, '');
}

function installed(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}

describe('the examples of proxies', () => {
  it.each(['cryowatch.nginx.conf', 'cryowatch.Caddyfile'])(
    '%s: closes what it opens, and asks where the unit listens',
    (name) => {
      const text = directives(name);
      expect(text.match(/\{/g)?.length).toBe(text.match(/\}/g)?.length);
      const [, port] = /--port (\d+)/.exec(example('cryowatch-serve.service')) ?? [];
      expect(text).toContain(`127.0.0.1:${port}`);
      expect(text).toContain('follow-up.clinic.example');
    },
  );

  // What they do is seen in tests/http/proxy; this is what a test does not get to see.
  it('nginx: nothing is logged at any level, no header is added, no answer is written to a disk', () => {
    const text = directives('cryowatch.nginx.conf');
    const servers = text.match(/^server \{/gm)?.length ?? 0;
    expect(text.match(/^ {4}access_log off;/gm)).toHaveLength(servers);
    expect(text.match(/^ {4}error_log \/dev\/null emerg;/gm)).toHaveLength(servers);
    expect(text).toContain('proxy_max_temp_file_size 0;');
    expect(text).not.toMatch(/add_header|proxy_hide_header|proxy_cache/);
    for (const line of text.split('\n')) expect(line).toMatch(/^\s*(?:\S.*[;{]|\})?$/);
  });

  it('Caddy: no path is logged, and it lets a connection go before the service does', () => {
    const text = directives('cryowatch.Caddyfile');
    expect(text).toContain('exclude http.log.access http.log.error');
    const [, kept = ''] = /keepalive (\d+)s/.exec(text) ?? [];
    const [, closed = ''] = /\| a connection without a request \| (\d+) s \|/.exec(page) ?? [];
    expect(Number(kept)).toBeGreaterThan(0);
    expect(Number(kept)).toBeLessThan(Number(closed));
  });
});

describe('the unit of the service', () => {
  const unit = example('cryowatch-serve.service');
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cryowatch-unit-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('starts serve with options that exist, for a proxy on this machine alone', () => {
    const [, line = ''] = /^ExecStart=\S+\/cryowatch (.*)$/m.exec(unit) ?? [];
    expect(line.split(' ')[0]).toBe('serve');
    expectKnown(line);
    expect(line).toContain('--behind-proxy');
    expect(line).not.toContain('--host');
    expect(unit).toMatch(/^IPAddressDeny=any\nIPAddressAllow=localhost$/m);
  });

  it('gives requests at work more time than the service gives them', () => {
    const [, seconds = '0'] = /^TimeoutStopSec=(\d+)s$/m.exec(unit) ?? [];
    expect(Number(seconds)).toBeGreaterThan(10);
  });

  const VERIFIER = 'systemd-analyze';
  const hasSystemd = installed(VERIFIER, '--version');

  it.runIf(REQUIRED)('can be verified: systemd is installed', () => {
    expect(hasSystemd).toBe(true);
  });

  it.runIf(hasSystemd)('is sound to systemd-analyze', () => {
    // It asks for the program, which stands elsewhere here.
    const file = join(folder, 'cryowatch-serve.service');
    writeFileSync(file, unit.replace('/usr/local/bin/cryowatch', process.execPath));
    const { status, stderr } = spawnSync(VERIFIER, ['verify', file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
