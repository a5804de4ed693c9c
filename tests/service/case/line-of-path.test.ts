import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineFinder } from '../../../src/service/case/line-of-path.ts';

const TEXT = `{
  "asOf": "2026-06-15",
  "episode": {
    "id": "a \\"quoted\\" {id}, with [brackets]",
    "ablation": { "date": "2026-01-15",
      "probeCount": 2 }
  },
  "events": [
    { "id": "x1" },
    {
      "id": "x2",
      "freezeMinutes": [1, 2,
        3]
    }
  ]
}`;

describe('lineFinder', () => {
  it.each([
    ['asOf', 2],
    ['episode', 3],
    ['episode.id', 4],
    ['episode.ablation', 5],
    ['episode.ablation.date', 5],
    ['episode.ablation.probeCount', 6],
    ['events', 8],
    ['events[0]', 9],
    ['events[0].id', 9],
    ['events[1]', 10],
    ['events[1].id', 11],
    ['events[1].freezeMinutes[1]', 12],
    ['events[1].freezeMinutes[2]', 13],
  ])('finds %s on line %i', (path, line) => {
    expect(lineFinder(TEXT)(path)).toBe(line);
  });

  it.each([
    ['events[0].date', 9],
    ['events[1].findings.wall', 10],
    ['episode.tumor', 3],
  ])('finds what should hold the missing %s on line %i', (path, line) => {
    expect(lineFinder(TEXT)(path)).toBe(line);
  });

  it('has no line for the document as a whole, nor for what it does not hold', () => {
    expect(lineFinder(TEXT)('')).toBeUndefined();
    expect(lineFinder(TEXT)('schemaVersion')).toBeUndefined();
  });

  it('finds a field of a case that stands under "case"', () => {
    const line = lineFinder('{\n"name": "a",\n"case": {\n"episode": {\n"id": ""}}}');
    expect(line('episode.id')).toBe(5);
  });

  it('finds every key of any document, one key a line', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (document) => {
        const keys = Object.keys(document).filter((key) => /^[^.[\]]+$/.test(key));
        const body = Object.entries(document).map(
          ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
        );
        const line = lineFinder(`{\n${body.join(',\n')}\n}`);
        for (const key of keys) {
          expect(line(key)).toBe(Object.keys(document).indexOf(key) + 2);
        }
      }),
    );
  });
});
