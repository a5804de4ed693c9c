import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BI_RADS_CATEGORIES } from '../../src/domain/bi-rads.ts';
import {
  addDays,
  type Day,
  dayFromCivil,
  formatDay,
  parseDay,
} from '../../src/domain/civil-date.ts';
import type { Outcome } from '../../src/domain/problem.ts';
import { eventSchema } from '../../src/input/event-schema.ts';
import { type CaseDocument, parseCase } from '../../src/input/parse-case.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { BUCKET_NAMES, type Bucket } from '../../src/plan/worklist-buckets.ts';
import type { WorklistRow } from '../../src/plan/worklist-row.ts';
import { planDocument } from '../../src/service/case/plan-case.ts';
import { selectProtocol } from '../../src/service/case/select-protocol.ts';
import { shiftCase } from '../../src/service/cohort/shift-case.ts';
import { loadClinicCalendar } from '../../src/worklist/clinic-calendar.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { makeWorklist } from '../../src/worklist/worklist.ts';

const SAMPLE = new URL('../../examples/clinic/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, SAMPLE), 'utf8');

function valid<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const cases = read('episodes.ndjson')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as CaseDocument);
const calendar = valid(loadClinicCalendar(JSON.parse(read('closed-days.json'))));
const protocol = valid(selectProtocol('staged-risk-adapted'));

const SAMPLE_DAY = dayFromCivil(2026, 6, 15);
const SOON_DAYS = 28;

/** A year, or the name of a month or a weekday. */
const DATED =
  /\b(19|20)\d\d\b|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b|day\b/;

/** What a row of these buckets asks for cannot wait, so one row would be too few to show it. */
const URGENT: readonly Bucket[] = ['escalation-overdue', 'escalation', 'overdue', 'due'];

const plansOn = (asOf: Day, documents: readonly CaseDocument[] = cases): Plan[] =>
  documents.map((document) => valid(planDocument(document, { protocol, today: asOf })));

function rowsOn(asOf: Day, documents: readonly CaseDocument[] = cases): WorklistRow[] {
  return plansOn(asOf, documents).flatMap((plan) =>
    rowsOfPlan(plan, { clinic: calendar.clinic, soonDays: SOON_DAYS, calendar }),
  );
}

const countsOf = (rows: readonly WorklistRow[], asOf: Day) =>
  makeWorklist(rows, { asOf: formatDay(asOf), soonDays: SOON_DAYS }).counts;

const placesOf = (rows: readonly WorklistRow[]) =>
  rows.map(({ episode, item, bucket }) => `${episode} ${item} ${bucket}`);

const shiftedTo = (today: Day) => cases.map((each) => shiftCase(each, today - SAMPLE_DAY));

/** The last days of four years of months, leap days among them, and twelve days in the middle of one. */
const DAYS: readonly Day[] = [
  ...Array.from({ length: 48 }, (_, month) =>
    addDays(dayFromCivil(2026 + Math.floor((month + 7) / 12), ((month + 7) % 12) + 1, 1), -1),
  ),
  dayFromCivil(2024, 2, 29),
  ...Array.from({ length: 12 }, (_, step) => addDays(SAMPLE_DAY, 1 + step * 121)),
];

