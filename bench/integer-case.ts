import { BI_RADS_CATEGORIES } from '../src/domain/bi-rads.ts';
import type { CaseFile } from '../src/domain/case-file.ts';
import type { Episode } from '../src/domain/episode.ts';
import { type CaseEvent, type Imaging, PATHOLOGY_RESULTS } from '../src/domain/event.ts';
import { escalationKey } from '../src/domain/keys.ts';
import { MODALITIES } from '../src/domain/modality.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';
import { modalityBits } from './integer-protocol.ts';

/** Kinds of event that the integer floor covers. The number orders events of one day. */
export const KIND = {
  imaging: 1,
  pathology: 2,
  decision: 3,
  deferral: 4,
  decline: 5,
  booking: 6,
  constraint: 7,
} as const;

/** Place of each integer in an event's row; a place is used by one kind or by several. */
export const AT = {
  kind: 0,
  date: 1,
  /** Order within a day: by type, then by id. */
  order: 2,
  thisBreast: 3,
  modality: 4,
  diagnostic: 5,
  biRads: 6,
  /** -1 not recorded, 0 none, 1 thin rim, 2 other. */
  enhancement: 7,
  enhancementTenths: 8,
  /** 0 none or harmless, 1 new, 2 enlarging. */
  change: 9,
  wallMinTenths: 10,
  wallMaxTenths: 11,
  wallAsymmetric: 12,
  zoneTenths: 13,
  unexplainedActivity: 14,
  result: 4,
  specimen: 5,
  /** -1: not said. Else the events whose escalations it answers, as bits. */
  answers: 6,
  /** Event whose escalation a decision resolves, -1 where it names none. */
  escalation: 4,
  /** Visit of a deferral or decline: see `visitNumber`. */
  visit: 4,
  until: 5,
  from: 4,
  to: 5,
  excluded: 6,
} as const;

export const ROW = 15;
export const NEVER = -(2 ** 31);
export const FOR_EVER = 2 ** 31 - 1;
/** Lane visits are numbered from here; 0 is the baseline, k the k-th interval visit. */
export const FIRST_LANE_VISIT = 1000;

/** A checked case in integers. */
export interface IntegerCase {
  readonly asOf: number;
  readonly ablation: number;
  /** Category as its place in `BI_RADS_CATEGORIES`; -1: the protocol's. */
  readonly assumed: number;
  readonly facts: IntegerFacts;
  readonly events: number;
  readonly rows: Int32Array;
}

/** The facts of the tier; -1 where one is not recorded. */
export interface IntegerFacts {
  readonly sizeTenths: number;
  readonly unifocal: number;
  readonly lobular: number;
  readonly grade: number;
  /** Receptors: 0 negative, 1 positive. */
  readonly er: number;
  readonly pr: number;
  readonly her2: number;
  readonly intraductal: number;
  readonly node: number;
  readonly marginTenths: number;
  readonly invasion: number;
  readonly ki67Tenths: number;
  readonly cycles: number;
  readonly declined: number;
}

const COVERED: ReadonlySet<string> = new Set(Object.keys(KIND));

/**
 * Whether the floor has all rules of a case. It leaves out reports, corrections, suspensions and
 * resumptions, the end and the reopening of surveillance, and repeat ablations.
 */
export function isCovered({ events }: CaseFile): boolean {
  return events.every(({ type }) => COVERED.has(type)) && events.length <= 30;
}

function tenths(value: number | undefined): number {
  return value === undefined ? -1 : Math.round(value * 10);
}

function flag(value: boolean | undefined): number {
  return value === undefined ? -1 : Number(value);
}

function is<T>(value: T | undefined, wanted: T): number {
  return value === undefined ? -1 : Number(value === wanted);
}

function receptor(value: string | undefined): number {
  return value === 'positive' ? 1 : value === 'negative' ? 0 : -1;
}

function integerFacts({ ablation, tumor, endocrineTherapy }: Episode): IntegerFacts {
  return {
    sizeTenths: tenths(tumor?.sizeMm),
    unifocal: is(tumor?.focality, 'unifocal'),
    lobular: is(tumor?.histology, 'invasive-lobular'),
    grade: tumor?.grade ?? -1,
    er: receptor(tumor?.er),
    pr: receptor(tumor?.pr),
    her2: receptor(tumor?.her2),
    intraductal: flag(tumor?.extensiveIntraductalComponent),
    node: receptor(tumor?.nodalStatus),
    marginTenths: tenths(ablation.minimumMarginMm),
    invasion: flag(tumor?.lymphovascularInvasion),
    ki67Tenths: tenths(tumor?.ki67Percent),
    cycles: ablation.freezeThawCycles ?? -1,
    declined: is(endocrineTherapy, 'declined'),
  };
}

