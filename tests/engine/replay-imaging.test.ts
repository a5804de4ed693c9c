import { describe, expect, it } from 'vitest';
import { event, exam, planOf, protocolWith, scheduleOf } from './case-builder.ts';

describe('an exam in the replay', () => {
  it('of the other breast raises, answers and fills nothing', () => {
    const events = [
      exam('z', '2026-04-15', 'US', '0'),
      exam('x', '2026-04-20', 'MRI', '5', { laterality: 'right' }),
    ];
    const plan = planOf({ events, asOf: '2026-04-21' });
    expect(plan.escalations).toEqual(['esc.z complete-assessment open']);
    expect(plan.exams).toEqual(['z incomplete', 'x other-breast']);
    expect(plan.staged[0]).toContain('a1.baseline due');
  });

  it('of the ablation’s day or earlier raises nothing and is no comparison', () => {
    const zone = (longestMm: number) => ({ findings: { zone: { longestMm } } });
    const events = [
      exam('x', '2026-01-15', 'MRI', '6', zone(10)),
      exam('w', '2026-01-01', 'MRI', '5', zone(10)),
      exam('y', '2026-04-15', 'MRI', '2', zone(30)),
    ];
    const plan = planOf({ events, asOf: '2026-04-16' });
    expect(plan.escalations).toEqual([]);
    expect(plan.exams).toEqual(['w before-ablation', 'x before-ablation', 'y counts a1.baseline']);
  });

  it('that is too early, supplementary, interim or incomplete still raises', () => {
    const events = [
      exam('a', '2026-02-15', 'MRI', '5'),
      exam('b', '2026-02-16', 'US', '4'),
      exam('c', '2026-02-17', 'MRI', '4C', { quality: 'non-diagnostic' }),
    ];
    const plan = planOf({ events, asOf: '2026-02-18' });
    expect(plan.exams).toEqual(['a too-early', 'b supplementary', 'c incomplete']);
    expect(plan.escalations).toEqual([
      'esc.a biopsy open',
      'esc.b biopsy open',
      'esc.c biopsy open',
    ]);
    expect(plan.staged[0]).toContain('a1.baseline on-hold');
  });

  it('that is non-diagnostic is no comparison for later findings', () => {
    const zone = (longestMm: number, more = {}) => ({ findings: { zone: { longestMm } }, ...more });
    const events = [
      exam('x', '2026-04-10', 'MRI', '2', zone(10, { quality: 'non-diagnostic' })),
      exam('y', '2026-04-15', 'MRI', '2', zone(30)),
      exam('z', '2026-04-16', 'MRI', '2', zone(40)),
    ];
    expect(planOf({ events, asOf: '2026-04-17' }).escalations).toEqual(['esc.z biopsy open']);
  });

  it('compares with an exam of the same day that comes before it in event order', () => {
    const zone = (longestMm: number) => ({ findings: { zone: { longestMm } } });
    const events = [
      exam('b', '2026-04-16', 'MRI', '2', zone(40)),
      exam('a', '2026-04-16', 'MRI', '2', zone(30)),
    ];
    expect(planOf({ events, asOf: '2026-04-17' }).escalations).toEqual(['esc.b biopsy open']);
  });

  it('warns of a change beside absent enhancement, and only then', () => {
    const said = (enhancement: Record<string, unknown>) =>
      scheduleOf({
        events: [exam('x', '2026-04-15', 'MRI', '2', { findings: { enhancement } })],
        asOf: '2026-04-16',
      }).warnings;
    expect(said({ present: false, change: 'new' })).toEqual([
      {
        code: 'change-without-enhancement',
        event: 'x',
        message:
          'Exam x says that enhancement is new and, beside it, that none is present. A change to new or enlarging counts; ask the reader to confirm.',
      },
    ]);
    expect(said({ present: true, change: 'new' })).toEqual([]);
    expect(said({ present: false })).toEqual([]);
  });

  it('says which report gave its category', () => {
    const events = [
      exam('x', '2026-04-15', 'MRI'),
      event('r', 'report', '2026-04-20', { of: 'x', biRads: '1' }),
    ];
    const [record] = scheduleOf({ events, asOf: '2026-04-21' }).exams;
    expect(record).toMatchObject({
      id: 'x',
      biRads: '1',
      reportedBy: 'r',
      modality: 'MRI',
      verdict: 'counts',
    });
    expect(scheduleOf({ events, asOf: '2026-04-19' }).exams[0]).toMatchObject({
      biRads: null,
      reportedBy: null,
    });
  });

  it('that counted only as a fallback says so', () => {
    const events = [
      event('k', 'constraint', '2026-02-01', { kind: 'pregnancy', from: '2026-02-01' }),
      exam('x', '2026-04-15', 'US', '2'),
    ];
    expect(scheduleOf({ events, asOf: '2026-04-16' }).exams[0]).toMatchObject({
      limited: true,
      visit: 'a1.baseline',
    });
  });

  it('that did not count was not limited either', () => {
    const events = [exam('x', '2026-02-15', 'US', '2'), exam('y', '2026-02-16', 'MRI', '2')];
    const { exams } = scheduleOf({ events, asOf: '2026-04-16' });
    expect(exams.map(({ verdict, limited }) => [verdict, limited])).toEqual([
      ['supplementary', false],
      ['too-early', false],
    ]);
  });

  it('where no visit was open was judged against none', () => {
    const events = [exam('x', '2026-04-15', 'MRI', '5'), exam('y', '2026-04-16', 'MRI', '2')];
    expect(scheduleOf({ events, asOf: '2026-04-17' }).exams[1]?.against).toBeNull();
  });

  it('a later exam is answered by none but those of its own day', () => {
    const events = [exam('a', '2026-04-15', 'US', '2'), exam('z', '2026-04-16', 'MRI', '0')];
    expect(planOf({ events, asOf: '2026-04-17' }).escalations).toEqual([
      'esc.z complete-assessment open',
    ]);
    const sameDay = [exam('a', '2026-04-16', 'US', '2'), exam('z', '2026-04-16', 'MRI', '0')];
    const [escalation] = scheduleOf({ events: sameDay, asOf: '2026-04-17' }).escalations;
    expect(escalation).toMatchObject({
      status: 'resolved',
      answeredBy: 'a',
      answeredOn: escalation?.raisedOn,
    });
  });

  it('an exam answers what another asked for and asks for more itself', () => {
    const findings = { enhancement: { present: true, pattern: 'mass' } };
    const events = [
      exam('us', '2026-04-15', 'US', '2', { findings }),
      exam('mri', '2026-04-20', 'MRI', '2', { findings }),
    ];
    expect(planOf({ events, asOf: '2026-04-21' }).escalations).toEqual([
      'esc.us advanced-imaging:MRI resolved by mri',
      'esc.mri biopsy open',
    ]);
    const schedule = scheduleOf({ events, asOf: '2026-04-21' });
    expect(schedule.escalations.map(({ conflict, source }) => [conflict, source])).toEqual([
      ['2', 'imaging'],
      ['2', 'imaging'],
    ]);
  });

  it('one that counts fills a lane with the same exam, one that is incomplete fills none', () => {
    const protocol = protocolWith({
      lanes: [
        {
          id: 'yearly',
          offsetsMonths: [3],
          windowMonths: { before: 0, after: 1 },
          acceptEarlyMonths: 1,
          modalities: ['MRI', 'US'],
        },
      ],
    });
    const lane = (...args: Parameters<typeof exam>) =>
      planOf({ events: [exam(...args)], asOf: '2026-04-21', protocol }).lanes[0]?.split(' ')[1];
    expect(lane('x', '2026-04-15', 'MRI', '2')).toBe('completed');
    expect(lane('x', '2026-04-15', 'US', '2')).toBe('completed');
    expect(lane('x', '2026-04-14', 'MRI', '2')).toBe('completed');
    expect(lane('x', '2026-04-15', 'MRI', '0')).toBe('due');
    expect(lane('x', '2026-04-15', 'MRI', '2', { quality: 'non-diagnostic' })).toBe('due');
    expect(lane('x', '2026-04-15', 'MRI', '2', { laterality: 'right' })).toBe('due');
  });
});
