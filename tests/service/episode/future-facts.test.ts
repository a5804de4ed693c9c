import { describe, expect, test } from 'vitest';
import { futureProblems } from '../../../src/service/episode/future-facts.ts';
import { day, exam, facts } from '../../store/fixtures.ts';

const TODAY = day('2026-02-10');

describe('facts that lie ahead', () => {
  test('today and before is no problem', () => {
    const events = [exam('x1', '2026-02-10'), exam('x2', '2020-01-01')];
    expect(futureProblems({ episode: facts('E'), events }, TODAY)).toEqual([]);
  });

  test('each is told with its place, what stood there and what is allowed', () => {
    const episode = { ...facts('E'), ablation: { date: day('2026-02-11') } };
    const events = [
      exam('x1'),
      exam('x2', '2026-02-11'),
      {
        type: 'pathology' as const,
        id: 'p1',
        date: day('2026-02-10'),
        result: 'malignant' as const,
        specimenDate: day('2026-02-12'),
      },
    ];
    const problems = futureProblems({ episode, events }, TODAY);
    expect(problems.map(({ path, found }) => `${path} ${found}`)).toEqual([
      'episode.ablation.date 2026-02-11',
      'events[1].date 2026-02-11',
      'events[2].specimenDate 2026-02-12',
    ]);
    for (const { allowed } of problems) expect(allowed).toContain('2026-02-10 or earlier');
  });

  test('what is planned may lie ahead: an appointment, a deferral, a contraindication', () => {
    const ahead = day('2027-01-01');
    const dated = { id: 'b', date: TODAY };
    const events = [
      { ...dated, type: 'booking' as const, visit: 'a1.baseline', appointment: '2027-01-01' },
      { ...dated, type: 'deferral' as const, visit: 'a1.baseline', until: ahead, reason: 'abroad' },
      { ...dated, type: 'constraint' as const, kind: 'pregnancy', from: ahead },
    ];
    expect(futureProblems({ episode: facts('E'), events }, TODAY)).toEqual([]);
  });
});
