import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SessionBook } from '../../../src/service/access/sessions.ts';

const MINUTE = 60_000;
const NURSE = { id: 7, credentialsVersion: 3 };

function book(most?: number) {
  let now = Date.UTC(2026, 5, 15);
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const sessions = new SessionBook({ clock: () => now, chance: randomBytes, sha256, most });
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { sessions, pass };
}

describe('a session', () => {
  test('has a token of 256 bits that is new at each sign-in', () => {
    const { sessions } = book();
    const [one, other] = [sessions.start(NURSE), sessions.start(NURSE)];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one).not.toBe(other);
    expect(sessions.touch(one)).toMatchObject({ account: 7, credentialsVersion: 3 });
    expect(sessions.touch(other)).toMatchObject({ account: 7 });
    expect(sessions.touch(`${one}x`)).toBeNull();
    expect(sessions.touch('')).toBeNull();
  });

  test('ends 15 minutes after the last request, and each request puts that off', () => {
    const { sessions, pass } = book();
    const token = sessions.start(NURSE);
    for (let request = 0; request < 4; request += 1) {
      pass(15 * MINUTE - 1);
      expect(sessions.touch(token)).not.toBeNull();
    }
    pass(15 * MINUTE);
    expect(sessions.touch(token)).toBeNull();
    pass(-MINUTE);
    expect(sessions.touch(token)).toBeNull();
  });

  test('is known by its account after it has ended, for as many as are kept', () => {
    const { sessions, pass } = book(2);
    const [first, second] = [sessions.start(NURSE), sessions.start({ ...NURSE, id: 8 })];
    expect(sessions.ownerOf(first)).toBe(7);
    pass(15 * MINUTE);
    expect(sessions.touch(first)).toBeNull();
    sessions.end(second);
    expect([first, second].map((token) => sessions.ownerOf(token))).toEqual([7, 8]);
    expect(sessions.touch(second)).toBeNull();
    expect(sessions.ownerOf('another')).toBeNull();
    sessions.end(sessions.start({ ...NURSE, id: 9 }));
    expect([first, second].map((token) => sessions.ownerOf(token))).toEqual([null, 8]);
  });

  test('ends 12 hours after the sign-in, however busy it is', () => {
    const { sessions, pass } = book();
    const token = sessions.start(NURSE);
    for (let minute = 10; minute < 12 * 60; minute += 10) {
      pass(10 * MINUTE);
      expect(sessions.touch(token)).not.toBeNull();
    }
    pass(10 * MINUTE);
    expect(sessions.touch(token)).toBeNull();
  });

  test('ends where the clock is set back by more than it may be idle', () => {
    const { sessions, pass } = book();
    const token = sessions.start(NURSE);
    pass(-MINUTE);
    expect(sessions.touch(token)).not.toBeNull();
    pass(-24 * 60 * MINUTE);
    expect(sessions.touch(token)).toBeNull();
  });

  test('ends when it is ended, alone or with all others of its account', () => {
    const { sessions } = book();
    const [one, two, other] = [
      sessions.start(NURSE),
      sessions.start(NURSE),
      sessions.start({ id: 8, credentialsVersion: 1 }),
    ];
    sessions.end(one);
    expect(sessions.touch(one)).toBeNull();
    expect(sessions.touch(two)).not.toBeNull();
    sessions.endAllOf(7);
    expect(sessions.touch(two)).toBeNull();
    expect(sessions.touch(other)).not.toBeNull();
  });

  test('is one of at most ten of its account; the longest idle one makes room', () => {
    const { sessions, pass } = book();
    const other = sessions.start({ id: 8, credentialsVersion: 1 });
    const tokens = Array.from({ length: 10 }, () => {
      pass(1);
      return sessions.start(NURSE);
    });
    const [first = '', second = ''] = tokens;
    sessions.touch(first);
    sessions.start(NURSE);
    expect(sessions.touch(first)).not.toBeNull();
    expect(sessions.touch(second)).toBeNull();
    expect(sessions.touch(other)).not.toBeNull();
  });

  test('is one of a bounded number in all', () => {
    const { sessions } = book(3);
    const tokens = [1, 2, 3, 4].map((id) => sessions.start({ id, credentialsVersion: 1 }));
    expect(tokens.map((token) => sessions.touch(token)?.account)).toEqual([undefined, 2, 3, 4]);
  });

  test('that has ended makes room first', () => {
    const { sessions, pass } = book(2);
    const idle = sessions.start({ id: 1, credentialsVersion: 1 });
    pass(16 * MINUTE);
    const tokens = [2, 3].map((id) => sessions.start({ id, credentialsVersion: 1 }));
    expect(tokens.map((token) => sessions.touch(token)?.account)).toEqual([2, 3]);
    expect(sessions.touch(idle)).toBeNull();
  });

  test('that has ended makes room before one that is longer idle', () => {
    const { sessions, pass } = book(2);
    const old = sessions.start({ id: 1, credentialsVersion: 1 });
    for (let minute = 0; minute < 710; minute += 10) {
      pass(10 * MINUTE);
      sessions.touch(old);
    }
    const young = sessions.start({ id: 2, credentialsVersion: 1 });
    pass(5 * MINUTE);
    sessions.touch(old);
    pass(5 * MINUTE);
    sessions.start({ id: 3, credentialsVersion: 1 });
    expect(sessions.touch(young)).not.toBeNull();
    expect(sessions.touch(old)).toBeNull();
  });
});
