import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../scripts/docs/examples.ts';
import { SampleStore } from '../../scripts/docs/sample-store.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(`${ROOT}/README.md`, 'utf8');

/** A command and what the README says that it prints; a line `…` stands for any lines. */
interface Shown {
  readonly args: readonly string[];
  readonly output: string;
}

const SHOWN: readonly Shown[] = [
  ...README.matchAll(/^```console\n\$ npx cryowatch (.*)\n([\s\S]*?)\n```$/gm),
].map(([, command = '', output = '']) => ({ args: wordsOf(command), output }));

/** Commands on a store are shown on the sample clinic, one after the other. */
const ON_STORE = ['due', 'record', 'nightly', 'status', 'calendar', 'episode'];
const onStore = ({ args }: Shown) => ON_STORE.includes(args[0] ?? '') && !args.includes('--input');

/** Whether the pieces between `…` stand in the text, in order, the first at its start. */
function shows(text: string, output: string): boolean {
  const pieces = output.split(/^…$/m).map((piece) => piece.replace(/^\n|\n$/g, ''));
  let from = 0;
  return pieces.every((piece, index) => {
    const at = text.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0 && (index > 0 || at === 0);
  });
}

function run(args: readonly string[]): string {
  return execFileSync(process.execPath, ['bin/cryowatch.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

describe('the README', () => {
  it('shows several commands', () => {
    expect(SHOWN.length).toBeGreaterThan(3);
  });

  it('prints what its commands on a store print', async () => {
    const store = await SampleStore.make();
    try {
      for (const { args, output } of SHOWN.filter(onStore)) {
        const { text } = await store.run(args);
        expect(shows(text, output), text).toBe(true);
      }
    } finally {
      store.remove();
    }
  });

  it.each(SHOWN.filter((shown) => !onStore(shown)))(
    'prints what $args prints',
    ({ args, output }) => {
      const text = run(args);
      expect(shows(text, output), text).toBe(true);
      if (!output.includes('…')) expect(text.trimEnd()).toBe(output);
    },
  );

  it('would notice a line that differs', () => {
    expect(shows('one\ntwo\nthree\n', 'one\n…\nthree')).toBe(true);
    expect(shows('one\ntwo\nthree\n', 'one\n…\nfour')).toBe(false);
    expect(shows('zero\none\n', 'one')).toBe(false);
  });

  it('links to pages that exist', () => {
    for (const [, target = ''] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(`${ROOT}/${target}`), target).not.toThrow(/ENOENT/);
    }
  });
});
