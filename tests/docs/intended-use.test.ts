import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const text = readFileSync(new URL('docs/intended-use.md', ROOT), 'utf8');
const cases = readFileSync(new URL('tests/cases/named.ndjson', ROOT), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { name: string }).name);

function all(pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

describe('docs/intended-use.md', () => {
  it.each([...new Set(all(/`(tests\/[^`]+)`/g))])('names the test %s, which exists', (file) => {
    expect(existsSync(new URL(file, ROOT))).toBe(true);
  });

  const quoted = all(/\(("[^)]*")\)/g).flatMap((list) => [...list.matchAll(/"([^"]+)"/g)]);
  it.each(quoted.map((match) => match[1] ?? ''))('names the case "%s", which exists', (name) => {
    const start = name.replace(/ ?…$/, '');
    expect(cases.some((known) => known.startsWith(start))).toBe(true);
  });

  it.each(all(/\]\(([^)]+)\)/g))('links to %s, which exists', (link) => {
    expect(existsSync(new URL(`docs/${link}`, ROOT))).toBe(true);
  });

  it('gives every hazard a measure and a test', () => {
    const hazards = (text.split('## Hazards')[1]?.split('## Limits')[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2);
    expect(hazards.length).toBeGreaterThan(10);
    for (const hazard of hazards) {
      const cells = hazard.split('|').map((cell) => cell.trim());
      expect(cells).toHaveLength(6);
      expect(cells[4]).toContain('`tests/');
    }
  });

  it('answers each of the sixteen questions that the review leaves open', () => {
    expect(all(/^\| (A\d+) \|/gm)).toEqual(
      Array.from({ length: 16 }, (_, index) => `A${index + 1}`),
    );
  });
});
