import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeSchedule } from '../../src/engine/compute-schedule.ts';
import { buildHistory } from '../../src/history/build-history.ts';
import { ESCALATION_STATUSES, PHASES, VERDICTS, VISIT_STATUSES } from '../../src/plan/schedule.ts';
import { anyProtocol, cases, read } from './arbitraries.ts';

const RULES_OF_VISITS = [
  'baseline',
  'first-interval',
  'minimum-gap',
  'interval',
  'forecast',
  'reoffer',
  'limited',
  'brought-forward',
  'resumed',
  'lane',
].map((rule) => `rule ${rule}`);

describe('the generated cases', () => {
  it('show every phase, status and verdict, so that no property is empty', () => {
    const seen = new Set<string>();
    const sample = fc.sample(fc.tuple(cases, anyProtocol), { seed: 7, numRuns: 3000 });
    for (const [{ document, asOf }, protocol] of sample) {
      const { phase, visits, escalations, exams } = computeSchedule(
        buildHistory(read(document), asOf),
        protocol,
      );
      for (const each of [phase, ...visits.map(({ status }) => status)]) seen.add(each);
      for (const { status } of escalations) seen.add(`question ${status}`);
      for (const { verdict } of exams) seen.add(verdict);
      for (const { rule } of visits) seen.add(`rule ${rule}`);
    }
    const questions = ESCALATION_STATUSES.map((status) => `question ${status}`);
    const wanted = [...PHASES, ...VISIT_STATUSES, ...VERDICTS, ...questions, ...RULES_OF_VISITS];
    expect(wanted.filter((each) => !seen.has(each))).toEqual([]);
  });
});
