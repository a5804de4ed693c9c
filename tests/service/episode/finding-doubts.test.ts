import { expect, test } from 'vitest';
import type { CaseEvent } from '../../../src/domain/event.ts';
import type { Findings } from '../../../src/domain/finding.ts';
import { findingDoubts } from '../../../src/service/episode/finding-doubts.ts';
import { day } from '../../store/fixtures.ts';

function doubts(findings: Findings) {
  const report: CaseEvent = {
    type: 'report',
    id: 'r1',
    date: day('2026-06-01'),
    of: 'x1',
    biRads: '2',
    findings,
  };
  return findingDoubts(report).map(({ path, message }) => `${path}: ${message}`);
}

test('what is absent has no pattern, size or growth', () => {
  expect(
    doubts({ enhancement: { present: false, pattern: 'mass', longestMm: 12, change: 'new' } }),
  ).toEqual([
    'findings.enhancement.present: there is no enhancement, it says, but its pattern is mass and it measures 12 mm and it is new',
  ]);
  expect(
    doubts({ metabolicActivity: { present: false, suvMax: 7.2, attributableToFatNecrosis: true } }),
  ).toEqual([
    'findings.metabolicActivity.present: there is no metabolic activity, it says, but its SUVmax is 7.2 and fat necrosis explains it',
  ]);
});

test('the wall is no thinner where it is thickest', () => {
  expect(doubts({ wall: { minMm: 5, maxMm: 3 } })).toEqual([
    'findings.wall.minMm: the wall is 5 mm where it is thinnest, but 3 mm where it is thickest',
  ]);
});

test('findings that go together are no doubt', () => {
  expect(
    doubts({
      enhancement: { present: true, pattern: 'mass', longestMm: 12, change: 'new' },
      wall: { minMm: 3, maxMm: 3 },
      metabolicActivity: { present: true, suvMax: 7.2 },
    }),
  ).toEqual([]);
  expect(
    doubts({
      enhancement: { present: false, longestMm: 0, change: 'stable' },
      wall: { maxMm: 3 },
      metabolicActivity: { present: false, suvMax: 0, attributableToFatNecrosis: false },
    }),
  ).toEqual([]);
  expect(doubts({})).toEqual([]);
});
