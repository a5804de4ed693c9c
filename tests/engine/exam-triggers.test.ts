import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import type { Constraint } from '../../src/domain/event.ts';
import { examTriggers } from '../../src/engine/exam-triggers.ts';
import type { Exam } from '../../src/history/case-history.ts';
import { DEFAULT_PROTOCOL, protocolWith } from './case-builder.ts';

const day = parseDay('2026-07-15') as Day;

function anExam(more: Partial<Exam>): Exam {
  return { type: 'imaging', id: 'x', date: day, modality: 'MRI', ...more };
}

function constraint(kind: string): Constraint {
  return { type: 'constraint', id: kind, date: day, kind, from: day };
}

/** `id action[:modality] days` of each trigger. */
function asked(exam: Exam, constraints: readonly Constraint[] = [], past: readonly Exam[] = []) {
  return examTriggers(exam, past, constraints, DEFAULT_PROTOCOL).map(
    ({ id, action, modality, withinDays }) =>
      `${id} ${action}${modality === null ? '' : `:${modality}`} ${withinDays}`,
  );
}

describe('what a category asks for', () => {
  it.each([
    ['0', 'birads-0 complete-assessment 14'],
    ['4', 'birads-4 biopsy 14'],
    ['4A', 'birads-4a biopsy 14'],
    ['4B', 'birads-4b biopsy 14'],
    ['4C', 'birads-4c biopsy 7'],
    ['5', 'birads-5 biopsy 7'],
    ['6', 'birads-6 treatment-referral 14'],
  ] as const)('BI-RADS %s: %s', (biRads, trigger) => {
    expect(asked(anExam({ biRads }))).toEqual([trigger]);
  });

  it.each(['1', '2', '3'] as const)('BI-RADS %s asks for nothing', (biRads) => {
    expect(asked(anExam({ biRads }))).toEqual([]);
  });

  it('a non-diagnostic exam asks by its category too, except for a 0', () => {
    expect(asked(anExam({ biRads: '5', quality: 'non-diagnostic' }))).toEqual([
      'birads-5 biopsy 7',
    ]);
    expect(asked(anExam({ biRads: '0', quality: 'non-diagnostic' }))).toEqual([]);
  });

  it('names the rule that it rests on', () => {
    const [trigger] = examTriggers(anExam({ biRads: '5' }), [], [], DEFAULT_PROTOCOL);
    expect(trigger?.rule).toBe('escalation-by-category');
  });
});

describe('an exam without a category', () => {
  it('asks for its report', () => {
    expect(examTriggers(anExam({}), [], [], DEFAULT_PROTOCOL)).toEqual([
      {
        id: 'report-awaited',
        action: 'obtain-report',
        modality: null,
        withinDays: 14,
        rule: 'report-awaited',
      },
    ]);
  });

  it.each([
    ['PET-CT, which has no BI-RADS category', anExam({ modality: 'PET-CT' })],
    ['a non-diagnostic one', anExam({ quality: 'non-diagnostic' })],
  ])('not: %s', (_what, exam) => {
    expect(asked(exam)).toEqual([]);
  });

  it.each(['US', 'MG', 'DBT', 'CEUS', 'CEM'] as const)('%s asks like any other', (modality) => {
    expect(asked(anExam({ modality }))).toEqual(['report-awaited obtain-report 14']);
  });
});

describe('what a finding asks for', () => {
  const findings = { wall: { asymmetric: true } };
  const MRI_NOT = constraint('claustrophobia');
  const CEM_NOT = constraint('egfr-below-30');

  it.each([
    ['US', [], 'advanced-imaging:MRI 30'],
    ['CEM', [], 'advanced-imaging:MRI 30'],
    ['PET-CT', [], 'advanced-imaging:MRI 30'],
    ['MRI', [], 'biopsy 14'],
    ['US', [MRI_NOT], 'advanced-imaging:CEM 30'],
    ['CEM', [MRI_NOT], 'biopsy 14'],
    ['MRI', [CEM_NOT], 'biopsy 14'],
    ['US', [CEM_NOT], 'advanced-imaging:MRI 30'],
    ['US', [MRI_NOT, CEM_NOT], 'biopsy 14'],
  ] as const)('on %s with %j: %s', (modality, constraints, action) => {
    expect(asked(anExam({ modality, biRads: '2', findings }), constraints)).toEqual([
      `asymmetric-wall-thickening ${action}`,
    ]);
  });

  it('looks at what is contraindicated on the day of the exam', () => {
    const exam = anExam({ modality: 'US', biRads: '2', findings });
    const past: Constraint = { ...MRI_NOT, from: (day - 9) as Day, to: (day - 1) as Day };
    const coming: Constraint = { ...MRI_NOT, from: (day + 1) as Day };
    expect(asked(exam, [past, coming])).toEqual([
      'asymmetric-wall-thickening advanced-imaging:MRI 30',
    ]);
  });

  it('nothing on a non-diagnostic exam', () => {
    expect(asked(anExam({ findings, biRads: '2', quality: 'non-diagnostic' }))).toEqual([]);
  });

  it('is compared with earlier exams of the same modality only', () => {
    const zone = (longestMm: number) => ({ zone: { longestMm } });
    const now = anExam({ modality: 'CEM', biRads: '2', findings: zone(30) });
    const past = (modality: Exam['modality']) => [
      anExam({ id: 'past', modality, findings: zone(20) }),
    ];
    expect(asked(now, [], past('MRI'))).toEqual([]);
    expect(asked(now, [], past('CEM'))).toEqual(['zone-not-involuting advanced-imaging:MRI 30']);
  });

  it('names its rule', () => {
    const [trigger] = examTriggers(anExam({ biRads: '2', findings }), [], [], DEFAULT_PROTOCOL);
    expect(trigger?.rule).toBe('escalation-by-finding');
  });
});

it('all that one exam asks for is sorted by name', () => {
  const findings = {
    enhancement: { present: true, change: 'enlarging', pattern: 'thin-rim' },
    wall: { asymmetric: true },
    metabolicActivity: { present: true },
  } as const;
  expect(asked(anExam({ biRads: '4A', findings }))).toEqual([
    'asymmetric-wall-thickening biopsy 14',
    'birads-4a biopsy 14',
    'enlarging-enhancement biopsy 14',
    'unexplained-metabolic-activity biopsy 14',
  ]);
  expect(
    asked(anExam({ findings: { wall: { asymmetric: true }, zone: { longestMm: 1 } } })),
  ).toEqual(['asymmetric-wall-thickening biopsy 14', 'report-awaited obtain-report 14']);
});

it('actions and days are those of the protocol', () => {
  const protocol = protocolWith({
    escalation: {
      reportWithinDays: 3,
      byCategory: { '4A': { action: 'treatment-referral', withinDays: 1 } },
      byFinding: { 'advanced-imaging': 21, biopsy: 5 },
    },
  });
  const days = (exam: Exam) =>
    examTriggers(exam, [], [], protocol).map(({ action, withinDays }) => `${action} ${withinDays}`);
  expect(days(anExam({}))).toEqual(['obtain-report 3']);
  expect(days(anExam({ biRads: '4A' }))).toEqual(['treatment-referral 1']);
  const findings = { wall: { asymmetric: true } };
  expect(days(anExam({ biRads: '1', findings }))).toEqual(['biopsy 5']);
  expect(days(anExam({ modality: 'US', biRads: '1', findings }))).toEqual(['advanced-imaging 21']);
});
