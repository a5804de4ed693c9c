import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { addDays, type Day, formatDay } from '../../src/domain/civil-date.ts';
import type { CaseEvent, Imaging } from '../../src/domain/event.ts';
import { computeSchedule } from '../../src/engine/compute-schedule.ts';
import { buildHistory } from '../../src/history/build-history.ts';
import {
  ESCALATION_STATUSES,
  PHASES,
  type Schedule,
  type ScheduledVisit,
  VERDICTS,
  VISIT_STATUSES,
} from '../../src/plan/schedule.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { anyProtocol, cases, type GeneratedCase, RUNS, read } from './arbitraries.ts';

function schedule(caseFile: CaseFile, asOf: Day, protocol: Protocol): Schedule {
  return computeSchedule(buildHistory(caseFile, asOf), protocol);
}

/** Everything of a schedule as text, bookings too. */
function bytes(result: Schedule): string {
  return JSON.stringify({ ...result, bookings: [...result.bookings] });
}

/** A schedule without what is only said about it. */
function withoutNotes({ warnings, bookings, ...rest }: Schedule): unknown {
  return { ...rest, bookings: [...bookings] };
}

function property(
  check: (generated: GeneratedCase, protocol: Protocol, seed: number) => void,
): void {
  fc.assert(fc.property(cases, anyProtocol, fc.nat(), check), RUNS);
}

/** What the as-of date does not move: key, dates before status, and where they come from. */
function dated({ key, window, anchor, offsets, rule }: ScheduledVisit) {
  return { key, window, anchor, offsets, rule };
}

const OPEN_VISIT: ReadonlySet<string> = new Set([
  'not-yet-due',
  'due',
  'overdue',
  'forecast',
  'on-hold',
]);

function openKeys({ visits, escalations }: Schedule): string[] {
  return [
    ...visits.filter(({ status }) => OPEN_VISIT.has(status)).map(({ key }) => key),
    ...escalations
      .filter(({ status }) => status === 'open' || status === 'overdue')
      .map(({ key }) => key),
  ];
}

/** The last day on which nothing more is known than on `asOf`, at most `days` later. */
function quietUntil({ document, asOf }: GeneratedCase, days: number): Day {
  const next = read(document)
    .events.map(({ date }) => date)
    .filter((date) => date > asOf);
  return Math.min(addDays(asOf, days), ...next.map((date) => addDays(date, -1))) as Day;
}

describe('dates', () => {
  it('do not depend on the day on which the plan is made', () => {
    property((generated, protocol, seed) => {
      const caseFile = read(generated.document);
      const later = quietUntil(generated, seed % 4000);
      const before = schedule(caseFile, generated.asOf, protocol);
      const after = schedule(caseFile, later, protocol);
      expect(after.visits.map(dated)).toEqual(before.visits.map(dated));
      const asked = ({
        key,
        raisedOn,
        dueBy,
        triggers,
        action,
      }: Schedule['escalations'][number]) => ({
        key,
        raisedOn,
        dueBy,
        triggers,
        action,
      });
      expect(after.escalations.map(asked)).toEqual(before.escalations.map(asked));
      expect(after.exams).toEqual(before.exams);
    });
  });

  it('of every window stand in order: earliest, target, latest', () => {
    property(({ document, asOf }, protocol) => {
      for (const { window, key } of schedule(read(document), asOf, protocol).visits) {
        expect(window.earliest, key).toBeLessThanOrEqual(window.target);
        expect(window.target, key).toBeLessThanOrEqual(window.latest);
      }
    });
  });

  it('of the staged visits follow each other, and the forecast stays within the horizon', () => {
    property(({ document, asOf }, protocol) => {
      const { visits, ablation } = schedule(read(document), asOf, protocol);
      const open = visits.filter(({ kind, status }) => kind !== 'lane' && OPEN_VISIT.has(status));
      open.forEach((visit, index) => {
        const next = open[index + 1];
        if (next !== undefined)
          expect(next.window.target).toBeGreaterThanOrEqual(visit.window.target);
        expect(visit.window.target).toBeGreaterThan(ablation.day);
      });
    });
  });
});

describe('keys', () => {
  it('of visits, of escalations and of exams are unique', () => {
    property(({ document, asOf }, protocol) => {
      const { visits, escalations, exams } = schedule(read(document), asOf, protocol);
      for (const keys of [
        visits.map(({ key }) => key),
        escalations.map(({ key }) => key),
        exams.map(({ id }) => id),
      ]) {
        expect(new Set(keys).size).toBe(keys.length);
      }
    });
  });
});

