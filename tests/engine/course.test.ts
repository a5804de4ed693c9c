import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import { startCourse } from '../../src/engine/course.ts';
import { DEFAULT_PROTOCOL, lanesOnly, protocolWith } from './case-builder.ts';

const day = parseDay('2026-01-15') as Day;
const anchor = { kind: 'ablation', eventId: null, day } as const;
const episode = { id: 'EP-1', laterality: 'left', ablation: { date: day } } as const;

describe('a course at its start', () => {
  it('has an open baseline, all lanes, no category and no history', () => {
    const course = startCourse(1, anchor, {}, episode, DEFAULT_PROTOCOL);
    expect(course).toMatchObject({
      number: 1,
      ablation: anchor,
      category: '2',
      categoryAssumed: true,
      categoryFrom: null,
      deferral: null,
      closed: [],
      intervalsClosed: 0,
      diagnosticExams: [],
      open: { key: 'a1.baseline', pastHorizon: false },
    });
    expect(course.lanes).toHaveLength(5);
    expect(course.lanes[0]).toMatchObject({
      filledBy: null,
      declinedBy: null,
      passedBy: null,
      deferral: null,
    });
  });

  it('has the tier of its own ablation', () => {
    const facts = { minimumMarginMm: 3 };
    expect(startCourse(1, anchor, facts, episode, DEFAULT_PROTOCOL).tier.factors).toEqual([
      'margin-under-5-mm',
    ]);
    expect(startCourse(2, anchor, {}, episode, DEFAULT_PROTOCOL).tier.factors).toEqual([
      'repeat-ablation',
    ]);
  });

  it('assumes the episode’s category before the protocol’s', () => {
    const assumed = { ...episode, assumedBiRads: '4A' } as const;
    expect(startCourse(1, anchor, {}, assumed, DEFAULT_PROTOCOL).category).toBe('4A');
    expect(
      startCourse(1, anchor, {}, episode, protocolWith({ assumedCategory: '1' })).category,
    ).toBe('1');
  });

  it('has no staged visit where the protocol has lanes only', () => {
    expect(startCourse(1, anchor, {}, episode, lanesOnly()).open).toBeNull();
  });
});
