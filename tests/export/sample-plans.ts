import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Outcome } from '../../src/domain/problem.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { planCase } from '../../src/service/case/plan-case.ts';

function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.problems));
}

function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

const protocol = unwrap(
  loadProtocol(
    JSON.parse(readText('../../src/protocol/catalog/staged-risk-adapted.protocol.json')),
  ),
);

/** The plan of a case document, by the default protocol. */
export function planOf(document: unknown): Plan {
  const caseFile = unwrap(parseCase(document));
  if (caseFile.asOf === undefined) throw new Error('a sample case needs its as-of date');
  return planCase(caseFile, { protocol, today: caseFile.asOf });
}

/** Opaque, as calendar.md asks: an HMAC of episode and key under a secret fixed for the tests. */
export function testUid(episodeId: string, key: string): string {
  return createHmac('sha256', 'only for tests').update(`${episodeId}\n${key}`).digest('hex');
}

/** The cases of a conformance file. */
export function conformanceCases(file: 'named' | 'random'): unknown[] {
  return conformanceRecords(file).map((record) => record.case);
}

function conformanceRecords(file: 'named' | 'random'): { name: string; case: unknown }[] {
  return readText(`../cases/${file}.ndjson`)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { name: string; case: unknown });
}

function conformanceCase(file: 'named' | 'random', name: string): unknown {
  const record = conformanceRecords(file).find((candidate) => candidate.name === name);
  if (record === undefined) throw new Error(`no conformance case is named ${name}`);
  return record.case;
}

const ablation = {
  date: '2026-01-15',
  minimumMarginMm: 12,
  freezeThawCycles: 2,
  technique: 'ultrasound-guided',
};

const tumor = {
  sizeMm: 12,
  focality: 'unifocal',
  histology: 'invasive-ductal',
  grade: 2,
  er: 'positive',
  pr: 'positive',
  her2: 'negative',
};

/** Telling cases: what a golden file is written of. */
export const SAMPLE_CASES = {
  /** Nothing done yet; category and most facts are assumed. */
  'baseline-ahead': conformanceCase('named', '3.1 baseline and forecast, BI-RADS 2 assumed'),
  /** One exam counted, one did not, a lane visit and a staged one are booked. */
  'booked-interval': {
    asOf: '2027-01-10',
    episode: { id: 'EP-2', patientRef: 'P-4711', laterality: 'left', ablation, tumor },
    events: [
      { id: 'x1', type: 'imaging', date: '2026-03-01', modality: 'MRI', biRads: '2' },
      { id: 'x2', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' },
      {
        id: 'b1',
        type: 'booking',
        date: '2026-12-01',
        visit: 'a1.interval-1',
        appointment: '2027-01-20T09:30[Europe/Berlin]',
        location: 'Radiology, room 3; ground floor',
      },
      {
        id: 'b2',
        type: 'booking',
        date: '2026-12-02',
        visit: 'a1.interval-2',
        appointment: '2028-07-10T14:00[America/New_York]',
        location: 'Radiology, room 4',
      },
      {
        id: 'b3',
        type: 'booking',
        date: '2026-12-03',
        visit: 'a1.routine-72',
        appointment: '2032-01-14',
      },
      {
        id: 'b4',
        type: 'booking',
        date: '2026-12-04',
        visit: 'a1.routine-84',
        appointment: '2033-01-14T10:15Z',
      },
    ],
  },
  /** A suspicious exam holds the staged visits; a finding stands beside a benign category. */
  escalated: {
    asOf: '2027-02-20',
    episode: { id: 'EP-3', patientRef: 'P-4712', laterality: 'right', ablation, tumor },
    events: [
      { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' },
      {
        id: 'x2',
        type: 'imaging',
        date: '2026-10-01',
        modality: 'US',
        biRads: '2',
        findings: { wall: { minMm: 1, maxMm: 6, asymmetric: true } },
      },
      {
        id: 'x3',
        type: 'imaging',
        date: '2027-01-18',
        modality: 'MRI',
        biRads: '4B',
        findings: {
          enhancement: { present: true, pattern: 'nodular', longestMm: 9, change: 'new' },
        },
      },
    ],
  },
  /** No contrast-enhanced study is possible, and a visit was deferred and is overdue. */
  overdue: {
    asOf: '2027-06-01',
    episode: { id: 'EP-4', laterality: 'left', assumedBiRads: '3', ablation },
    events: [
      { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'CEM', biRads: '3' },
      {
        id: 'c1',
        type: 'constraint',
        date: '2026-08-01',
        kind: 'pregnancy',
        from: '2026-08-01',
        to: '2027-07-01',
      },
      {
        id: 'd1',
        type: 'deferral',
        date: '2026-10-10',
        visit: 'a1.interval-1',
        until: '2027-03-01',
        reason: 'pregnancy',
      },
    ],
  },
  /** Surveillance has ended: nothing is ahead. */
  ended: {
    asOf: '2027-06-01',
    episode: { id: 'EP-5', laterality: 'right', ablation, tumor },
    events: [
      { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' },
      { id: 's1', type: 'surgery', date: '2026-09-01', reason: 'mastectomy elsewhere' },
    ],
  },
} as const;

export type SampleName = keyof typeof SAMPLE_CASES;

export const SAMPLE_NAMES = Object.keys(SAMPLE_CASES) as SampleName[];

export function samplePlan(name: SampleName): Plan {
  return planOf(SAMPLE_CASES[name]);
}