/** Numbers the visits of the first course; -1 for a key that is none of its visits. */
export function visitNumber(key: string, protocol: Protocol): number {
  if (key === 'a1.baseline') return 0;
  const interval = /^a1\.interval-(\d+)$/.exec(key);
  if (interval !== null) return Number(interval[1]);
  const lane = protocol.lanes
    .flatMap(({ id, offsetsMonths }) => offsetsMonths.map((months) => `a1.${id}-${months}`))
    .indexOf(key);
  return lane < 0 ? -1 : FIRST_LANE_VISIT + lane;
}

function writeImaging(row: Int32Array, exam: Imaging): void {
  const { enhancement, wall, zone, metabolicActivity } = exam.findings ?? {};
  row[AT.modality] = MODALITIES.indexOf(exam.modality);
  row[AT.diagnostic] = Number(exam.quality !== 'non-diagnostic');
  row[AT.biRads] = exam.biRads === undefined ? -1 : BI_RADS_CATEGORIES.indexOf(exam.biRads);
  row[AT.enhancement] =
    enhancement === undefined
      ? -1
      : enhancement.present
        ? enhancement.pattern === 'thin-rim'
          ? 1
          : 2
        : 0;
  row[AT.enhancementTenths] = tenths(enhancement?.longestMm);
  row[AT.change] = enhancement?.change === 'new' ? 1 : enhancement?.change === 'enlarging' ? 2 : 0;
  row[AT.wallMinTenths] = tenths(wall?.minMm);
  row[AT.wallMaxTenths] = tenths(wall?.maxMm);
  row[AT.wallAsymmetric] = Number(wall?.asymmetric === true);
  row[AT.zoneTenths] = tenths(zone?.longestMm);
  row[AT.unexplainedActivity] = Number(
    metabolicActivity?.present === true && metabolicActivity.attributableToFatNecrosis !== true,
  );
}

function writeEvent(
  row: Int32Array,
  event: CaseEvent,
  eventOf: (escalation: string) => number,
  protocol: Protocol,
): void {
  switch (event.type) {
    case 'imaging':
      writeImaging(row, event);
      break;
    case 'pathology':
      row[AT.result] = PATHOLOGY_RESULTS.indexOf(event.result);
      row[AT.specimen] = event.specimenDate ?? NEVER;
      row[AT.answers] =
        event.answers === undefined
          ? -1
          : event.answers.map(eventOf).reduce((bits, at) => (at < 0 ? bits : bits | (1 << at)), 0);
      break;
    case 'decision':
      row[AT.escalation] = eventOf(event.escalation);
      break;
    case 'deferral':
    case 'decline':
      row[AT.visit] = visitNumber(event.visit, protocol);
      row[AT.until] = event.type === 'deferral' ? event.until : NEVER;
      break;
    case 'constraint':
      row[AT.from] = event.from;
      row[AT.to] = event.to ?? FOR_EVER;
      row[AT.excluded] = modalityBits(protocol.contraindications[event.kind] ?? []);
      break;
    default:
      break;
  }
}

const RANK: Readonly<Record<string, number>> = { imaging: 1, pathology: 2 };

/** Turns a case that is covered into integers, before any measuring. */
export function integerCase(caseFile: CaseFile, protocol: Protocol): IntegerCase {
  const { asOf, episode, events } = caseFile;
  if (asOf === undefined) throw new Error('a case of the corpus names its as-of date');
  const ids = events.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
  const eventOf = (key: string) => events.findIndex(({ id }) => escalationKey(id) === key);
  const rows = new Int32Array(events.length * ROW);
  events.forEach((event, index) => {
    const row = rows.subarray(index * ROW, (index + 1) * ROW);
    row[AT.kind] = KIND[event.type as keyof typeof KIND];
    row[AT.date] = event.date;
    row[AT.order] = (RANK[event.type] ?? 3) * 1000 + ids.indexOf(event.id);
    const side = 'laterality' in event ? event.laterality : undefined;
    row[AT.thisBreast] = Number(
      side === undefined || side === 'bilateral' || side === episode.laterality,
    );
    writeEvent(row, event, eventOf, protocol);
  });
  return {
    asOf,
    ablation: episode.ablation.date,
    assumed:
      episode.assumedBiRads === undefined ? -1 : BI_RADS_CATEGORIES.indexOf(episode.assumedBiRads),
    facts: integerFacts(episode),
    events: events.length,
    rows,
  };
}
