import type { CaseFile } from '../../src/domain/case-file.ts';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { WorklistRow } from '../../src/plan/worklist-row.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { planCase } from '../../src/service/case/plan-case.ts';
import { type RowSettings, rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { ABLATED, DEFAULT_PROTOCOL } from '../engine/case-builder.ts';

type Json = Readonly<Record<string, unknown>>;

export const SETTINGS: RowSettings = { clinic: 'C1', soonDays: 30 };

/** Every fact that could raise the tier, so that none is missing. */
const ALL_FACTS = {
  ablation: { date: ABLATED, minimumMarginMm: 12, freezeThawCycles: 2 },
  tumor: {
    sizeMm: 12,
    focality: 'unifocal',
    histology: 'invasive-ductal',
    grade: 2,
    er: 'positive',
    pr: 'positive',
    her2: 'negative',
    ki67Percent: 5,
    extensiveIntraductalComponent: false,
    lymphovascularInvasion: false,
    nodalStatus: 'negative',
  },
  endocrineTherapy: 'taking',
};

export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new Error(text);
  return day;
}

/** A case of the first ablation on 15 January 2026, with every fact on record unless it says otherwise. */
export function caseOf(events: readonly Json[], episode: Json = {}): CaseFile {
  const parsed = parseCase({
    episode: { id: 'EP-1', patientRef: 'P-1', laterality: 'left', ...ALL_FACTS, ...episode },
    events,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

export function planOn(
  asOf: string,
  events: readonly Json[] = [],
  episode: Json = {},
  protocol: Protocol = DEFAULT_PROTOCOL,
): Plan {
  return planCase(caseOf(events, episode), { protocol, today: dayOf(asOf) });
}

/** The rows of a case but for the visits that are far away. */
export function rowsOn(
  asOf: string,
  events: readonly Json[] = [],
  settings: Partial<RowSettings> = {},
  episode: Json = {},
): WorklistRow[] {
  return rowsOfPlan(planOn(asOf, events, episode), { ...SETTINGS, ...settings }).filter(
    ({ bucket }) => bucket !== 'later',
  );
}

/** `item bucket` of each row. */
export function placesOf(rows: readonly WorklistRow[]): string[] {
  return rows.map(({ item, bucket }) => `${item} ${bucket}`);
}

/** The row of one item; a test that asks for one that is not there fails here. */
export function rowOf(rows: readonly WorklistRow[], item: string): WorklistRow {
  const row = rows.find((each) => each.item === item);
  if (row === undefined) throw new Error(`no row ${item} among ${placesOf(rows)}`);
  return row;
}
