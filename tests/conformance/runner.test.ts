import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/conformance.ts', import.meta.url));
const CORPUS = fileURLToPath(new URL('../cases/named.ndjson', import.meta.url));
const PROTOCOL = fileURLToPath(
  new URL('../cases/staged-risk-adapted.protocol.json', import.meta.url),
);

let folder = '';
let vendors = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function run(...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n').filter((line) => line !== ''), stderr, status };
}

/** A vendor's engine in one JavaScript expression over `lines`, the cases that it was given. */
function vendor(program: string): string {
  vendors += 1;
  const path = file(
    `vendor-${vendors}.mjs`,
    `import { readFileSync } from 'node:fs';
const lines = readFileSync(0, 'utf8').trim().split('\\n').map((line) => JSON.parse(line));
const print = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
${program}`,
  );
  return `'${process.execPath}' '${path}'`;
}

/** Two cases that any engine passes which gives back `phase` and the first visit. */
function twoCases(): string {
  const line = (name: string, id: string) =>
    JSON.stringify({
      name,
      case: { asOf: '2026-01-20', episode: { id }, events: [] },
      expect: { phase: 'interval', visits: [{ key: id, target: '2026-04-15' }] },
    });
  return file('two.ndjson', `${line('first', 'A')}\n\n${line('second', 'B')}\n`);
}

const RIGHT = `for (const { episode } of lines)
  print({ phase: 'interval', more: 1, visits: [{ key: episode.id, target: '2026-04-15', more: 2 }] });`;

describe('the conformance runner on our own engine', () => {
  it('passes the corpus and says so in its last line', () => {
    const { lines, status } = run(CORPUS);
    expect(lines).toEqual(['165 passed, 0 failed']);
    expect(status).toBe(0);
  });

  it('prints the case, the field, what was expected and what came, and exits with 1', () => {
    const path = file(
      'wrong.ndjson',
      `${JSON.stringify({
        name: 'a wrong tier',
        case: {
          asOf: '2026-01-20',
          episode: { id: 'E', laterality: 'left', ablation: { date: '2026-01-15' } },
          events: [],
        },
        expect: { tier: 'high', course: 1, visits: [{ key: 'a1.baseline' }] },
      })}\n`,
    );
    const { lines, status } = run(path);
    expect(lines).toEqual([
      'a wrong tier: tier: expected "high", got "standard"',
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((index) =>
        expect.stringContaining(`a wrong tier: visits[${index}]: expected nothing, got {`),
      ),
      '0 passed, 1 failed',
    ]);
    expect(status).toBe(1);
  });

  it('counts a case that the engine refuses as failed, with the reason', () => {
    const path = file(
      'refused.ndjson',
      `${JSON.stringify({ name: 'refused', case: { episode: {}, events: [] }, expect: {} })}\n`,
    );
    const { lines, status } = run(path);
    expect(lines[0]).toContain('refused: episode.id: this field is missing');
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(status).toBe(1);
  });

  it('plans with the protocol file that is named', () => {
    const document = JSON.parse(readFileSync(PROTOCOL, 'utf8')) as Record<string, unknown>;
    const protocol = file(
      'other.protocol.json',
      JSON.stringify({ ...document, assumedCategory: '3' }),
    );
    const { lines, status } = run(CORPUS, '--protocol', protocol);
    expect(lines).toContain(
      '2 nothing assumed: the protocol\'s category, said to be assumed: category: expected "2", got "3"',
    );
    expect(status).toBe(1);
  });
});

