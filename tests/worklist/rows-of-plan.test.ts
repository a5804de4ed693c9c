import { describe, expect, it } from 'vitest';
import { loadClinicCalendar } from '../../src/worklist/clinic-calendar.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { event, exam, lanesOnly } from '../engine/case-builder.ts';
import { placesOf, planOn, rowOf, rowsOn, SETTINGS } from './cohort.ts';

const baseline = exam('x1', '2026-04-20', 'MRI', '2');
const booking = (appointment: string) =>
  event('b1', 'booking', '2026-04-01', { visit: 'a1.baseline', appointment });
const deferral = event('d1', 'deferral', '2026-05-01', {
  visit: 'a1.baseline',
  until: '2026-08-01',
});

describe('the rows of a plan', () => {
  it('are the open staged visit and every lane visit, and no forecast', () => {
    expect(placesOf(rowsOfPlan(planOn('2026-04-20'), SETTINGS))).toEqual([
      'a1.baseline due',
      'a1.routine-72 later',
      'a1.routine-84 later',
      'a1.routine-96 later',
      'a1.routine-108 later',
      'a1.routine-120 later',
    ]);
  });

  it('tell a due visit with its days, options and rule', () => {
    expect(rowOf(rowsOn('2026-04-20'), 'a1.baseline')).toEqual({
      asOf: '2026-04-20',
      clinic: 'C1',
      patientRef: 'P-1',
      episode: 'EP-1',
      side: 'left',
      phase: 'awaiting-baseline',
      tier: 'standard',
      item: 'a1.baseline',
      kind: 'staged',
      bucket: 'due',
      code: null,
      action: null,
      triggers: [],
      window: { earliest: '2026-04-15', target: '2026-04-15', latest: '2026-05-15' },
      since: '2026-04-15',
      deadline: '2026-05-15',
      daysLate: -25,
      until: null,
      modalities: ['MRI', 'CEM'],
      needsReview: false,
      reason: 'The window is open until 2026-05-15, 25 days left.',
      rule: {
        id: 'baseline',
        section: '3.1',
        protocol: { id: 'staged-risk-adapted', version: '1.0.0' },
      },
      contacts: { count: 0, last: null },
      booked: null,
      suggested: null,
    });
  });

  it('tell an escalation with what it asks for', () => {
    const suspicious = exam('x2', '2027-01-18', 'MRI', '4B', {
      findings: { enhancement: { present: true, change: 'new' } },
    });
    const rows = rowsOn('2027-02-20', [baseline, suspicious]);
    expect(rowOf(rows, 'esc.x2')).toMatchObject({
      kind: 'escalation',
      bucket: 'escalation-overdue',
      action: 'biopsy',
      triggers: ['birads-4b', 'new-enhancement'],
      window: null,
      since: '2027-01-18',
      deadline: '2027-02-01',
      daysLate: 19,
      modalities: [],
      reason:
        'BI-RADS 4B and new enhancement (MRI of 2027-01-18): biopsy by 2027-02-01, 19 days ago.',
      rule: { id: 'escalation-by-category', section: '5' },
    });
  });

  it('ask for advanced imaging in its modality, and for a radiologist where a finding contradicts', () => {
    const finding = { wall: { asymmetric: true } };
    const rows = rowsOn('2026-10-05', [
      baseline,
      exam('x2', '2026-10-01', 'US', '2', { findings: finding }),
    ]);
    expect(rowOf(rows, 'esc.x2')).toMatchObject({
      bucket: 'escalation',
      daysLate: -26,
      modalities: ['MRI'],
      needsReview: true,
      reason: expect.stringContaining('beside BI-RADS 1–3, so a radiologist must confirm it'),
    });
  });

  it('show a held visit with the deadline of what holds it', () => {
    const rows = rowsOn('2026-06-20', [baseline, exam('x2', '2026-06-10', 'US', '4B')]);
    expect(rowOf(rows, 'a1.interval-1')).toMatchObject({
      bucket: 'on-hold',
      until: '2026-06-24',
      reason: 'On hold while an answer is awaited (biopsy by 2026-06-24).',
      rule: { id: 'hold', section: '5' },
    });
  });

  it('show a suspended visit with the last day of the suspension, and its window if that is over', () => {
    const rows = rowsOn('2026-06-20', [event('s1', 'suspension', '2026-06-01')]);
    expect(placesOf(rows)).toEqual(['a1.baseline on-hold']);
    expect(rowOf(rows, 'a1.baseline')).toMatchObject({
      until: '2026-08-30',
      daysLate: 36,
      reason:
        'On hold while surveillance is suspended until 2026-08-30, that day included; its window ended on 2026-05-15.',
      rule: { id: 'suspension', section: '8' },
    });
  });

  it('name both where a visit is held and suspended, until the later of the two', () => {
    const rows = rowsOn('2026-06-20', [
      baseline,
      exam('x2', '2026-06-10', 'US', '4B'),
      event('s1', 'suspension', '2026-06-15', { until: '2026-06-30' }),
    ]);
    expect(rowOf(rows, 'a1.interval-1')).toMatchObject({
      until: '2026-06-30',
      reason:
        'On hold while an answer is awaited (biopsy by 2026-06-24) and surveillance is suspended until 2026-06-30, that day included.',
    });
  });

  it('show a deferred visit with the day on which that ends', () => {
    expect(rowOf(rowsOn('2026-05-20', [deferral]), 'a1.baseline')).toMatchObject({
      bucket: 'deferred',
      until: '2026-08-01',
      daysLate: -73,
      reason: 'Deferred until 2026-08-01, 73 days left.',
      rule: { id: 'deferral' },
    });
    expect(rowOf(rowsOn('2026-07-10', [deferral]), 'a1.baseline')).toMatchObject({
      bucket: 'due',
      reason: 'The window is open until 2026-08-01 (deferred), 22 days left.',
    });
  });

  it('take a deferral that moved nothing for none', () => {
    const moot = event('d1', 'deferral', '2026-04-16', {
      visit: 'a1.baseline',
      until: '2026-04-30',
    });
    expect(rowOf(rowsOn('2026-04-20', [moot], { soonDays: 5 }), 'a1.baseline')).toMatchObject({
      bucket: 'due',
      reason: 'The window is open until 2026-05-15, 25 days left.',
    });
  });

  it('show a booked visit with its appointment', () => {
    const timed = booking('2026-04-25T09:30[Europe/Berlin]');
    expect(rowOf(rowsOn('2026-04-20', [timed]), 'a1.baseline')).toMatchObject({
      bucket: 'booked',
      booked: {
        event: 'b1',
        day: '2026-04-25',
        appointment: '2026-04-25T09:30[Europe/Berlin]',
        stands: true,
      },
      reason: 'Booked for 2026-04-25, inside the window of 2026-04-15 to 2026-05-15.',
    });
  });

  it.each([
    ['2026-04-26', '2026-04-25', 'due', 'has passed without filling it'],
    ['2026-04-01', '2026-04-14', 'opens-soon', 'lies before the window'],
    ['2026-05-01', '2026-05-16', 'due', 'lies after the window'],
    ['2026-05-16', '2026-05-20', 'overdue', 'lies after the window'],
  ])('on %s an appointment on %s leaves the visit %s: it %s', (asOf, day, bucket, clause) => {
    const row = rowOf(rowsOn(asOf, [booking(day)]), 'a1.baseline');
    expect(row).toMatchObject({ bucket, booked: { day, stands: false } });
    expect(row.reason).toContain(`; the appointment on ${day} ${clause}.`);
  });

  it('ask of a held visit what shall become of its appointment', () => {
    const suspended = [booking('2026-05-10'), event('s1', 'suspension', '2026-05-01')];
    expect(rowOf(rowsOn('2026-05-02', suspended), 'a1.baseline').reason).toContain(
      'the appointment on 2026-05-10 stands, and should be looked at',
    );
  });

  it('list the facts that could change the plan, once an episode', () => {
    const rows = rowsOn('2026-04-20', [], {}, { endocrineTherapy: undefined, tumor: undefined });
    const row = rowOf(rows, 'facts');
    expect(row).toMatchObject({
      kind: 'facts',
      bucket: 'data-to-complete',
      deadline: null,
      daysLate: null,
    });
    expect(row.reason).toMatch(/^endocrineTherapy, tumor\..* and tumor\.\w+ are not recorded/);
    expect(row.reason).toContain('could each raise the tier above standard');
    expect(rows.filter(({ item }) => item === 'facts')).toHaveLength(1);
  });

  it('list no facts once surveillance has ended', () => {
    const closed = event('c1', 'closure', '2026-03-01', { reason: 'withdrew' });
    expect(rowsOn('2026-04-20', [closed], {}, { tumor: undefined })).toEqual([]);
  });

  it('bring back an ended episode with a suspicious exam', () => {
    const events = [
      event('c1', 'closure', '2026-05-01', { reason: 'withdrew' }),
      exam('x1', '2026-06-01', 'MRI', '5'),
    ];
    const rows = rowsOn('2026-06-20', events, {}, { tumor: undefined });
    expect(placesOf(rows)).toEqual(['esc.x1 escalation-overdue']);
    expect(rows[0]?.reason).toContain('although the surveillance has ended');
  });

  it('show an episode without a visit left', () => {
    const protocol = lanesOnly({
      lanes: [
        {
          id: 'mg',
          offsetsMonths: [12],
          windowMonths: { before: 1, after: 1 },
          acceptEarlyMonths: 2,
          modalities: ['MG'],
        },
      ],
    });
    const plan = planOn('2027-06-01', [exam('x1', '2027-01-15', 'MG', '1')], {}, protocol);
    expect(placesOf(rowsOfPlan(plan, SETTINGS))).toEqual(['no-visit-left to-close']);
  });

  it('carry the code of the calendar for what a calendar shows', () => {
    const rows = rowsOn(
      '2026-04-20',
      [],
      { codeOf: (item, bucket) => `${bucket}/${item}` },
      { tumor: undefined },
    );
    expect(rows.map(({ item, code }) => [item, code])).toEqual([
      ['a1.baseline', 'due/a1.baseline'],
      ['facts', null],
    ]);
  });
});