describe('statuses', () => {
  it('are of the closed lists', () => {
    property(({ document, asOf }, protocol) => {
      const { visits, escalations, exams, phase } = schedule(read(document), asOf, protocol);
      expect(PHASES).toContain(phase);
      for (const { status } of visits) expect(VISIT_STATUSES).toContain(status);
      for (const { status } of escalations) expect(ESCALATION_STATUSES).toContain(status);
      for (const { verdict } of exams) expect(VERDICTS).toContain(verdict);
    });
  });

  it('put each open visit in exactly one bucket: ahead, due or late', () => {
    property(({ document, asOf }, protocol) => {
      for (const { status, window, key } of schedule(read(document), asOf, protocol).visits) {
        const buckets = {
          'not-yet-due': asOf < window.earliest,
          due: window.earliest <= asOf && asOf <= window.latest,
          overdue: asOf > window.latest,
        };
        if (!(status in buckets)) continue;
        const fitting = Object.entries(buckets).filter(([, holds]) => holds);
        expect(fitting, key).toEqual([[status, true]]);
      }
    });
  });

  it('hold a visit only while a question holds it, or surveillance is suspended', () => {
    property(({ document, asOf }, protocol) => {
      const { visits, phase, suspendedUntil } = schedule(read(document), asOf, protocol);
      const held = visits.filter(({ status }) => status === 'on-hold');
      const mayBeHeld = (kind: string) =>
        suspendedUntil !== null || (phase === 'escalated' && kind !== 'lane');
      expect(held.every(({ kind }) => mayBeHeld(kind))).toBe(true);
    });
  });

  it('put each open question in exactly one bucket: open or late', () => {
    property(({ document, asOf }, protocol) => {
      for (const { status, dueBy, answeredBy } of schedule(read(document), asOf, protocol)
        .escalations) {
        const late = asOf > dueBy ? 'overdue' : 'open';
        expect(answeredBy === null ? [late] : ['resolved', 'closed']).toContain(status);
      }
    });
  });

  it('leave nobody off the list without an event', () => {
    property((generated, protocol, seed) => {
      const caseFile = read(generated.document);
      const first = openKeys(schedule(caseFile, generated.asOf, protocol));
      const last = openKeys(schedule(caseFile, quietUntil(generated, seed % 4000), protocol));
      expect(last).toEqual(first);
    });
  });

  it('only ever move on from day to day: ahead, due, late', () => {
    const order = ['not-yet-due', 'due', 'overdue'];
    property((generated, protocol, seed) => {
      const caseFile = read(generated.document);
      const first = schedule(caseFile, generated.asOf, protocol);
      const last = schedule(caseFile, quietUntil(generated, seed % 4000), protocol);
      first.visits.forEach(({ key, status }) => {
        const now = last.visits.find((visit) => visit.key === key)?.status ?? '';
        if (order.includes(status) && order.includes(now)) {
          expect(order.indexOf(now)).toBeGreaterThanOrEqual(order.indexOf(status));
        }
      });
    });
  });
});

describe('what is known', () => {
  it('does not depend on the order of the events in the file', () => {
    property(({ document, asOf }, protocol, seed) => {
      const caseFile = read(document);
      const shuffled = [...caseFile.events];
      shuffled.sort((a, b) => hash(a.id, seed) - hash(b.id, seed));
      const other = schedule({ ...caseFile, events: shuffled }, asOf, protocol);
      expect(bytes(other)).toBe(bytes(schedule(caseFile, asOf, protocol)));
    });
  });

  it('does not reach past the as-of date: later events change nothing but notes', () => {
    property(({ document, asOf }, protocol) => {
      const caseFile = read(document);
      const known = caseFile.events.filter(({ date }) => date <= asOf);
      const only = schedule({ ...caseFile, events: known }, asOf, protocol);
      expect(withoutNotes(schedule(caseFile, asOf, protocol))).toEqual(withoutNotes(only));
    });
  });

  it('is without an event once it was corrected', () => {
    property(({ document, asOf }, protocol, seed) => {
      const caseFile = read(document);
      const known = caseFile.events.filter(({ date }) => date <= asOf);
      const last = known[seed % Math.max(known.length, 1)];
      if (last === undefined) return;
      const correction: CaseEvent = {
        type: 'correction',
        id: 'zz-newest',
        date: asOf,
        of: last.id,
        reason: 'entered by mistake',
      };
      const corrected = { ...caseFile, events: [...known, correction] };
      const without = { ...caseFile, events: known.filter(({ id }) => id !== last.id) };
      expect(withoutNotes(schedule(corrected, asOf, protocol))).toEqual(
        withoutNotes(schedule(without, asOf, protocol)),
      );
    });
  });
});

