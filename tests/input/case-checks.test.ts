import { describe, expect, it } from 'vitest';
import { parseCase } from '../../src/input/parse-case.ts';

type Json = Readonly<Record<string, unknown>>;

function problems(...events: readonly Json[]) {
  const parsed = parseCase({
    episode: { id: 'E', laterality: 'left', ablation: { date: '2026-01-15' } },
    events,
  });
  return parsed.ok ? [] : parsed.problems;
}

const exam: Json = { id: 'exam-1', type: 'imaging', date: '2026-04-15', modality: 'MRI' };
const correction = (of: string): Json => ({
  id: 'c',
  type: 'correction',
  date: '2026-05-01',
  of,
  reason: 'x',
});
const report = (of: string, date = '2026-05-01'): Json => ({
  id: 'r',
  type: 'report',
  date,
  of,
  biRads: '2',
});

describe('ids', () => {
  it('that stand twice are told at the second place', () => {
    expect(problems(exam, { ...exam, date: '2026-05-01' })).toEqual([
      {
        path: 'events[1].id',
        message: 'two events have the same id',
        found: '"exam-1"',
        allowed: 'an id that no other event of the case has',
      },
    ]);
    expect(problems(exam, exam, exam).map(({ path }) => path)).toEqual([
      'events[1].id',
      'events[2].id',
    ]);
  });

  it('that differ in case only are two', () => {
    expect(problems(exam, { ...exam, id: 'EXAM-1' })).toEqual([]);
  });
});

describe('a repeat ablation', () => {
  it('before the first is refused, with the mend', () => {
    expect(problems({ id: 'a', type: 'ablation', date: '2026-01-14' })).toEqual([
      {
        path: 'events[0].date',
        message: 'a repeat ablation is dated before the first one',
        found: '2026-01-14',
        allowed: 'a date from 2026-01-15 on',
        mend: 'the earliest ablation belongs in episode.ablation',
      },
    ]);
  });
});

describe('a correction', () => {
  it('of nothing is refused, with the ids that there are', () => {
    expect(problems(exam, correction('exam-2'))).toEqual([
      {
        path: 'events[1].of',
        message: 'the corrected event is not in the case',
        found: '"exam-2"',
        allowed: 'one of exam-1',
        mend: 'did you mean exam-1?',
      },
    ]);
    expect(problems(correction('exam-2'))[0]).toMatchObject({
      allowed: 'there is none in this case',
    });
    expect(problems(exam, correction('zzzzzzz'))[0]).not.toHaveProperty('mend');
  });

  it('of itself is refused', () => {
    expect(problems(exam, correction('c'))).toEqual([
      {
        path: 'events[1].of',
        message: 'a correction cannot take back itself',
        found: '"c"',
        allowed: 'the id of another event',
      },
    ]);
  });

  it('of a correction, and of an event that stands later in the file, is accepted', () => {
    const second = { ...correction('c'), id: 'd' };
    expect(problems(second, correction('exam-1'), exam)).toEqual([]);
  });

  it('names no more than a dozen of many events', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ ...exam, id: `n${index}` }));
    expect(problems(...many, correction('zzzzzzz'))[0]?.allowed?.split(', ')).toHaveLength(12);
  });
});

describe('a report', () => {
  it('of an exam is accepted', () => {
    expect(problems(exam, report('exam-1', '2026-04-15'))).toEqual([]);
    expect(problems(exam, report('exam-1', '2026-05-01'))).toEqual([]);
  });

  it('of nothing, or of what is no exam, is refused with the exams that there are', () => {
    expect(problems(exam, report('exam-7'))).toMatchObject([
      {
        path: 'events[1].of',
        message: 'the reported exam is not in the case',
        allowed: 'one of exam-1',
        mend: 'did you mean exam-1?',
      },
    ]);
    expect(problems(exam, correction('exam-1'), report('c')).map(({ path }) => path)).toEqual([
      'events[2].of',
    ]);
    expect(problems(report('r'))).toMatchObject([{ allowed: 'there is none in this case' }]);
  });
});

describe('what a correction took back', () => {
  const wrong: Json = { id: 'a', type: 'ablation', date: '2020-01-01' };
  const takenBack: Json = { id: 'k', type: 'correction', date: '2026-05-01', of: 'a', reason: 'x' };

  it('may be wrong in itself: it stays in the file as it was entered', () => {
    expect(problems(wrong)).toHaveLength(1);
    expect(problems(wrong, takenBack)).toEqual([]);
  });

  it('is judged again once the correction itself is taken back', () => {
    const undone: Json = { ...takenBack, id: 'z', of: 'k' };
    expect(problems(wrong, takenBack, undone).map(({ path }) => path)).toEqual(['events[0].date']);
  });

  it('keeps its id all the same', () => {
    const again: Json = { ...exam, id: 'a' };
    expect(problems(wrong, takenBack, again).map(({ path }) => path)).toEqual(['events[2].id']);
  });
});
