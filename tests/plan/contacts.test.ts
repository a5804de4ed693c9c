import { describe, expect, it } from 'vitest';
import { computeSchedule } from '../../src/engine/compute-schedule.ts';
import { buildHistory } from '../../src/history/build-history.ts';
import { compareEvents } from '../../src/history/event-order.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import { presentPlan } from '../../src/plan/present-plan.ts';
import { DEFAULT_PROTOCOL, event, exam } from '../engine/case-builder.ts';

const contact = event('k1', 'contact', '2026-05-20', {
  method: 'call',
  outcome: 'no-answer',
  item: 'a1.interval-1',
  note: 'Mrs Example',
});
const events = [exam('x1', '2026-04-20', 'MRI', '2'), contact];

function planOf(list: readonly unknown[]) {
  const parsed = parseCase({
    asOf: '2026-06-01',
    episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } },
    events: list,
  });
  if (!parsed.ok || parsed.value.asOf === undefined) throw new Error(JSON.stringify(parsed));
  const history = buildHistory(parsed.value, parsed.value.asOf);
  const schedule = computeSchedule(history, DEFAULT_PROTOCOL);
  const { episode, known } = history;
  return presentPlan({ schedule, episode, known, protocol: DEFAULT_PROTOCOL }, { explain: true });
}

describe('a contact with the patient', () => {
  it('changes nothing of the plan but that it is known', () => {
    const { contacts, events: known, ...plan } = planOf(events);
    const { contacts: none, events: before, ...without } = planOf(events.slice(0, 1));
    expect(plan).toEqual(without);
    expect(none).toEqual([]);
    expect(known).toEqual([...before, { id: 'k1', type: 'contact', date: '2026-05-20' }]);
    expect(contacts).toEqual([
      { id: 'k1', date: '2026-05-20', method: 'call', outcome: 'no-answer', item: 'a1.interval-1' },
    ]);
  });

  it('keeps its note, which may name the patient, out of the plan', () => {
    expect(JSON.stringify(planOf(events))).not.toContain('Example');
  });

  it('is not known before its day, and not after a correction', () => {
    const correction = event('z', 'correction', '2026-05-21', { of: 'k1' });
    expect(planOf([...events, correction]).contacts).toEqual([]);
    const later = event('k2', 'contact', '2026-06-02', { method: 'letter', outcome: 'sent' });
    expect(planOf([...events, later]).contacts.map(({ id }) => id)).toEqual(['k1']);
  });

  it('stands among the bookings and decisions of its day, by id', () => {
    const parsed = parseCase({
      episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } },
      events: [
        event('a', 'suspension', '2026-05-20'),
        event('c', 'booking', '2026-05-20', { visit: 'a1.baseline', appointment: '2026-05-21' }),
        event('b', 'contact', '2026-05-20', { method: 'call', outcome: 'reached' }),
        event('d', 'pathology', '2026-05-20', { result: 'malignant' }),
      ],
    });
    const ids = parsed.ok ? [...parsed.value.events].sort(compareEvents).map(({ id }) => id) : [];
    expect(ids).toEqual(['d', 'b', 'c', 'a']);
  });
});
