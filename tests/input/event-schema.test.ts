import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/domain/civil-date.ts';
import { parseCase } from '../../src/input/parse-case.ts';

const contact = { id: 'k1', type: 'contact', date: '2026-05-20', method: 'call' };

function read(event: unknown) {
  return parseCase({
    episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } },
    events: [event],
  });
}

describe('a contact', () => {
  it.each(['a1.baseline', 'a2.interval-3', 'a1.routine-72', 'esc.x1', 'esc.a b'])(
    'may be about %s',
    (item) => {
      const event = { ...contact, outcome: 'left-message', item, note: 'asked to call back' };
      const parsed = read(event);
      expect(parsed.ok && parsed.value.events).toEqual([
        { ...event, date: parseDay('2026-05-20') },
      ]);
    },
  );

  it('may be about the surveillance as a whole', () => {
    expect(read({ ...contact, outcome: 'no-answer' }).ok).toBe(true);
  });

  it.each(['baseline', 'a0.baseline', 'esc.', 'x1'])('is not about %j', (item) => {
    const parsed = read({ ...contact, outcome: 'reached', item });
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([{ path: 'events[0].item' }]);
  });

  it.each([
    ['method', { ...contact, method: 'fax', outcome: 'sent' }, 'letter, call, message'],
    [
      'outcome',
      { ...contact, outcome: 'busy' },
      'reached, sent, left-message, no-answer, returned',
    ],
  ])('has a %s of the closed list', (field, event, allowed) => {
    const parsed = read(event);
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([
      { path: `events[0].${field}`, allowed },
    ]);
  });
});

describe('a closure', () => {
  it('may say why in words', () => {
    const closure = {
      id: 'c1',
      type: 'closure',
      date: '2027-01-01',
      reason: 'lost-to-follow-up',
      note: 'moved abroad, no address',
    };
    const parsed = read(closure);
    expect(parsed.ok && parsed.value.events[0]).toMatchObject({ note: 'moved abroad, no address' });
  });
});
