import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import { compareTexts } from '../../src/domain/compare-texts.ts';
import type { CaseEvent, EventType } from '../../src/domain/event.ts';
import { compareEvents, inOrder } from '../../src/history/event-order.ts';

function anEvent(type: EventType, date: string, id: string): CaseEvent {
  return { type, id, date: parseDay(date) as Day } as CaseEvent;
}

function sorted(...events: readonly CaseEvent[]): string[] {
  return [...events].sort(compareEvents).map(({ id }) => id);
}

describe('the order of events', () => {
  it('is by date before anything else', () => {
    expect(
      sorted(anEvent('ablation', '2026-02-02', 'a'), anEvent('reopening', '2026-02-01', 'z')),
    ).toEqual(['z', 'a']);
  });

  it('of one day is by type, against the order of the ids', () => {
    const types = [
      'ablation',
      'imaging',
      'pathology',
      'decision',
      'suspension',
      'surgery',
      'reopening',
    ] as const;
    const events = types.map((type, index) => anEvent(type, '2026-02-01', String(9 - index)));
    expect(sorted(...events)).toEqual(events.map(({ id }) => id));
    expect(sorted(...[...events].reverse())).toEqual(events.map(({ id }) => id));
  });

  it.each([
    ['decision', 'deferral', 'decline', 'booking'],
    ['suspension', 'resumption'],
    ['surgery', 'closure'],
  ] as const)('%s and its like of one day are by id', (...types) => {
    const events = types.map((type, index) => anEvent(type, '2026-02-01', String(9 - index)));
    expect(sorted(...events)).toEqual(events.map(({ id }) => id).reverse());
  });

  it('of ids is by code units, the same in every locale', () => {
    expect(['b', 'B', 'a10', 'a9', 'ä', 'z'].sort(compareTexts)).toEqual([
      'B',
      'a10',
      'a9',
      'b',
      'z',
      'ä',
    ]);
    expect(compareTexts('x', 'x')).toBe(0);
  });
});

describe('events in order', () => {
  const first = anEvent('imaging', '2026-02-01', 'a');
  const second = anEvent('imaging', '2026-02-01', 'b');
  const third = anEvent('imaging', '2026-03-01', 'a');

  it('are sorted into a list of their own, and the given one stays as it is', () => {
    const given = [third, second, first];
    expect(inOrder(given)).toEqual([first, second, third]);
    expect(given).toEqual([third, second, first]);
  });

  it.each([[[]], [[first]], [[first, second, third]]])('that are so already stay', (given) => {
    expect(inOrder(given)).toEqual(given);
  });
});