describe('the episodes of the sample clinic', () => {
  it('are forty, numbered from EP-2001 on in the order of their ablations', () => {
    expect(cases.map(({ episode }) => episode.id)).toEqual(
      Array.from({ length: 40 }, (_, index) => `EP-${2001 + index}`),
    );
    const dates = cases.map(({ episode }) => episode.ablation.date);
    expect(dates).toEqual([...dates].sort());
  });

  it.each(cases)('$episode.id has no fault, names nobody and leaves the day open', (document) => {
    const parsed = parseCase(document);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    expect(document.episode.patientRef).toMatch(/^S-40\d{3}$/);
    expect(document.asOf).toBeUndefined();
  });

  it.each(cases)('$episode.id knows nothing of what comes after the sample’s day', (document) => {
    const { episode, events } = document;
    const happened = [episode.ablation.date, ...events.map(({ date }) => date)];
    expect(happened.filter((date) => date > formatDay(SAMPLE_DAY))).toEqual([]);
  });

  it.each(cases)('$episode.id has nothing on a weekend or a holiday of the clinic', (document) => {
    const { episode, events } = document;
    const days = [
      episode.ablation.date,
      ...events.flatMap((event) => [
        event.date,
        ...(event.type === 'booking' ? [event.appointment.slice(0, 10)] : []),
      ]),
    ];
    expect(days.filter((date) => calendar.isClosed(parseDay(date) ?? SAMPLE_DAY))).toEqual([]);
  });

  it('name no day, month or year in their texts, which would not move with the dates', () => {
    const texts = cases.flatMap(({ events }) =>
      events.flatMap((event) => [
        'reason' in event ? (event.reason ?? '') : '',
        'note' in event ? (event.note ?? '') : '',
        'location' in event ? (event.location ?? '') : '',
      ]),
    );
    expect(texts.filter((text) => DATED.test(text))).toEqual([]);
  });

  it('hold events of every type, and exams of every category', () => {
    const events = cases.flatMap((document) => document.events);
    const types = new Set(events.map(({ type }) => type));
    const known = eventSchema.options.map((option) => option.shape.type.value);
    expect(known.filter((type) => !types.has(type))).toEqual([]);
    const categories = new Set(events.flatMap((event) => ('biRads' in event ? event.biRads : [])));
    expect(BI_RADS_CATEGORIES.filter((category) => !categories.has(category))).toEqual([]);
  });

  it('hold a bilateral patient: one reference, two sides', () => {
    const sides = new Map<string, string[]>();
    for (const { episode } of cases) {
      const { patientRef = '', laterality } = episode;
      sides.set(patientRef, [...(sides.get(patientRef) ?? []), laterality]);
    }
    expect([...sides.values()].filter(({ length }) => length > 1)).toEqual([['left', 'right']]);
  });

  it('warn of nothing but what the sample means to show', () => {
    const warnings = plansOn(SAMPLE_DAY).flatMap((plan) =>
      plan.warnings.map(({ code }) => `${plan.episode.id} ${code}`),
    );
    expect(warnings).toEqual([
      'EP-2001 no-visit-left',
      'EP-2003 no-visit-left',
      'EP-2015 booking-outside-window',
      'EP-2023 needs-review',
      'EP-2029 needs-review',
      'EP-2034 corrected',
    ]);
  });

  it('have a line each in the table of its README', () => {
    const listed = [...read('README.md').matchAll(/^\| `(EP-\d+)` \| \S/gm)].map(([, id]) => id);
    expect(listed).toEqual(cases.map(({ episode }) => episode.id));
  });
});

describe('the worklist of the sample clinic', () => {
  const rows = rowsOn(SAMPLE_DAY);

  it('has a row in every bucket on the sample’s day, and two where it is urgent', () => {
    const counts = countsOf(rows, SAMPLE_DAY);
    expect(BUCKET_NAMES.filter((bucket) => counts[bucket] === 0)).toEqual([]);
    expect(URGENT.filter((bucket) => counts[bucket] < 2)).toEqual([]);
  });

  it('suggests an open day for every visit that is due or opens soon without an appointment', () => {
    const asking = rows.filter(({ bucket }) => bucket === 'due' || bucket === 'opens-soon');
    expect(asking.filter(({ suggested }) => suggested?.day == null)).toEqual([]);
  });

  it.each(DAYS.map(formatDay))('is the same with the dates moved so that today is %s', (text) => {
    const today = parseDay(text) ?? SAMPLE_DAY;
    expect(placesOf(rowsOn(today, shiftedTo(today)))).toEqual(placesOf(rows));
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'has every bucket %i days later too, so that a move by whole weeks is enough',
    (days) => {
      for (const day of DAYS) {
        const today = addDays(day, days);
        const counts = countsOf(rowsOn(today, shiftedTo(day)), today);
        expect(BUCKET_NAMES.filter((bucket) => counts[bucket] === 0)).toEqual([]);
        expect(URGENT.filter((bucket) => counts[bucket] < 2)).toEqual([]);
      }
    },
  );
});
