import { describe, expect, it } from 'vitest';
import {
  baselineKey,
  escalationKey,
  intervalKey,
  isEscalationKey,
  isVisitKey,
  laneKey,
} from '../../src/domain/keys.ts';

describe('keys', () => {
  it('name course, visit and number', () => {
    expect([
      baselineKey(1),
      intervalKey(2, 13),
      laneKey(3, 'routine-mg', 72),
      escalationKey('e 1'),
    ]).toEqual(['a1.baseline', 'a2.interval-13', 'a3.routine-mg-72', 'esc.e 1']);
  });

  it('of interval visits go on counting, in the first course as in the next', () => {
    expect([1, 31, 32, 33, 200].map((index) => intervalKey(1, index))).toEqual([
      'a1.interval-1',
      'a1.interval-31',
      'a1.interval-32',
      'a1.interval-33',
      'a1.interval-200',
    ]);
    expect(intervalKey(2, 1)).toBe('a2.interval-1');
  });

  it.each([
    'a1.baseline',
    'a12.baseline',
    'a1.interval-1',
    'a2.interval-40',
    'a1.routine-72',
    'a1.us-6m-24',
    'a1.x-0',
  ])('%s has the form of a visit key', (key) => {
    expect(isVisitKey(key)).toBe(true);
  });

  it.each([
    '',
    'baseline',
    'a0.baseline',
    'a01.baseline',
    'a.baseline',
    'b1.baseline',
    'a1.baseline ',
    ' a1.baseline',
    'xa1.baseline',
    'a1.interval',
    'a1.interval-',
    'a1.interval-x',
    'a1.Interval-1',
    'a1-interval-1',
    'a1.1-1',
    'a1.-1',
    'a1.interval--1',
    'a1.interval-1-',
    'a1.interval-1x',
  ])('%j has not', (key) => {
    expect(isVisitKey(key)).toBe(false);
  });
});

describe('escalation keys', () => {
  it('name the event that asks, whatever its id', () => {
    expect(['esc.x', 'esc.x 1', 'esc.esc.x'].every(isEscalationKey)).toBe(true);
  });

  it.each(['', 'esc', 'esc.', 'xesc.x', ' esc.x', 'ESC.x', 'a1.baseline'])('%j is none', (text) => {
    expect(isEscalationKey(text)).toBe(false);
  });
});
