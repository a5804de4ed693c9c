import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/export/csv.ts';
import { parseCsv } from './parse-csv.ts';
import { SAMPLE_NAMES, samplePlan } from './sample-plans.ts';

function recordsOf(text: string): Record<string, string>[] {
  const [head = [], ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

describe('CSV', () => {
  it.each(SAMPLE_NAMES)('has one record a plan, escalation, visit, exam and note: %s', (name) => {
    const plan = samplePlan(name);
    const items = recordsOf(toCsv([plan])).map(({ item, key }) => [item, key]);
    expect(items).toEqual([
      ['plan', ''],
      ...plan.escalations.map(({ key }) => ['escalation', key]),
      ...plan.visits.map(({ key }) => ['visit', key]),
      ...plan.exams.map(({ id }) => ['exam', id]),
      ...plan.assumptions.map(({ event }) => ['assumption', event ?? '']),
      ...plan.warnings.map(({ event }) => ['warning', event ?? '']),
    ]);
  });

  it('tells a visit with its dates, options and reason', () => {
    const record = recordsOf(toCsv([samplePlan('booked-interval')])).find(
      ({ key }) => key === 'a1.interval-1',
    );
    expect(record).toMatchObject({
      episode: 'EP-2',
      patient_ref: 'P-4711',
      laterality: 'left',
      as_of: '2027-01-10',
      kind: 'interval',
      status: 'due',
      earliest: '2026-12-15',
      target: '2027-01-15',
      latest: '2027-02-15',
      modalities: 'MRI CEM',
      appointment: '2027-01-20T09:30[Europe/Berlin]',
      location: 'Radiology, room 3; ground floor',
      needs_review: 'no',
      rule: 'first-interval',
      section: '3.2',
      counted_from: 'ablation on 2026-01-15',
      protocol: 'staged-risk-adapted',
    });
    expect(record?.why).toContain('2027-01-15');
  });

  it('tells an escalation with its deadline and an exam with its verdict', () => {
    const records = recordsOf(toCsv([samplePlan('escalated')]));
    expect(records.find(({ key }) => key === 'esc.x3')).toMatchObject({
      kind: 'biopsy',
      status: 'overdue',
      date: '2027-01-18',
      due_by: '2027-02-01',
      triggers: 'birads-4b new-enhancement',
    });
    expect(records.find(({ item, key }) => item === 'exam' && key === 'x3')).toMatchObject({
      status: 'counts',
      date: '2027-01-18',
      modalities: 'MRI',
      bi_rads: '4B',
      visit: 'a1.interval-1',
    });
  });

  it('has one head for several plans', () => {
    const plans = [samplePlan('overdue'), samplePlan('ended')];
    const episodes = recordsOf(toCsv(plans)).map(({ episode }) => episode);
    expect(new Set(episodes)).toEqual(new Set(['EP-4', 'EP-5']));
    expect(toCsv([])).toBe(toCsv(plans).slice(0, toCsv([]).length));
  });
});
