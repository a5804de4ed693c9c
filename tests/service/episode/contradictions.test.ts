import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../../src/domain/event.ts';
import { loadProtocol } from '../../../src/protocol/load-protocol.ts';
import { planCase } from '../../../src/service/case/plan-case.ts';
import { contradictions } from '../../../src/service/episode/contradictions.ts';
import { shippedProtocol } from '../../cli/memory-surroundings.ts';
import { day, exam } from '../../store/fixtures.ts';

const loaded = loadProtocol(shippedProtocol('staged-risk-adapted'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const protocol = loaded.value;
const today = day('2026-06-15');

/** An episode ablated on 15 January 2026, as of 15 June. */
function planOf(events: readonly CaseEvent[]) {
  const ablation = { date: day('2026-01-15') };
  const episode = { id: 'E', laterality: 'left' as const, ablation };
  return planCase({ episode, events }, { protocol, today, asOf: today, explain: false });
}

function says(recorded: readonly CaseEvent[], ...events: readonly CaseEvent[]) {
  const { warnings } = planOf([...recorded, ...events]);
  return contradictions({ recorded, events, warnings, planOf, today }).map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

const BASELINE = exam('x1', '2026-04-20');
const AT = { id: 'n1', date: today } as const;
const decline = (visit: string, id = 'n1', date = today): CaseEvent => ({
  type: 'decline',
  id,
  date,
  visit,
  reason: 'no wish',
});

describe('events that do not fit the history', () => {
  test('a visit is open on the day of the event, and in the order of events', () => {
    expect(says([BASELINE], decline('a1.interval-1'))).toEqual([]);
    expect(
      says([BASELINE], decline('a1.interval-2', 'n2'), decline('a1.interval-1', 'n1')),
    ).toEqual([]);
    expect(
      says([BASELINE], decline('a1.interval-1', 'n2'), decline('a1.interval-2', 'n1')),
    ).toEqual([
      'events[1]: The decline n1 changes nothing: a1.interval-2 was not open on 2026-06-15.',
    ]);
  });

  test('what was filled by a recorded exam is told, what the same recording fills afterwards is not', () => {
    const early = decline('a1.baseline', 'n1', day('2026-04-16'));
    expect(says([BASELINE], early)).toEqual([
      'events[0].visit: this visit is not open: it is completed',
    ]);
    expect(says([], early, BASELINE)).toEqual([]);
  });

  test('it says which visits are open', () => {
    const events = [decline('a1.baseline')];
    const { warnings } = planOf([BASELINE, ...events]);
    const [problem] = contradictions({ recorded: [BASELINE], events, warnings, planOf, today });
    expect(problem?.allowed).toMatch(/^one of a1\.interval-1, a1\.routine-72/);
    expect(problem?.mend).toContain('--accept');
  });

  test('lane visits may be declined long before', () => {
    expect(says([BASELINE], decline('a1.routine-96'))).toEqual([]);
    expect(says([BASELINE, decline('a1.routine-96', 'd1')], decline('a1.routine-96'))).not.toEqual(
      [],
    );
  });

  test('a booking that is moved and moved back on one day is no repetition', () => {
    const booking = (id: string, appointment: string): CaseEvent => ({
      ...AT,
      type: 'booking',
      id,
      visit: 'a1.interval-1',
      appointment,
    });
    const first = booking('b1', '2027-01-20');
    expect(says([BASELINE, first], booking('b2', '2027-01-20'))).toEqual([
      'events[0]: the same booking of the same day is there already',
    ]);
    expect(
      says([BASELINE, first, booking('b2', '2027-01-21')], booking('b3', '2027-01-20')),
    ).toEqual([]);
  });

  test('calls may be repeated on one day', () => {
    const call = (id: string): CaseEvent => ({
      ...AT,
      id,
      type: 'contact',
      method: 'call',
      outcome: 'no-answer',
    });
    expect(says([BASELINE, call('k1')], call('k2'))).toEqual([]);
  });

  test('a contact is about a visit or an escalation that the plan has, or about neither', () => {
    const call: CaseEvent = { ...AT, type: 'contact', method: 'call', outcome: 'reached' };
    const suspicious = { ...exam('s1', '2026-06-01'), biRads: '4B' } as CaseEvent;
    expect(says([BASELINE], call)).toEqual([]);
    expect(says([BASELINE], { ...call, item: 'a1.baseline' })).toEqual([]);
    expect(says([BASELINE], { ...call, item: 'a1.interval-1' })).toEqual([]);
    expect(says([BASELINE, suspicious], { ...call, item: 'esc.s1' })).toEqual([]);
    expect(says([BASELINE], { ...call, item: 'esc.s1' })).toEqual([
      'events[0].item: the plan has neither such a visit nor such an escalation',
    ]);
  });

  test('an exam that was taken back may be recorded anew', () => {
    const correction: CaseEvent = {
      ...AT,
      id: 'c1',
      type: 'correction',
      of: 'x1',
      reason: 'typed wrong',
    };
    expect(says([BASELINE, correction], exam('x2', '2026-04-20'))).toEqual([]);
  });

  test('pathology names what it answers, or answers nothing without a word', () => {
    const pathology: CaseEvent = { ...AT, type: 'pathology', result: 'benign-concordant' };
    expect(says([BASELINE], pathology)).toEqual([]);
    expect(says([BASELINE], { ...pathology, answers: [] })).toEqual([]);
    expect(says([BASELINE], { ...pathology, answers: ['esc.x9'] })).toEqual([
      expect.stringContaining('events[0]: Pathology n1 names esc.x9'),
    ]);
    const suspicious = ['s1', 's2'].map(
      (id): CaseEvent =>
        ({
          ...exam(id, '2026-06-01'),
          biRads: '4B',
          modality: id === 's1' ? 'US' : 'MG',
        }) as CaseEvent,
    );
    expect(says([BASELINE, ...suspicious], pathology)).toEqual([
      expect.stringContaining('it must be said which'),
    ]);
  });

  test('a deferral lasts until today or longer, unless the visit was done since', () => {
    const deferral = (until: string): CaseEvent => ({
      ...AT,
      type: 'deferral',
      visit: 'a1.baseline',
      until: day(until),
      reason: 'abroad',
    });
    expect(says([], deferral('2026-06-15'))).toEqual([]);
    expect(says([], deferral('2026-06-14'))).toEqual([
      'events[0].until: the visit is put off until a day that has passed',
    ]);
    const early = { ...deferral('2026-06-01'), date: day('2026-04-01') };
    expect(says([], early, BASELINE)).toEqual([]);
  });

  test('an appointment lies on today or later, unless the visit was done since', () => {
    const booking = (appointment: string): CaseEvent => ({
      ...AT,
      type: 'booking',
      visit: 'a1.baseline',
      appointment,
    });
    expect(says([], booking('2026-06-15T08:00[Europe/Berlin]'))).toEqual([]);
    expect(says([], booking('2026-06-14'))).toEqual([
      'events[0].appointment: the appointment lies in the past',
    ]);
    const early = { ...booking('2026-04-20'), date: day('2026-04-01') };
    expect(says([], early, BASELINE)).toEqual([]);
  });

  test('an appointment is at an hour that its clock shows', () => {
    const booking: CaseEvent = {
      ...AT,
      type: 'booking',
      visit: 'a1.interval-1',
      appointment: '2027-03-28T02:30[Europe/Berlin]',
    };
    expect(says([BASELINE], booking)).toEqual([
      'events[0].appointment: there is no such hour on that day: the clocks are put forward',
    ]);
    const winter = { ...booking, appointment: '2027-03-28T02:30+01:00[Europe/Berlin]' };
    expect(says([BASELINE], winter)).toEqual([]);
  });

  test('nor is an hour that its clock left out one of the past like others', () => {
    const booking: CaseEvent = {
      ...AT,
      type: 'booking',
      visit: 'a1.baseline',
      appointment: '2026-03-29T02:30[Europe/Berlin]',
    };
    expect(says([], booking)).toEqual([
      'events[0].appointment: there is no such hour on that day: the clocks are put forward',
    ]);
  });

  test('an appointment lies within 5 years and the days of the plan, or in the window of its visit', () => {
    const at = (appointment: string, visit = 'a1.interval-1') =>
      says([BASELINE], { ...AT, type: 'booking', visit, appointment });
    expect(at('2031-01-15')).toEqual([]);
    expect(at('2031-01-16')).toEqual([
      'events[0].appointment: the appointment lies after the last day for which such visits are planned',
    ]);
    expect(at('2033-01-16')).toEqual([
      'events[0].appointment: the appointment lies more than 5 years ahead',
    ]);
    expect(at('2036-01-15', 'a1.routine-120')).toEqual([]);
    expect(at('2034-01-15', 'a1.routine-120')).not.toEqual([]);
  });

  test('a visit that is overdue after the last day of the plan may still be caught up on soon', () => {
    const late = day('2031-06-15');
    const plan = (events: readonly CaseEvent[]) =>
      planCase(
        { episode: { id: 'E', ablation: { date: day('2026-01-15') } }, events },
        { protocol, today: late, asOf: late, explain: false },
      );
    const booking: CaseEvent = {
      type: 'booking',
      id: 'n1',
      date: late,
      visit: 'a1.baseline',
      appointment: '2031-07-01',
    };
    const joining = { recorded: [], events: [booking], planOf: plan, today: late };
    expect(contradictions({ ...joining, warnings: plan([booking]).warnings })).toEqual([]);
  });

  test('an exam of the modality, side and day of another is asked about, whatever its category', () => {
    const awaited: CaseEvent = { type: 'imaging', id: 'x1', date: today, modality: 'MRI' };
    const again = { ...awaited, id: 'n1', biRads: '3' } as CaseEvent;
    const report = { ...AT, id: 'r1', type: 'report', of: 'x1', biRads: '2' } as CaseEvent;
    const awaits =
      'events[0]: MRI of this day is recorded already (x1), and its report is awaited: record a report of it instead?';
    expect(says([awaited], again)).toEqual([awaits]);
    expect(says([awaited], { ...again, laterality: 'bilateral' } as CaseEvent)).toEqual([awaits]);
    expect(says([awaited], { ...again, laterality: 'right' } as CaseEvent)).toEqual([]);
    expect(says([awaited], { ...again, modality: 'US' } as CaseEvent)).toEqual([]);
    expect(says([awaited, report], again)).toEqual([
      'events[0]: MRI of this day is recorded already (x1, BI-RADS 2): is this a second exam?',
    ]);
    expect(says([], awaited, again)).toEqual([awaits.replace('[0]', '[1]')]);
    const correction: CaseEvent = { ...AT, id: 'c1', type: 'correction', of: 'x1', reason: 'no' };
    expect(says([awaited], correction, again)).toEqual([]);
  });

  test('a result is not dated before the exam whose biopsy it answers', () => {
    const suspicious = { ...exam('s1', '2026-06-01'), biRads: '4B' } as CaseEvent;
    const pathology = (date: string): CaseEvent => ({
      type: 'pathology',
      id: 'n1',
      date: day(date),
      result: 'benign-concordant',
      answers: ['esc.s1'],
    });
    expect(says([BASELINE, suspicious], pathology('2026-06-05'))).toEqual([]);
    expect(says([BASELINE, suspicious], pathology('2026-05-05'))).toEqual([
      'events[0].date: the result is dated before what it answers: s1 of 2026-06-01 asked for the biopsy',
    ]);
  });

  test('a surveillance that is completed has no visit left of those that are staged', () => {
    const closure = (reason: string, id = 'n1') =>
      ({ ...AT, id, type: 'closure', reason }) as CaseEvent;
    expect(says([], closure('completed'))).toEqual([
      expect.stringMatching(
        /^events\[0\]\.reason: \d+ visits, the baseline among them, will not be done: the last day of staged visits is 2031-01-15$/,
      ),
    ]);
    expect(says([BASELINE], closure('completed'))).toEqual([
      expect.stringMatching(/^events\[0\]\.reason: \d+ visits will not be done: the last day/),
    ]);
    for (const reason of ['death', 'withdrew', 'transferred', 'metastatic-disease']) {
      expect(says([], closure(reason))).toEqual([]);
    }
  });

  test('what is told twice is told once, and what stands beside it too', () => {
    const awaited: CaseEvent = { type: 'imaging', id: 'x1', date: today, modality: 'MRI' };
    const findings = { enhancement: { present: false, pattern: 'mass' } } as const;
    expect(says([awaited], { ...awaited, id: 'n1', biRads: '2', findings })).toEqual([
      expect.stringContaining('is recorded already'),
      'events[0].findings.enhancement.present: there is no enhancement, it says, but its pattern is mass',
    ]);
  });
});
