import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import type { CaseEvent } from '../../src/domain/event.ts';
import { correctedEvents } from '../../src/history/corrections.ts';

function correction(id: string, date: string, of: string): CaseEvent {
  return { type: 'correction', id, date: parseDay(date) as Day, of, reason: 'typing error' };
}

const surgery: CaseEvent = { type: 'surgery', id: 's', date: parseDay('2026-02-01') as Day };

/** `removed by correction`, sorted. */
function removed(...events: readonly CaseEvent[]): string[] {
  return [...correctedEvents(events)].map(([id, by]) => `${id} by ${by.id}`).sort();
}

describe('what corrections remove', () => {
  it('nothing without a correction', () => {
    expect(removed(surgery)).toEqual([]);
  });

  it('the event that is named', () => {
    expect(removed(surgery, correction('c', '2026-03-01', 's'))).toEqual(['s by c']);
  });

  it('also an event dated later than the correction', () => {
    expect(removed(correction('c', '2026-01-01', 's'), surgery)).toEqual(['s by c']);
  });

  it('a correction that is itself corrected has no effect', () => {
    expect(
      removed(surgery, correction('c', '2026-03-01', 's'), correction('d', '2026-03-02', 'c')),
    ).toEqual(['c by d']);
  });

  it('the correction of a correction of a correction restores the first', () => {
    const chain = [
      surgery,
      correction('c', '2026-03-01', 's'),
      correction('d', '2026-03-02', 'c'),
      correction('e', '2026-03-03', 'd'),
    ];
    expect(removed(...chain)).toEqual(['d by e', 's by c']);
    expect(removed(...chain.reverse())).toEqual(['d by e', 's by c']);
  });

  it('of one day take effect by id downwards', () => {
    const day = '2026-03-01';
    expect(removed(surgery, correction('c', day, 's'), correction('d', day, 'c'))).toEqual([
      'c by d',
    ]);
    expect(removed(surgery, correction('d', day, 's'), correction('c', day, 'd'))).toEqual([
      'd by c',
      's by d',
    ]);
  });

  it('an older correction of a newer one comes too late', () => {
    expect(
      removed(
        surgery,
        correction('new', '2026-03-02', 's'),
        correction('old', '2026-03-01', 'new'),
      ),
    ).toEqual(['new by old', 's by new']);
  });

  it('two corrections of one event remove it once, the newest is named', () => {
    expect(
      removed(surgery, correction('c', '2026-03-01', 's'), correction('d', '2026-03-02', 's')),
    ).toEqual(['s by d']);
  });

  it('two that remove each other: the newest wins', () => {
    expect(removed(correction('c', '2026-03-01', 'd'), correction('d', '2026-03-02', 'c'))).toEqual(
      ['c by d'],
    );
  });
});
