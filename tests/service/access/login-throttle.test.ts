import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LoginThrottle } from '../../../src/service/access/login-throttle.ts';

const MINUTE = 60_000;

/** A throttle with a clock that the test sets; `from` makes an attempt and says how long it has to wait. */
function throttle(most?: number) {
  let now = Date.UTC(2026, 5, 15);
  const slow = new LoginThrottle(() => now, most);
  return {
    slow,
    from: (name: string, source = 'a') => slow.begin({ name, source }),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('a throttle of sign-ins', () => {
  test('lets five attempts at a name pass, then each after twice as long, up to 15 minutes', () => {
    const { from, pass } = throttle();
    let source = 0;
    const next = () => {
      source += 1;
      return from('nurse-a', `source ${source}`);
    };
    expect(Array.from({ length: 5 }, next)).toEqual([0, 0, 0, 0, 0]);
    const waits = Array.from({ length: 8 }, () => {
      const wait = next();
      pass(wait * 1000 - 1);
      expect(next()).toBe(1);
      pass(1);
      expect(next()).toBe(0);
      return wait;
    });
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('counts attempts that are still at work, so that many at once are no more than one by one', () => {
    const { from } = throttle();
    const waits = Array.from({ length: 100 }, (_, place) => from('nurse-a', `source ${place}`));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  test('slows a source down that tries many names, later than a name', () => {
    const { from } = throttle();
    const waits = Array.from({ length: 21 }, (_, place) => from(`nurse-${place}`));
    expect(waits.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(waits[20]).toBe(30);
    expect(from('nurse-x', 'another')).toBe(0);
  });

  test('lets a name begin anew after a success, but not its source', () => {
    const { slow, from } = throttle();
    for (let attempt = 0; attempt < 4; attempt += 1) from('nurse-a');
    expect(from('nurse-a')).toBe(0);
    slow.succeeded({ name: 'nurse-a', source: 'a' });
    expect(Array.from({ length: 5 }, () => from('nurse-a'))).toEqual([0, 0, 0, 0, 0]);
    expect(from('nurse-a')).toBe(30);
    // 4 + 5 failures are left of the source: one who knows one password cannot wash off guesses at others.
    const waits = Array.from({ length: 12 }, (_, place) => from(`nurse-${place}`));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(11);
  });

  test('forgets after an hour without a failure', () => {
    const { from, pass } = throttle();
    for (let attempt = 0; attempt < 5; attempt += 1) from('nurse-a');
    expect(from('nurse-a')).toBe(30);
    pass(60 * MINUTE);
    expect(Array.from({ length: 6 }, () => from('nurse-a'))).toEqual([0, 0, 0, 0, 0, 30]);
  });

  test('a clock that was set back lets nobody wait longer than the longest wait', () => {
    const { from, pass } = throttle();
    for (let attempt = 0; attempt < 5; attempt += 1) from('nurse-a');
    pass(-24 * 60 * MINUTE);
    expect(from('nurse-a')).toBeLessThanOrEqual(15 * 60);
  });

  test('a clock that was set back lets in again who has waited for as long as was told', () => {
    const { from, pass } = throttle();
    for (let attempt = 0; attempt < 5; attempt += 1) from('nurse-a');
    pass(-24 * 60 * MINUTE);
    const wait = from('nurse-a');
    expect(wait).toBe(30);
    pass(wait * 1000);
    expect(from('nurse-a')).toBe(0);
  });

  test('has places for 20 attempts at work, and again as many when they are done', () => {
    const { slow } = throttle();
    const enter = () => Array.from({ length: 30 }, () => slow.enter()).filter(Boolean).length;
    expect(enter()).toBe(20);
    for (let done = 0; done < 7; done += 1) slow.leave();
    expect(enter()).toBe(7);
  });

  test('keeps so many in mind; a flood of other names frees none that has to wait', () => {
    const { from } = throttle(10);
    for (let attempt = 0; attempt < 5; attempt += 1) from('nurse-a', `source ${attempt}`);
    for (let name = 0; name < 1000; name += 1) from(`name ${name}`, `source ${name}`);
    expect(from('nurse-a', 'another')).toBe(30);
  });

  test('whatever is tried when, no name gets more than five attempts and one for each wait an hour', () => {
    const step = fc.record({
      name: fc.constantFrom('nurse-a', 'nurse-b'),
      source: fc.constantFrom('a', 'b', 'c'),
      pass: fc.integer({ min: 0, max: 4 * MINUTE }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { from, pass } = throttle();
        let time = 0;
        const passed = new Map<string, number[]>([
          ['nurse-a', []],
          ['nurse-b', []],
        ]);
        for (const { name, source, pass: later } of steps) {
          time += later;
          pass(later);
          const wait = from(name, source);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(15 * 60);
          if (wait === 0) passed.get(name)?.push(time);
        }
        for (const times of passed.values()) {
          // 5, and those after 30 s, 1, 2, 4, 8, 15, 15 minutes: at most 12 in any hour.
          for (const [place, start] of times.entries()) {
            const within = times.slice(place).filter((at) => at - start < 60 * MINUTE);
            expect(within.length).toBeLessThanOrEqual(12);
          }
        }
      }),
    );
  });
});
