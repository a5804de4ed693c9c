import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingSurroundings } from '../../scripts/docs/recorded-command.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { createProgram } from '../../src/cli/program.ts';
import { REQUIRED } from '../export/readers/readers.ts';

const ROOT = new URL('../../', import.meta.url);
const EXAMPLES = new URL('examples/operations/', ROOT);
const page = readFileSync(new URL('docs/operations.md', ROOT), 'utf8');
const example = (name: string) => readFileSync(new URL(name, EXAMPLES), 'utf8');

/** Every command with its whole name, groups too: one may do something by itself. */
function commandsIn(group: Command, before = ''): [string, Command][] {
  return group.commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    return [[name, command], ...commandsIn(command, `${name} `)];
  });
}

const commands = new Map(
  commandsIn(await createProgram(recordingSurroundings([]), () => undefined)),
);

/** What stands in blocks and words of code. */
const code = [...page.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)]
  .map(([, block, words]) => block ?? words)
  .join('\n');

/** Every command line of a text, without the word `cryowatch`. */
function linesIn(text: string): string[] {
  return [...text.matchAll(/(?:^|[/ ])cryowatch ([a-z][^\n]*)/gm)].map(([, line]) =>
    (line ?? '').replace(/ &&.*$/, '').trim(),
  );
}

/** `audit verify` of `audit verify --head ROW:SEAL`. */
function nameOf(line: string): string {
  const words = line.split(' ');
  const two = words.slice(0, 2).join(' ');
  return commands.has(two) ? two : (words[0] ?? '');
}

describe('docs/operations.md', () => {
  const lines = linesIn(code);

  it('shows how every part of the operation is called', () => {
    expect([...new Set(lines.map(nameOf))].sort()).toEqual(
      expect.arrayContaining([
        'audit verify',
        'backup',
        'calendar',
        'clinic closed-days',
        'drill',
        'due',
        'episode import',
        'erase',
        'init',
        'nightly',
        'protocol adopt',
        'protocol approve',
        'restore',
        'status',
      ]),
    );
  });

  it.each(lines)('cryowatch %s: the command and its options exist', (line) => {
    const command = commands.get(nameOf(line));
    expect(command, nameOf(line)).toBeDefined();
    const known = command?.options.map(({ long }) => long) ?? [];
    for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(known).toContain(flag);
  });

  it('says of every exit code what to do', () => {
    for (const code of Object.values(EXIT))
      expect(page).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'));
  });

  it.each([...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? ''))(
    'links to %s, which exists',
    (link) => {
      expect(existsSync(new URL(`docs/${link}`, ROOT))).toBe(true);
    },
  );

  it.each(readdirSync(EXAMPLES))('tells of %s', (name) => {
    expect(page).toContain(`examples/operations/${name}`);
  });
});

describe('the example of cron', () => {
  const line = example('cryowatch.cron')
    .split('\n')
    .filter((each) => /^[\d*]/.test(each));

  it('has one job, every night at 04:15, as the account', () => {
    expect(line).toHaveLength(1);
    expect(line[0]).toMatch(/^15 4 \* \* \* cryowatch \S/);
    // cron reads % as the end of the line.
    expect(line[0]).not.toContain('%');
  });

  it('has a line that a shell can read', () => {
    const [, shell = ''] = /^(?:\S+ ){6}(.*)$/.exec(line[0] ?? '') ?? [];
    expect(spawnSync('sh', ['-n', '-c', shell]).status).toBe(0);
    const [call = ''] = linesIn(shell.slice(shell.indexOf('flock')));
    expect(nameOf(call)).toBe('nightly');
  });
});

describe('the example for Kubernetes', () => {
  const job = JSON.parse(example('cryowatch-nightly.cronjob.json'));
  const pod = job.spec.jobTemplate.spec.template.spec;

  it('starts no second job beside the first, at an hour that exists on every day', () => {
    expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'CronJob' });
    expect(job.spec).toMatchObject({ schedule: '15 4 * * *', concurrencyPolicy: 'Forbid' });
    expect(Intl.supportedValuesOf('timeZone')).toContain(job.spec.timeZone);
  });

  it('runs nightly with options that exist, and no more rights than it needs', () => {
    const [{ command, args, securityContext }] = pod.containers;
    expect(command).toEqual(['cryowatch']);
    const known = commands.get(args[0])?.options.map(({ long }) => long);
    for (const word of args.filter((each: string) => each.startsWith('--'))) {
      expect(known).toContain(word);
    }
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
    });
    expect(pod.volumes[1].secret.defaultMode).toBe(0o440);
  });

  it('mounts every volume that it names', () => {
    const mounted = pod.containers[0].volumeMounts.map(({ name }: { name: string }) => name);
    expect(mounted).toEqual(pod.volumes.map(({ name }: { name: string }) => name));
  });
});

const VERIFIER = 'systemd-analyze';
const installed = spawnSync(VERIFIER, ['--version']).status === 0;

describe('the units for systemd', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cryowatch-units-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('start the job at 04:15 and make up for a missed night', () => {
    const timer = example('cryowatch-nightly.timer');
    expect(timer).toMatch(/^OnCalendar=\*-\*-\* 04:15:00$/m);
    expect(timer).toMatch(/^Persistent=true$/m);
  });

  it('run nightly with options that exist', () => {
    const [line = ''] = linesIn(
      example('cryowatch-nightly.service').match(/^ExecStart=.*$/m)?.[0] ?? '',
    );
    const known = commands.get(nameOf(line))?.options.map(({ long }) => long);
    expect(nameOf(line)).toBe('nightly');
    for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(known).toContain(flag);
  });

  it.runIf(REQUIRED)('can be verified: systemd is installed', () => {
    expect(installed).toBe(true);
  });

  it.runIf(installed)('are sound to systemd-analyze', () => {
    // It asks for the program, which stands elsewhere here.
    const service = example('cryowatch-nightly.service');
    const name = (kind: string) => join(folder, `cryowatch-nightly.${kind}`);
    writeFileSync(name('service'), service.replace('/usr/local/bin/cryowatch', process.execPath));
    writeFileSync(name('timer'), example('cryowatch-nightly.timer'));
    const { status, stderr } = spawnSync(VERIFIER, ['verify', name('service'), name('timer')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