function hash(text: string, seed: number): number {
  return [...text].reduce(
    (sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_521,
    seed % 65_521,
  );
}

describe('the same input', () => {
  it('gives the same bytes, and is left as it was', () => {
    property(({ document, asOf }, protocol) => {
      const caseFile = read(document);
      const before = JSON.stringify([caseFile, protocol]);
      const first = bytes(schedule(caseFile, asOf, protocol));
      expect(bytes(schedule(read(document), asOf, structuredClone(protocol)))).toBe(first);
      expect(JSON.stringify([caseFile, protocol])).toBe(before);
    });
  });

  it('is told in full: every line has a rule, every note a code and a sentence', () => {
    property(({ document, asOf }, protocol) => {
      const { visits, warnings, escalations } = schedule(read(document), asOf, protocol);
      for (const { anchor, rule } of visits) expect([anchor.kind, rule].every(Boolean)).toBe(true);
      for (const { triggers } of escalations) {
        expect(triggers.length).toBeGreaterThan(0);
        const ids = triggers.map(({ id }) => id);
        expect(ids).toEqual([...ids].sort());
      }
      for (const { code, message } of warnings) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(message).not.toMatch(/undefined|null|NaN|\[object/);
      }
    });
  });
});

/** The first open staged visit's target, or none. */
function nextTarget({ visits }: Schedule): number {
  const next = visits.find(({ kind, status }) => kind !== 'lane' && OPEN_VISIT.has(status));
  return next === undefined ? Number.POSITIVE_INFINITY : next.window.target;
}

const WORSE = [
  ['1', '2'],
  ['2', '3'],
  ['1', '3'],
] as const;

describe('worse never waits longer', () => {
  it('a worse category of the newest exam', () => {
    fc.assert(
      fc.property(
        cases,
        anyProtocol,
        fc.constantFrom(...WORSE),
        fc.constantFrom('MRI', 'CEM', 'MG', 'US'),
        fc.integer({ min: 0, max: 60 }),
        ({ document, asOf }, protocol, [better, worse], modality, gap) => {
          const caseFile = read(document);
          const known = caseFile.events.filter(({ date }) => date <= asOf);
          const date = addDays(asOf, gap);
          const next = (biRads: '1' | '2' | '3') => {
            const newest: Imaging = { type: 'imaging', id: 'zz-newest', date, modality, biRads };
            return nextTarget(
              schedule({ ...caseFile, events: [...known, newest] }, date, protocol),
            );
          };
          expect(next(worse), formatDay(date)).toBeLessThanOrEqual(next(better));
        },
      ),
      RUNS,
    );
  });

  it('a worse assumed category', () => {
    fc.assert(
      fc.property(
        anyProtocol,
        fc.constantFrom(...WORSE),
        cases,
        (protocol, [better, worse], { document, asOf }) => {
          const caseFile = read({ ...document, events: [] });
          const targets = (assumedBiRads: '1' | '2' | '3') =>
            schedule(
              { ...caseFile, episode: { ...caseFile.episode, assumedBiRads } },
              asOf,
              protocol,
            )
              .visits.filter(({ kind }) => kind !== 'lane')
              .map(({ window }) => window.target);
          const expected = targets(better);
          expect(
            targets(worse)
              .slice(0, expected.length)
              .every((target, index) => target <= (expected[index] ?? 0)),
          ).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('a worse tier', () => {
    fc.assert(
      fc.property(anyProtocol, cases, fc.boolean(), (protocol, { document, asOf }, declined) => {
        const caseFile = read(document);
        const exam = caseFile.events.find(
          (event): event is Imaging =>
            event.type === 'imaging' &&
            event.date > caseFile.episode.ablation.date &&
            event.date <= asOf,
        );
        const events = exam === undefined ? [] : [exam];
        const next = (sizeMm: number) =>
          nextTarget(
            schedule(
              {
                events: declined ? [] : events,
                episode: {
                  id: 'E',
                  laterality: 'left',
                  ablation: { date: caseFile.episode.ablation.date },
                  tumor: { sizeMm },
                },
              },
              asOf,
              protocol,
            ),
          );
        expect(next(16)).toBeLessThanOrEqual(next(10));
        expect(next(25)).toBeLessThanOrEqual(next(16));
      }),
      RUNS,
    );
  });
});
