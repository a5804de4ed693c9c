import type { ComparedPlan } from '../scripts/conformance/own-engine.ts';
import { BI_RADS_CATEGORIES } from '../src/domain/bi-rads.ts';
import type { CaseFile } from '../src/domain/case-file.ts';
import { type Day, formatDay } from '../src/domain/civil-date.ts';
import { ESCALATION_ACTIONS } from '../src/domain/escalation-action.ts';
import { PATHOLOGY_RESULTS } from '../src/domain/event.ts';
import { MODALITIES } from '../src/domain/modality.ts';
import { RISK_TIERS } from '../src/domain/risk-tier.ts';
import { ESCALATION_STATUSES, PHASES, VERDICTS, VISIT_STATUSES } from '../src/plan/schedule.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';
import { FIRST_LANE_VISIT } from './integer-case.ts';
import { FACTORS, TRIGGER } from './integer-floor.ts';

const FINDINGS = [
  'report-awaited',
  'new-enhancement',
  'enlarging-enhancement',
  'asymmetric-wall-thickening',
  'unexplained-metabolic-activity',
  'zone-not-involuting',
];

function setBits<T>(bits: number, names: readonly T[]): T[] {
  return names.filter((_, place) => (bits & (1 << place)) !== 0);
}

function triggerNames(bits: number): string[] {
  return [
    ...setBits(bits, BI_RADS_CATEGORIES).map((category) => `birads-${category.toLowerCase()}`),
    ...setBits(bits >> BI_RADS_CATEGORIES.length, FINDINGS),
    ...setBits(bits >> TRIGGER.pathology, PATHOLOGY_RESULTS).map((name) => `pathology-${name}`),
  ].sort();
}

function visitKey(visit: number, protocol: Protocol): string {
  if (visit === 0) return 'a1.baseline';
  if (visit < FIRST_LANE_VISIT) return `a1.interval-${visit}`;
  const keys = protocol.lanes.flatMap(({ id, offsetsMonths }) =>
    offsetsMonths.map((months) => `a1.${id}-${months}`),
  );
  return keys[visit - FIRST_LANE_VISIT] ?? '';
}

/** Protocol order of a set of modalities: a visit's own, else the fallbacks. */
function modalities(bits: number, visit: number, protocol: Protocol) {
  const lane = protocol.lanes[0]?.modalities ?? [];
  const staged = (visit === 0 ? protocol.baseline : protocol.intervals)?.modalities ?? [];
  const own = visit < FIRST_LANE_VISIT ? staged : lane;
  const within = (list: typeof own) =>
    list.filter((modality) => (bits & (1 << MODALITIES.indexOf(modality))) !== 0);
  const found = within(own);
  return found.length > 0 ? found : within(protocol.fallbackModalities);
}

/** Reads the floor's buffer as the fields that the conformance corpus compares. */
export function readIntegerPlan(
  out: Int32Array,
  { events }: CaseFile,
  protocol: Protocol,
): ComparedPlan {
  let at = 8;
  const next = () => out[at++] as number;
  const date = () => formatDay(next() as Day);
  const idOf = (event: number) => events[event]?.id ?? '';
  const many = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  return {
    phase: PHASES[out[0] as number] as ComparedPlan['phase'],
    course: 1,
    category: BI_RADS_CATEGORIES[out[1] as number] as ComparedPlan['category'],
    categoryAssumed: out[2] === 1,
    tier: RISK_TIERS[out[3] as number] as ComparedPlan['tier'],
    tierFactors: setBits(out[4] as number, FACTORS).sort(),
    visits: many(out[5] as number, () => {
      const visit = next();
      return {
        key: visitKey(visit, protocol),
        earliest: date(),
        target: date(),
        latest: date(),
        modalities: modalities(next(), visit, protocol),
        status: VISIT_STATUSES[next()] as ComparedPlan['visits'][0]['status'],
      };
    }),
    escalations: many(out[6] as number, () => {
      const event = next();
      const action = next();
      const modality = next();
      return {
        key: `esc.${idOf(event)}`,
        action: ESCALATION_ACTIONS[action] as ComparedPlan['escalations'][0]['action'],
        modality: (MODALITIES[modality] ?? null) as 'MRI' | 'CEM' | null,
        triggers: triggerNames(next()),
        raisedOn: date(),
        dueBy: date(),
        status: ESCALATION_STATUSES[next()] as ComparedPlan['escalations'][0]['status'],
        answeredBy: idOf(next()) || null,
      };
    }),
    exams: many(out[7] as number, () => {
      const event = next();
      const verdict = next();
      const visit = next();
      return {
        id: idOf(event),
        verdict: VERDICTS[verdict] as ComparedPlan['exams'][0]['verdict'],
        visit: visit < 0 ? null : visitKey(visit, protocol),
      };
    }),
  };
}
