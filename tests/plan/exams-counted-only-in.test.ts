import { describe, expect, test } from 'vitest';
import { examsCountedOnlyIn } from '../../src/plan/exams-counted-only-in.ts';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { shippedProtocol } from '../cli/memory-surroundings.ts';
import { caseOf, exam, planOf } from './plans.ts';

const DAY = '2027-05-01';
// The exam of December is in the window of the one protocol and too early for the other.
const EXAMS = [exam('x1', '2026-04-15', '2'), exam('x2', '2026-12-20', '2')];

describe('exams that one of two plans counts', () => {
  test('are those that fill a visit of it and none of the other', () => {
    const loaded = loadProtocol(shippedProtocol('staged-from-previous-exam'));
    if (!loaded.ok) throw new Error('the protocol is shipped');
    const before = planOf(caseOf(EXAMS), DAY);
    const after = planOf(caseOf(EXAMS), DAY, loaded.value);
    expect(examsCountedOnlyIn(before, after)).toMatchObject([
      { id: 'x2', verdict: 'counts', visit: 'a1.interval-1' },
    ]);
    expect(examsCountedOnlyIn(after, before)).toEqual([]);
  });

  test('are none that the other plan does not know', () => {
    const [before, after] = [planOf(caseOf(), DAY), planOf(caseOf(EXAMS), DAY)];
    expect(examsCountedOnlyIn(after, before)).toEqual([]);
    expect(examsCountedOnlyIn(before, after)).toEqual([]);
  });
});
