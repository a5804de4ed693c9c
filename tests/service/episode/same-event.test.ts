import { describe, expect, test } from 'vitest';
import { sameContent, sameEvent } from '../../../src/service/episode/same-event.ts';
import { day, exam } from '../../store/fixtures.ts';

describe('the same event', () => {
  test('the order of fields does not matter, nor a field without a value', () => {
    const turned = Object.fromEntries(Object.entries(exam('x1')).reverse());
    expect(sameEvent(exam('x1'), { ...exam('x1'), ...turned, findings: undefined } as never)).toBe(
      true,
    );
    expect(sameContent({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } })).toBe(true);
  });

  test.each([
    { date: day('2026-02-02') },
    { biRads: '3' as const },
    { quality: 'diagnostic' as const },
    { findings: { zone: { longestMm: 5 } } },
  ])('%j makes another one', (change) => {
    expect(sameEvent(exam('x1'), { ...exam('x1'), ...change } as never)).toBe(false);
  });

  test('the order of a list matters', () => {
    expect(sameContent([1, 2], [2, 1])).toBe(false);
    expect(sameContent({ a: [1] }, { a: { 0: 1 } })).toBe(false);
  });
});