describe('the suggested day of a row', () => {
  const loaded = loadClinicCalendar({
    clinic: 'C1',
    closed: [{ rule: 'FREQ=WEEKLY;BYDAY=SA,SU' }, { date: '2026-04-15' }],
  });
  const calendar = loaded.ok ? loaded.value : undefined;
  const suggested = (asOf: string, ...events: Readonly<Record<string, unknown>>[]) =>
    rowOf(rowsOn(asOf, events, { calendar }), 'a1.baseline').suggested;

  it('is open, in the window and not in the past, with the target beside it', () => {
    expect(suggested('2026-04-01')).toEqual({ day: '2026-04-16', fromTarget: 1, why: null });
    expect(suggested('2026-05-09')).toEqual({ day: '2026-05-11', fromTarget: 26, why: null });
  });

  it('is none once the window is over', () => {
    expect(suggested('2026-05-16')).toEqual({ day: null, fromTarget: null, why: 'window-over' });
  });

  it('is not asked for while a visit is booked, deferred, on hold or far away', () => {
    expect(suggested('2026-04-20', booking('2026-04-25'))).toBeNull();
    expect(suggested('2026-05-20', deferral)).toBeNull();
    expect(suggested('2026-05-02', event('s1', 'suspension', '2026-05-01'))).toBeNull();
    const rows = rowsOfPlan(planOn('2026-04-20'), { ...SETTINGS, calendar });
    expect(rowOf(rows, 'a1.routine-72').suggested).toBeNull();
  });
});
