import { describe, expect, test } from 'vitest';
import { defaultProtocol } from '../../../src/protocol/catalog.ts';
import { loadProtocol } from '../../../src/protocol/load-protocol.ts';
import type { Protocol } from '../../../src/protocol/protocol-schema.ts';
import {
  adoptionDifference,
  changesNothing,
} from '../../../src/service/clinic/adoption-difference.ts';
import { shippedProtocol } from '../../cli/memory-surroundings.ts';
import { laterProtocol } from '../../cli/registered.ts';
import { CONFORMANCE, caseOf, exam, planOf } from '../../plan/plans.ts';

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

  test('pairs visits that are still to come, whatever number they have, and leaves out those that are done', () => {
    // The exam of December fills the first interval of the one protocol and is too early for the other.
    const document = caseOf([exam('x1', '2026-04-15', '2'), exam('x2', '2026-12-20', '2')]);
    const { moved, added, cancelled, overdue } = difference(document, '2027-05-01', FROM_PREVIOUS);
    expect(moved[0]).toEqual({
      key: 'a1.interval-1',
      from: '2027-12-20',
      to: '2027-04-15',
      days: -249,
    });
    expect(moved.map(({ key }) => key)).not.toContain('a1.baseline');
    expect({ added, cancelled, overdue }).toEqual({ added: [], cancelled: [], overdue: [] });
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
