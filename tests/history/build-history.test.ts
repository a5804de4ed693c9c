import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import { buildHistory } from '../../src/history/build-history.ts';
import type { Exam } from '../../src/history/case-history.ts';
import { parseCase } from '../../src/input/parse-case.ts';

type Json = Readonly<Record<string, unknown>>;

function history(asOf: string, ...events: readonly Json[]) {
  const parsed = parseCase({
    episode: { id: 'E', laterality: 'left', ablation: { date: '2026-01-15' } },
    events,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const frozen = JSON.stringify(parsed.value);
  const built = buildHistory(parsed.value, parseDay(asOf) as Day);
  expect(JSON.stringify(parsed.value)).toBe(frozen);
  return built;
}

function leftOut(asOf: string, ...events: readonly Json[]): string[] {
  return history(asOf, ...events).leftOut.map(
    ({ event, why, by }) => `${event.id} ${why}${by === undefined ? '' : ` by ${by.id}`}`,
  );
}

const exam: Json = { id: 'x', type: 'imaging', date: '2026-04-15', modality: 'MRI' };
const report = (id: string, date: string, biRads: string, findings?: Json): Json => ({
  id,
  type: 'report',
  date,
  of: 'x',
  biRads,
  ...(findings === undefined ? {} : { findings }),
});

describe('what was known', () => {
  it('holds the events to the as-of date, inclusive, in order', () => {
    const later = { id: 'a', type: 'surgery', date: '2026-04-17' };
    const built = history('2026-04-16', { ...later, id: 'z', date: '2026-04-16' }, exam, later);
    expect(built.known.map(({ id }) => id)).toEqual(['x', 'z']);
    expect(built.events.map(({ id }) => id)).toEqual(['x', 'z']);
    expect(built.leftOut.map(({ event, why }) => [event.id, why])).toEqual([['a', 'after-as-of']]);
    expect(built.asOf).toBe(parseDay('2026-04-16'));
    expect(built.episode.id).toBe('E');
  });

  it('leaves out what was taken back, from the day of the correction on', () => {
    const correction = {
      id: 'c',
      type: 'correction',
      date: '2026-05-01',
      of: 'x',
      reason: 'wrong patient',
    };
    expect(leftOut('2026-05-01', exam, correction)).toEqual(['x corrected by c']);
    expect(leftOut('2026-04-30', exam, correction)).toEqual(['c after-as-of']);
    expect(history('2026-05-01', exam, correction).events).toEqual([]);
    expect(history('2026-05-01', exam, correction).known.map(({ id }) => id)).toEqual(['c']);
  });

  it('notes of what was left out come in event order', () => {
    const late = (id: string, date: string) => ({ id, type: 'surgery', date });
    expect(
      leftOut(
        '2026-04-16',
        late('b', '2026-06-01'),
        late('a', '2026-06-02'),
        late('c', '2026-05-01'),
      ),
    ).toEqual(['c after-as-of', 'b after-as-of', 'a after-as-of']);
  });

  it('gives constraints apart, whatever day they were recorded', () => {
    const constraint = (id: string, date: string) => ({
      id,
      type: 'constraint',
      date,
      kind: 'pregnancy',
      from: '2026-01-01',
    });
    const built = history(
      '2026-04-16',
      constraint('k', '2026-04-16'),
      constraint('l', '2026-04-17'),
    );
    expect(built.constraints.map(({ id }) => id)).toEqual(['k']);
    expect(built.events).toEqual([]);
  });
});

describe('a report', () => {
  const merged = (asOf: string, ...events: readonly Json[]) =>
    history(asOf, exam, ...events).events[0] as Exam;

  it('gives the exam its category from the report’s own date on', () => {
    const one = report('r', '2026-04-20', '3');
    expect(merged('2026-04-19', one)).toMatchObject({ id: 'x', date: parseDay('2026-04-15') });
    expect(merged('2026-04-19', one).biRads).toBeUndefined();
    expect(merged('2026-04-20', one)).toMatchObject({
      biRads: '3',
      reportedBy: 'r',
      date: parseDay('2026-04-15'),
    });
  });

  it('is no event of its own in the replay', () => {
    expect(history('2026-05-01', exam, report('r', '2026-04-20', '3')).events).toHaveLength(1);
  });

  it('of several the latest wins; of one day the one with the later id', () => {
    expect(
      merged('2026-05-01', report('q', '2026-04-21', '1'), report('r', '2026-04-20', '3')).biRads,
    ).toBe('1');
    expect(
      merged('2026-05-01', report('q', '2026-04-20', '1'), report('r', '2026-04-20', '3')).biRads,
    ).toBe('3');
    expect(
      leftOut('2026-05-01', exam, report('q', '2026-04-21', '1'), report('r', '2026-04-20', '3')),
    ).toEqual(['r superseded by q']);
  });

  it('brings its findings where it has any', () => {
    const own = { ...exam, biRads: '2', findings: { zone: { longestMm: 20 } } };
    const first = (...reports: readonly Json[]) =>
      (history('2026-06-01', own, ...reports).events[0] as Exam).findings;
    expect(first(report('r', '2026-04-20', '3', { zone: { longestMm: 25 } }))).toEqual({
      zone: { longestMm: 25 },
    });
    expect(first(report('r', '2026-04-20', '3'))).toEqual({ zone: { longestMm: 20 } });
  });

  it('an addendum without findings takes back none that an earlier report gave', () => {
    const findings = { wall: { asymmetric: true } };
    const both = merged(
      '2026-06-01',
      report('r', '2026-04-20', '2', findings),
      report('s', '2026-04-25', '4A'),
    );
    expect(both).toMatchObject({ biRads: '4A', findings, reportedBy: 's' });
  });

  it('that was taken back leaves the one before it', () => {
    const correction = {
      id: 'c',
      type: 'correction',
      date: '2026-05-01',
      of: 's',
      reason: 'wrong exam',
    };
    const reports = [report('r', '2026-04-20', '2'), report('s', '2026-04-25', '5'), correction];
    expect(merged('2026-04-30', ...reports).biRads).toBe('5');
    expect(merged('2026-05-01', ...reports)).toMatchObject({ biRads: '2', reportedBy: 'r' });
  });

  it('of an exam that was taken back changes nothing', () => {
    const correction = {
      id: 'c',
      type: 'correction',
      date: '2026-05-01',
      of: 'x',
      reason: 'wrong patient',
    };
    expect(
      leftOut(
        '2026-05-01',
        exam,
        report('r', '2026-04-20', '2'),
        report('s', '2026-04-21', '2'),
        correction,
      ),
    ).toEqual(['x corrected by c', 'r superseded by s', 'r exam-unknown', 's exam-unknown']);
  });
});
