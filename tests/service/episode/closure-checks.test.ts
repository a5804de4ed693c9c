import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../../src/domain/case-file.ts';
import { type Day, parseDay } from '../../../src/domain/civil-date.ts';
import type { Closure } from '../../../src/domain/event.ts';
import { parseCase } from '../../../src/input/parse-case.ts';
import { planCase } from '../../../src/service/case/plan-case.ts';
import {
  acknowledgementProblems,
  attemptsToReach,
  lostToFollowUpProblems,
} from '../../../src/service/episode/closure-checks.ts';
import {
  DEFAULT_PROTOCOL,
  event,
  exam,
  pathology,
  protocolWith,
} from '../../engine/case-builder.ts';

type Json = Readonly<Record<string, unknown>>;

function caseOf(events: readonly Json[]): CaseFile {
  const parsed = parseCase({
    episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } },
    events,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

const day = (text: string) => parseDay(text) as Day;

/** What is missing when `added` is recorded on 2027-03-01. */
function ending(events: readonly Json[], added: Json, acknowledged?: [string[], string]) {
  const settings = { protocol: DEFAULT_PROTOCOL, today: day('2027-03-01') };
  const after = caseOf([...events, added]);
  const recording = {
    before: planCase(caseOf(events), settings),
    after: planCase(after, settings),
    events: after.events,
  };
  const acknowledgement =
    acknowledged === undefined
      ? undefined
      : { escalations: acknowledged[0], reason: acknowledged[1] };
  return acknowledgementProblems(recording, acknowledgement).map(
    ({ path, message }) => `${path}: ${message.replace(/ \(.*/, '')}`,
  );
}

const suspicious = exam('x1', '2027-01-10', 'MRI', '4B');
const second = exam('x2', '2027-01-20', 'CEM', '5');
const unanswered = (key: string) =>
  `acknowledgement.escalations: an open escalation would be closed unanswered: ${key}`;
const closure = (reason: string, date = '2027-02-01') => event('c1', 'closure', date, { reason });

describe('ending surveillance while an escalation is open', () => {
  it.each([
    ['withdrew', closure('withdrew')],
    ['surgery', event('s1', 'surgery', '2027-02-01')],
  ])('needs an acknowledgement: %s', (_name, end) => {
    expect(ending([suspicious], end)).toEqual([unanswered('esc.x1')]);
    expect(ending([suspicious], end, [['esc.x1'], 'seen by the tumor board'])).toEqual([]);
  });

  it('needs none by death', () => {
    expect(ending([suspicious], closure('death'))).toEqual([]);
  });

  it('needs each escalation by its key', () => {
    expect(ending([suspicious, second], closure('withdrew'), [['esc.x1'], 'why'])).toEqual([
      unanswered('esc.x2'),
    ]);
  });

  it('needs a reason', () => {
    expect(ending([suspicious], closure('withdrew'), [['esc.x1'], ' '])).toEqual([
      'acknowledgement.reason: the acknowledgement gives no reason',
    ]);
  });

  it('needs none where none is open, or where it was answered', () => {
    expect(ending([], closure('withdrew'))).toEqual([]);
    const answer = pathology('p1', '2027-01-25', 'benign-concordant');
    expect(ending([suspicious, answer], closure('withdrew'))).toEqual([]);
  });

  it('needs none for an escalation that the end does not close', () => {
    expect(ending([suspicious], closure('withdrew', '2027-01-05'))).toEqual([]);
  });

  it('needs one when a correction brings the end back', () => {
    const events = [
      suspicious,
      closure('withdrew', '2027-01-20'),
      event('r1', 'reopening', '2027-01-25'),
    ];
    const correction = event('z1', 'correction', '2027-02-01', { of: 'r1' });
    expect(ending(events, correction)).toEqual([unanswered('esc.x1')]);
  });

  it('needs none for what had been closed before', () => {
    const events = [suspicious, closure('death', '2027-01-20')];
    expect(ending(events, event('s1', 'surgery', '2027-02-01'))).toEqual([]);
  });
});

const attempt = (id: string, date: string, outcome = 'no-answer') =>
  event(id, 'contact', date, { method: 'call', outcome });

const THREE = [
  attempt('k1', '2027-01-05'),
  attempt('k2', '2027-01-12', 'left-message'),
  attempt('k3', '2027-01-19', 'returned'),
];

function lost(events: readonly Json[], attempts: number | undefined, note?: string) {
  const end: Closure = {
    id: 'c1',
    type: 'closure',
    date: day('2027-02-01'),
    reason: 'lost-to-follow-up',
    note,
  };
  const protocol = protocolWith({ lostToFollowUpAttempts: attempts });
  return lostToFollowUpProblems(end, caseOf(events).events, protocol).map(({ found }) => found);
}

describe('closing as lost to follow-up', () => {
  it('needs the attempts that the protocol sets', () => {
    expect(lost(THREE, 3)).toEqual([]);
    expect(lost(THREE, 4)).toEqual(['3 attempts']);
    expect(lost(THREE.slice(0, 1), 3)).toEqual(['1 attempt']);
  });

  it('or a stated reason', () => {
    expect(lost([], 3, 'deported, no address')).toEqual([]);
    expect(lost([], 3, '  ')).toEqual(['0 attempts']);
  });

  it('needs a stated reason where the protocol sets no number', () => {
    expect(lost(THREE, undefined)).toEqual(['3 attempts']);
    expect(lost(THREE, undefined, 'three calls and a letter')).toEqual([]);
  });

  it('is the only closure that needs them', () => {
    const end: Closure = { id: 'c', type: 'closure', date: day('2027-02-01'), reason: 'withdrew' };
    expect(lostToFollowUpProblems(end, [], protocolWith({ lostToFollowUpAttempts: 3 }))).toEqual(
      [],
    );
  });
});

describe('the attempts to reach a patient', () => {
  it.each([
    exam('x1', '2027-01-12', 'MG', '2'),
    pathology('p1', '2027-01-12', 'benign-concordant'),
    event('d1', 'deferral', '2027-01-12', { visit: 'a1.baseline', until: '2027-02-01' }),
    event('n1', 'decline', '2027-01-12', { visit: 'a1.baseline' }),
    event('a1', 'ablation', '2027-01-12'),
    attempt('k9', '2027-01-12', 'reached'),
  ])('count from the last sign of life: $type', (heard) => {
    const { events } = caseOf([attempt('k1', '2027-01-05'), heard, attempt('k3', '2027-01-19')]);
    expect(attemptsToReach(events, day('2027-02-01'))).toEqual({
      attempts: 1,
      heardOf: day('2027-01-12'),
    });
  });

  it('are not ended by what the clinic does alone', () => {
    const booking = event('b1', 'booking', '2027-01-15', {
      visit: 'a1.baseline',
      appointment: '2027-01-18',
    });
    const { events } = caseOf([...THREE, booking]);
    expect(attemptsToReach(events, day('2027-02-01'))).toEqual({ attempts: 3, heardOf: null });
  });

  it('leave out later ones and those taken back', () => {
    const taken = event('z1', 'correction', '2027-01-20', { of: 'k1' });
    const { events } = caseOf([...THREE, taken]);
    expect(attemptsToReach(events, day('2027-02-01')).attempts).toBe(2);
    expect(attemptsToReach(events, day('2027-01-13')).attempts).toBe(2);
  });
});
