import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diffPlans } from '../../../src/plan/diff-plans.ts';
import { defaultProtocol } from '../../../src/protocol/catalog.ts';
import { loadProtocol } from '../../../src/protocol/load-protocol.ts';
import type { Protocol } from '../../../src/protocol/protocol-schema.ts';
import {
  adoptionDifference,
  changesNothing,
} from '../../../src/service/clinic/adoption-difference.ts';
import { shiftCase } from '../../../src/service/cohort/shift-case.ts';
import { shippedProtocol } from '../../cli/memory-surroundings.ts';
import { laterProtocol } from '../../cli/registered.ts';
import { CONFORMANCE, caseOf, exam, planOf } from '../../plan/plans.ts';

// The sample clinic 23 weeks later than it is written.
const SAMPLE_DAY = '2026-11-23';
const SAMPLE = readFileSync(
  new URL('../../../examples/clinic/episodes.ndjson', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => shiftCase(JSON.parse(line), 161));

function sampleCase(id: string): unknown {
  return SAMPLE.find((document) => JSON.stringify(document).includes(`"id":"${id}"`));
}

function loaded(document: unknown): Protocol {
  const outcome = loadProtocol(document);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const FROM_PREVIOUS = loaded(shippedProtocol('staged-from-previous-exam'));

function difference(document: unknown, asOf: string, protocol: Protocol) {
  return adoptionDifference(planOf(document, asOf), planOf(document, asOf, protocol));
}

describe('what an adoption changes for an episode', () => {
  test('is nothing under the same protocol, for every case of the corpus', () => {
    for (const { document } of CONFORMANCE) {
      const same = difference(document, document.asOf, defaultProtocol());
      expect(changesNothing(same)).toBe(true);
    }
  });

  test('is a move of the first imaging by whole calendar months', () => {
    const { moved, overdue, ...rest } = difference(
      caseOf(),
      '2026-03-01',
      loaded(laterProtocol('9.0.0')),
    );
    expect(moved[0]).toEqual({
      key: 'a1.baseline',
      from: '2026-04-15',
      to: '2026-05-15',
      days: 30,
    });
    expect(overdue).toEqual([]);
    expect(rest).toMatchObject({ raised: [], dropped: [], tier: null, category: null });
  });

  test('is overdue at once where a visit was not, and not where it was overdue before', () => {
    const earlier = loaded(laterProtocol('9.0.0', -1));
    expect(difference(caseOf(), '2026-05-01', earlier).overdue).toEqual(['a1.baseline']);
    expect(difference(caseOf(), '2026-06-01', earlier).overdue).toEqual([]);
  });

  test('of EP-2012: an exam no longer counts, so its visit is open again, and overdue at once', () => {
    const { reopened, settled, noLongerCount, countNow, moved, overdue } = difference(
      sampleCase('EP-2012'),
      SAMPLE_DAY,
      FROM_PREVIOUS,
    );
    expect(noLongerCount).toEqual([{ exam: 'x2', date: '2024-10-21' }]);
    expect(reopened).toEqual([
      { key: 'a1.interval-1', from: 'completed', to: 'overdue', target: '2025-01-24' },
    ]);
    expect(overdue).toEqual(['a1.interval-1']);
    expect(moved[0]).toEqual({
      key: 'a1.interval-2',
      from: '2026-04-21',
      to: '2026-07-24',
      days: 94,
    });
    expect({ settled, countNow }).toEqual({ settled: [], countNow: [] });
  });

  test('of EP-2019: a deferral of the second visit does not hide that the first is open again', () => {
    const { reopened, noLongerCount, moved, overdue } = difference(
      sampleCase('EP-2019'),
      SAMPLE_DAY,
      FROM_PREVIOUS,
    );
    expect(noLongerCount).toEqual([{ exam: 'x2', date: '2025-12-15' }]);
    expect(reopened).toMatchObject([
      { key: 'a1.interval-1', from: 'completed', to: 'overdue', target: '2026-03-24' },
    ]);
    expect(overdue).toEqual(['a1.interval-1']);
    expect(moved[0]?.key).toBe('a1.interval-2');
  });

  test('the other way round tells exams that count now and visits that they settle', () => {
    const document = sampleCase('EP-2012');
    const back = adoptionDifference(
      planOf(document, SAMPLE_DAY, FROM_PREVIOUS),
      planOf(document, SAMPLE_DAY),
    );
    expect(back.countNow).toEqual([{ exam: 'x2', date: '2024-10-21' }]);
    expect(back.settled).toMatchObject([
      { key: 'a1.interval-1', from: 'overdue', to: 'completed' },
    ]);
    expect(back).toMatchObject({ noLongerCount: [], reopened: [], overdue: ['a1.interval-2'] });
  });

  test('is told by the same keys as the comparison of one patient, for every episode of the sample', () => {
    for (const document of SAMPLE) {
      const [before, after] = [
        planOf(document, SAMPLE_DAY),
        planOf(document, SAMPLE_DAY, FROM_PREVIOUS),
      ];
      const told = adoptionDifference(before, after);
      const { moved, changed } = diffPlans(before, after).visits;
      const changes = new Map([...moved, ...changed].map((line) => [line.key, line]));
      for (const { key, from, to } of told.moved) {
        const line = changes.get(key);
        expect([line?.before?.target, line?.after?.target]).toEqual([from, to]);
      }
      for (const { key, from, to } of [...told.reopened, ...told.settled]) {
        const line = changes.get(key);
        expect([line?.before?.status, line?.after?.status]).toEqual([from, to]);
      }
    }
  });

  test('names visits that are only in one of the plans', () => {
    const shorter = loaded({
      ...shippedProtocol('staged-risk-adapted'),
      version: '9.0.0',
      horizonMonths: 36,
    });
    const { cancelled, added } = difference(
      caseOf([exam('x1', '2026-04-15', '2')]),
      '2026-05-01',
      shorter,
    );
    expect(cancelled.length).toBeGreaterThan(0);
    expect(added).toEqual([]);
  });
});
