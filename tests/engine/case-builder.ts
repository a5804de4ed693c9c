import { readFileSync } from 'node:fs';
import { type ComparedPlan, comparedFields } from '../../scripts/conformance/own-engine.ts';
import { computeSchedule } from '../../src/engine/compute-schedule.ts';
import { buildHistory } from '../../src/history/build-history.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import type { Note, Schedule } from '../../src/plan/schedule.ts';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';

type Json = Readonly<Record<string, unknown>>;

const DOCUMENT: Json = JSON.parse(
  readFileSync(new URL('../cases/staged-risk-adapted.protocol.json', import.meta.url), 'utf8'),
);

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merged(base: Json, changes: Json): Json {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const before = base[key];
    if (value === undefined) delete result[key];
    else result[key] = isJson(before) && isJson(value) ? merged(before, value) : value;
  }
  return result;
}

/** The default protocol with some values changed; `undefined` takes a key away. */
export function protocolWith(changes: Json = {}): Protocol {
  const loaded = loadProtocol(merged(DOCUMENT, changes));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

/** A schedule of lanes only, as a published fixed schedule has it. */
export function lanesOnly(changes: Json = {}): Protocol {
  return protocolWith({ baseline: undefined, intervals: undefined, ...changes });
}

export const DEFAULT_PROTOCOL = protocolWith();

/** The first ablation of every case here, unless the case says otherwise. */
export const ABLATED = '2026-01-15';

export interface CaseOptions {
  readonly asOf?: string;
  readonly episode?: Json;
  readonly events?: readonly Json[];
  readonly protocol?: Protocol;
}

/** The schedule of a case, in days. The case goes through the input checks first. */
export function scheduleOf(options: CaseOptions): Schedule {
  const episode = merged(
    { id: 'EP-1', laterality: 'left', ablation: { date: ABLATED } },
    options.episode ?? {},
  );
  const parsed = parseCase({
    asOf: options.asOf ?? '2026-01-20',
    episode,
    events: options.events ?? [],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { asOf } = parsed.value;
  if (asOf === undefined) throw new Error('a case here has an as-of date');
  return computeSchedule(buildHistory(parsed.value, asOf), options.protocol ?? DEFAULT_PROTOCOL);
}

/** A plan as the tests read it: one text a line. */
export interface PlanLines
  extends Pick<
    ComparedPlan,
    'phase' | 'course' | 'category' | 'categoryAssumed' | 'tier' | 'tierFactors'
  > {
  /** `key status earliest target latest` of the staged visits. */
  readonly staged: readonly string[];
  /** The same of the lane visits. */
  readonly lanes: readonly string[];
  /** `key action[:modality] status[ by answer]`. */
  readonly escalations: readonly string[];
  /** `id verdict[ visit]`. */
  readonly exams: readonly string[];
  /** Codes of the warnings, each with the event that it is about: `code event`. */
  readonly warnings: readonly string[];
}

/** Plans a case and writes each line of the plan as one text. */
export function planOf(options: CaseOptions): PlanLines {
  const schedule = scheduleOf(options);
  const { visits, escalations, exams, ...facts } = comparedFields(schedule);
  const lane = new Set(schedule.visits.filter(({ kind }) => kind === 'lane').map(({ key }) => key));
  const line = (visit: ComparedPlan['visits'][number]) =>
    `${visit.key} ${visit.status} ${visit.earliest} ${visit.target} ${visit.latest}`;
  return {
    ...facts,
    staged: visits.filter(({ key }) => !lane.has(key)).map(line),
    lanes: visits.filter(({ key }) => lane.has(key)).map(line),
    escalations: escalations.map(
      ({ key, action, modality, status, answeredBy }) =>
        `${key} ${action}${modality === null ? '' : `:${modality}`} ${status}${
          answeredBy === null ? '' : ` by ${answeredBy}`
        }`,
    ),
    exams: exams.map(({ id, verdict, visit }) => `${id} ${verdict}${visit ? ` ${visit}` : ''}`),
    warnings: schedule.warnings.map(codeAndEvent),
  };
}

export function codeAndEvent({ code, event }: Note): string {
  return event === undefined ? code : `${code} ${event}`;
}

/** One visit of a schedule; a test that asks for one that is not there fails here. */
export function visitOf(schedule: Schedule, key: string): Schedule['visits'][number] {
  const visit = schedule.visits.find((candidate) => candidate.key === key);
  if (visit === undefined) {
    throw new Error(`no visit ${key} among ${schedule.visits.map((each) => each.key).join(', ')}`);
  }
  return visit;
}

export function exam(
  id: string,
  date: string,
  modality: string,
  biRads?: string,
  more: Json = {},
): Json {
  return {
    id,
    type: 'imaging',
    date,
    modality,
    ...(biRads === undefined ? {} : { biRads }),
    ...more,
  };
}

export function pathology(id: string, date: string, result: string, more: Json = {}): Json {
  return { id, type: 'pathology', date, result, ...more };
}

export function event(id: string, type: string, date: string, more: Json = {}): Json {
  const reason = ['deferral', 'decline', 'decision', 'reopening', 'correction'].includes(type)
    ? { reason: 'because' }
    : {};
  return { id, type, date, ...reason, ...more };
}
