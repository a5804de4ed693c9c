import { describe, expect, it } from 'vitest';
import {
  WORKLIST_FORMAT_NAMES,
  WORKLIST_FORMATS,
  type WorklistFormat,
} from '../../src/export/worklist-registry.ts';
import { makeWorklist } from '../../src/worklist/worklist.ts';
import { sampleWorklist } from './sample-worklist.ts';

const terminal = { width: 100, colour: false };
const worklist = sampleWorklist();
const empty = makeWorklist([], worklist);
const formats: readonly WorklistFormat[] = Object.values(WORKLIST_FORMATS);

describe('the formats of a worklist', () => {
  it('go by their own names', () => {
    expect(formats.map(({ name }) => name)).toEqual(WORKLIST_FORMAT_NAMES);
    expect(new Set(formats.map(({ extension }) => extension)).size).toBe(formats.length);
  });

  it.each(formats)('$name tells every row', ({ write }) => {
    const text = write(worklist, terminal);
    expect(text).toMatch(/\n$/);
    for (const { episode, item } of worklist.rows) {
      expect(text).toContain(episode);
      expect(text).toContain(item);
    }
  });

  it.each(formats)('$name of no open item is still a document', ({ name, write }) => {
    const text = write(empty, terminal);
    if (name === 'ndjson') expect(text).toBe('');
    else expect(text).toMatch(/\n$/);
    if (name === 'json') expect(JSON.parse(text)).toEqual(empty);
  });

  it.each(formats.filter(({ stream }) => stream !== undefined))(
    '$name gives the same bytes row by row',
    ({ stream, write }) => {
      const streamed = worklist.rows.map((row) => stream?.writeOne(row)).join('');
      expect((stream?.head ?? '') + streamed).toBe(write(worklist, terminal));
    },
  );

  it('JSON keeps every value', () => {
    expect(JSON.parse(WORKLIST_FORMATS.json.write(worklist, terminal))).toEqual(worklist);
  });
});
