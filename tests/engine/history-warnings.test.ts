import { describe, expect, it } from 'vitest';
import { event, exam, scheduleOf } from './case-builder.ts';

function notes(options: Parameters<typeof scheduleOf>[0]) {
  return scheduleOf(options).warnings;
}

describe('warnings that follow from the history', () => {
  it('none for a plain case', () => {
    expect(notes({ events: [exam('b', '2026-04-15', 'MRI', '2')], asOf: '2026-04-16' })).toEqual(
      [],
    );
  });

  it('an ablation after the as-of date', () => {
    expect(notes({ asOf: '2026-01-14' })).toEqual([
      {
        code: 'ablation-in-future',
        message: 'The ablation on 2026-01-15 lies after the as-of date 2026-01-14.',
      },
    ]);
    expect(notes({ asOf: '2026-01-15' })).toEqual([]);
  });

  it('palliative intent', () => {
    const [note] = notes({ episode: { intent: 'palliative' } });
    expect(note?.code).toBe('palliative-intent');
    expect(note?.message).toContain('does not carry over');
    expect(notes({ episode: { intent: 'curative' } })).toEqual([]);
  });

  it('a constraint that the protocol does not know, with those that it knows', () => {
    const events = [
      event('k', 'constraint', '2026-01-20', { kind: 'toString', from: '2026-01-20' }),
    ];
    const [note] = notes({ events, asOf: '2026-01-21' });
    expect(note).toEqual({
      code: 'constraint-unknown',
      event: 'k',
      message:
        'Constraint k changes nothing: the protocol staged-risk-adapted knows no "toString". Known: mri-unsafe-implant, severe-gadolinium-reaction, claustrophobia, egfr-below-30, iodinated-contrast-reaction, pregnancy.',
    });
    const known = [
      event('k', 'constraint', '2026-01-20', { kind: 'pregnancy', from: '2026-01-20' }),
    ];
    expect(notes({ events: known, asOf: '2026-01-21' })).toEqual([]);
  });

  it('an event that is not known yet', () => {
    expect(notes({ events: [exam('x', '2026-04-16', 'MRI', '5')], asOf: '2026-04-15' })).toEqual([
      {
        code: 'after-as-of',
        event: 'x',
        message: 'The imaging x of 2026-04-16 is dated after the as-of date and is not known yet.',
      },
    ]);
  });

  it('an event that was taken back', () => {
    const events = [
      exam('x', '2026-04-15', 'MRI', '5'),
      event('k', 'correction', '2026-04-16', { of: 'x' }),
    ];
    expect(notes({ events, asOf: '2026-04-16' })).toEqual([
      { code: 'corrected', event: 'x', message: 'The imaging x was taken back by correction k.' },
    ]);
  });

  it('a report that a later one replaced', () => {
    const events = [
      exam('x', '2026-04-15', 'MRI'),
      event('r', 'report', '2026-04-16', { of: 'x', biRads: '1' }),
      event('q', 'report', '2026-04-17', { of: 'x', biRads: '2' }),
    ];
    expect(notes({ events, asOf: '2026-04-17' })).toEqual([
      {
        code: 'report-superseded',
        event: 'r',
        message: 'Report r was replaced by the later report q.',
      },
    ]);
  });

  it('a report whose exam was taken back', () => {
    const events = [
      exam('x', '2026-04-15', 'MRI'),
      event('r', 'report', '2026-04-16', { of: 'x', biRads: '5' }),
      event('k', 'correction', '2026-04-17', { of: 'x' }),
    ];
    const all = notes({ events, asOf: '2026-04-17' });
    expect(all.map(({ code, event: id }) => [code, id])).toEqual([
      ['corrected', 'x'],
      ['report-without-exam', 'r'],
    ]);
    expect(all[1]?.message).toBe(
      'Report r changes nothing: its exam is not known, or was taken back.',
    );
  });
});

describe('a constraint that ends before it begins', () => {
  const warned = (to?: string) =>
    notes({
      asOf: '2026-01-21',
      events: [
        event('k', 'constraint', '2026-01-20', {
          kind: 'pregnancy',
          from: '2026-01-20',
          ...(to === undefined ? {} : { to }),
        }),
      ],
    }).map(({ code, event: id, message }) => `${code} ${id}: ${message}`);

  it('holds on no day, which is told', () => {
    expect(warned('2026-01-19')).toEqual([
      expect.stringMatching(/^constraint-without-effect k: .*holds on no day.*2026-01-19/),
    ]);
  });

  it.each(['2026-01-20', '2026-12-31', undefined])('until %s it does hold', (to) => {
    expect(warned(to)).toEqual([]);
  });
});

describe('an event of the surveillance that is dated before the ablation', () => {
  const visit = { visit: 'a1.baseline' };

  it.each([
    ['deferral', { ...visit, until: '2026-05-20' }],
    ['decline', visit],
    ['booking', { ...visit, appointment: '2026-04-20' }],
    ['decision', { escalation: 'esc.x' }],
    ['suspension', {}],
    ['resumption', {}],
    ['surgery', {}],
    ['closure', { reason: 'withdrew' }],
    ['reopening', {}],
  ])('is told: %s', (type, more) => {
    const warned = (date: string) =>
      notes({ events: [event('e', type, date, more)], asOf: '2026-01-20' }).map(({ code }) => code);
    expect(warned('2026-01-14')).toContain('event-before-ablation');
    expect(warned('2026-01-15')).not.toContain('event-before-ablation');
  });

  it.each([
    ['an exam, which has its verdict', exam('x', '2026-01-02', 'MRI', '2')],
    [
      'a constraint, which holds by its own dates',
      event('k', 'constraint', '2026-01-02', { kind: 'pregnancy', from: '2026-01-02' }),
    ],
  ])('is not told: %s', (_what, early) => {
    expect(notes({ events: [early], asOf: '2026-01-20' })).toEqual([]);
  });
});
