import { describe, expect, it } from 'vitest';
import { event, exam } from '../engine/case-builder.ts';
import { rowOf, rowsOn } from './cohort.ts';

const contact = (id: string, date: string, more: Readonly<Record<string, unknown>> = {}) =>
  event(id, 'contact', date, { method: 'call', outcome: 'no-answer', ...more });

describe('the contact attempts of a row', () => {
  it('are those that name its item, with the last one', () => {
    const rows = rowsOn('2026-05-20', [
      contact('k1', '2026-04-20', { item: 'a1.baseline' }),
      contact('k2', '2026-05-02', { item: 'a1.baseline', method: 'letter', outcome: 'sent' }),
      contact('k3', '2026-05-03', { item: 'a1.routine-72' }),
    ]);
    expect(rowOf(rows, 'a1.baseline').contacts).toEqual({
      count: 2,
      last: {
        id: 'k2',
        date: '2026-05-02',
        method: 'letter',
        outcome: 'sent',
        item: 'a1.baseline',
      },
    });
  });

  it('of those that name none, the ones since the item could be done or soon could', () => {
    const events = [
      contact('k1', '2026-03-15'),
      contact('k2', '2026-03-16'),
      contact('k3', '2026-04-20'),
    ];
    expect(rowOf(rowsOn('2026-05-20', events), 'a1.baseline').contacts.count).toBe(2);
    expect(
      rowOf(rowsOn('2026-05-20', events, { soonDays: 31 }), 'a1.baseline').contacts.count,
    ).toBe(3);
  });

  it('of an escalation count from the day on which it was raised', () => {
    const suspicious = exam('x1', '2026-04-20', 'MRI', '4B');
    const events = [suspicious, contact('k1', '2026-04-19'), contact('k2', '2026-04-20')];
    expect(rowOf(rowsOn('2026-05-20', events), 'esc.x1').contacts).toMatchObject({
      count: 1,
      last: { id: 'k2' },
    });
  });

  it('are none of missing facts: nobody is called about them by key', () => {
    const rows = rowsOn('2026-05-20', [contact('k1', '2026-04-20')], {}, { tumor: undefined });
    expect(rowOf(rows, 'facts').contacts).toEqual({ count: 0, last: null });
  });
});
