import { describe, expect, test } from 'vitest';
import { parseEvents } from '../../src/input/parse-events.ts';
import { exam, facts } from '../store/fixtures.ts';

const BEFORE = { episode: facts('E'), events: [exam('x1'), exam('x2', '2026-02-05')] };
const NEW = { type: 'imaging', id: 'x3', date: '2026-03-01', modality: 'MRI' };

function problems(documents: readonly unknown[], before = BEFORE) {
  const parsed = parseEvents(documents, before);
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('events that are to join a case', () => {
  test('are read alone, with days as numbers', () => {
    const parsed = parseEvents([NEW], BEFORE);
    expect(parsed).toMatchObject({ ok: true, value: [{ id: 'x3', date: expect.any(Number) }] });
  });

  test('may name recorded events and each other', () => {
    const report = { type: 'report', date: '2026-03-02', biRads: '2' };
    expect(
      problems([NEW, { ...report, id: 'r1', of: 'x1' }, { ...report, id: 'r2', of: 'x3' }]),
    ).toEqual([]);
  });

  test.each([
    [[{ ...NEW, id: 'x1' }], ['events[0].id: two events have the same id']],
    [[NEW, NEW], ['events[1].id: two events have the same id']],
    [[NEW, { ...NEW, id: undefined }], ['events[1].id: this field is missing']],
    [[NEW, 'text'], ['events[1]: the value has the wrong type']],
    [
      [
        { ...NEW, date: 'soon' },
        { ...NEW, modality: 'X' },
      ],
      ['events[0].date: this is not a date', 'events[1].modality: the value is not allowed'],
    ],
  ])('%j are told by their own numbers', (documents, says) => {
    expect(problems(documents)).toEqual(says);
  });

  test('faults of recorded events are not theirs', () => {
    const report = {
      type: 'report',
      id: 'r0',
      date: exam('x').date,
      of: 'gone',
      biRads: '2',
    } as const;
    expect(problems([NEW], { ...BEFORE, events: [...BEFORE.events, report] as never })).toEqual([]);
  });

  test('no event is no problem', () => {
    expect(parseEvents([], BEFORE)).toEqual({ ok: true, value: [] });
  });
});