describe('the conformance runner on a command', () => {
  it('passes a vendor that prints what is expected, and more', () => {
    const { lines, status } = run(twoCases(), '--command', vendor(RIGHT));
    expect(lines).toEqual(['2 passed, 0 failed']);
    expect(status).toBe(0);
  });

  it('gives the command the bare cases, never what is expected of them', () => {
    const echo = vendor(
      `for (const line of lines) print({ phase: Object.keys(line).join(), visits: [] });`,
    );
    const { lines } = run(twoCases(), '--command', echo);
    expect(lines[0]).toBe('first: phase: expected "interval", got "asOf,episode,events"');
  });

  it('tells the command which protocol to use', () => {
    const echo = vendor(`for (const _ of lines) print({ phase: process.env.PROTOCOL_FILE });`);
    const { lines } = run(twoCases(), '--command', echo, '--protocol', PROTOCOL);
    expect(lines[0]).toBe(`first: phase: expected "interval", got ${JSON.stringify(PROTOCOL)}`);
    expect(lines[1]).toMatch(/^first: visits: expected \[.*\], got nothing$/);
  });

  it('fails the cases that a vendor gets wrong, and only those', () => {
    const wrong = vendor(
      `for (const { episode } of lines)
        print({ phase: episode.id === 'A' ? 'interval' : 'ended', visits: [{ key: episode.id, target: '2026-04-15' }] });`,
    );
    const { lines, status } = run(twoCases(), '--command', wrong);
    expect(lines).toEqual([
      'second: phase: expected "interval", got "ended"',
      '1 passed, 1 failed',
    ]);
    expect(status).toBe(1);
  });

  it('fails every case of a command that dies, and says how it ended', () => {
    const { lines, stderr, status } = run(twoCases(), '--command', 'exit 7');
    expect(lines).toEqual([
      'first: no plan was printed',
      'second: no plan was printed',
      '0 passed, 2 failed',
    ]);
    expect(stderr).toContain('the command ended with exit code 7');
    expect(status).toBe(1);
  });

  it('names the signal that killed a command', () => {
    const { stderr, status } = run(CORPUS, '--command', 'kill -9 $$');
    expect(stderr).toContain('the command ended with signal SIGKILL');
    expect(status).toBe(1);
  });

  it('fails the cases that a command which stops half way left out', () => {
    const one = vendor(`${RIGHT.replace('of lines', 'of lines.slice(0, 1)')}`);
    const { lines, status } = run(twoCases(), '--command', one);
    expect(lines).toEqual(['second: no plan was printed', '1 passed, 1 failed']);
    expect(status).toBe(1);
  });

  it('fails a line that is not JSON and shows its beginning', () => {
    const { lines, status } = run(
      twoCases(),
      '--command',
      `cat > /dev/null; echo 'no plan today'; echo`,
    );
    expect(lines).toEqual([
      'first: not JSON: "no plan today"',
      'second: not JSON: ""',
      '0 passed, 2 failed',
    ]);
    expect(status).toBe(1);
  });

  it('does not pass a command that prints more lines than there are cases', () => {
    const { lines, status } = run(twoCases(), '--command', vendor(`${RIGHT}\nprint({});`));
    expect(lines).toEqual([
      'output: 1 more lines were printed than there are cases',
      '2 passed, 1 failed',
    ]);
    expect(status).toBe(1);
  });

  it('fails plans that are no objects', () => {
    const nulls = vendor('for (const _ of lines) print(null);');
    const { lines, status } = run(twoCases(), '--command', nulls);
    expect(lines[0]).toMatch(/^first: the plan: expected \{.*\}, got null$/);
    expect(lines.at(-1)).toBe('0 passed, 2 failed');
    expect(status).toBe(1);
  });
});

describe('the conformance runner called wrongly', () => {
  it.each([
    ['no file', [], 'usage:'],
    ['an unknown option', [CORPUS, '--comand', 'x'], '--comand'],
    ['a file that is not there', ['/nowhere/cases.ndjson'], '/nowhere/cases.ndjson'],
    ['a folder', [tmpdir()], tmpdir()],
    ['a protocol that is not there', [CORPUS, '--protocol', '/nowhere.json'], '/nowhere.json'],
    ['a protocol that is no JSON', [CORPUS, '--protocol', CORPUS], 'not JSON'],
  ])('%s: one sentence, exit code 2', (_what, args, sentence) => {
    const { lines, stderr, status } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(lines).toEqual([]);
  });

  it.each([
    ['not JSON', '{"name":', 'this line is not JSON'],
    ['no case', '{"name":"x","expect":{}}', 'a case needs "name", "case" and "expect"'],
    ['null', 'null', 'a case needs "name", "case" and "expect"'],
    ['no expectation', '{"name":"x","case":{}}', 'a case needs "expect"'],
  ])('a corpus line with %s is named by file and line', (what, line, sentence) => {
    const path = file(`broken-${what.replaceAll(' ', '-')}.ndjson`, `\n${line}\n`);
    const { stderr, status } = run(path);
    expect(status).toBe(2);
    expect(stderr).toContain(`${path}:2: ${sentence}`);
  });

  it('a protocol that is refused is named with its first fault', () => {
    const path = file('refused.protocol.json', '{"schemaVersion":1}');
    const { stderr, status } = run(CORPUS, '--protocol', path);
    expect(status).toBe(2);
    expect(stderr).toContain(`${path}: id: this field is missing`);
  });

  it('files without any case prove nothing', () => {
    const { stderr, status } = run(file('empty.ndjson', '\n'));
    expect(status).toBe(2);
    expect(stderr).toContain('hold no case');
  });

  it('explains itself when asked', () => {
    const { lines, status } = run('--help');
    expect(lines[0]).toMatch(/^usage: npm run conformance/);
    expect(status).toBe(0);
  });
});
