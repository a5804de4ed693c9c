import type { Plan } from '../../src/plan/plan.ts';
import type { WorklistDiff } from '../../src/plan/worklist-diff.ts';
import type { Worklist, WorklistRow } from '../../src/plan/worklist-row.ts';
import { type ClinicCalendar, loadClinicCalendar } from '../../src/worklist/clinic-calendar.ts';
import { diffWorklists } from '../../src/worklist/diff-worklists.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { makeWorklist } from '../../src/worklist/worklist.ts';
import { planOf, testUid } from './sample-plans.ts';

type Json = Readonly<Record<string, unknown>>;

const FACTS = {
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

interface Sample {
  readonly clinic: string;
  readonly ablated: string;
  readonly episode?: Json;
  readonly events?: readonly Json[];
}

const exam = (id: string, date: string, modality: string, more: Json) => ({
  id,
  type: 'imaging',
  date,
  modality,
  ...more,
});
const call = (id: string, date: string, outcome: string) => ({
  id,
  type: 'contact',
  date,
  method: 'call',
  outcome,
  item: 'a1.baseline',
});

/** A cohort on 20 June 2026, in which every bucket is occupied. */
const COHORT: Readonly<Record<string, Sample>> = {
  'EP-01': {
    clinic: 'North',
    ablated: '2025-12-01',
    events: [exam('x1', '2026-03-05', 'MRI', { biRads: '5' })],
  },
  'EP-02': {
    clinic: 'North',
    ablated: '2026-01-15',
    events: [
      exam('x1', '2026-04-20', 'MRI', { biRads: '2' }),
      exam('x2', '2026-06-10', 'US', { biRads: '2', findings: { wall: { asymmetric: true } } }),
    ],
  },
  'EP-03': {
    clinic: 'South',
    ablated: '2026-02-01',
    events: [call('k1', '2026-06-05', 'no-answer'), call('k2', '2026-06-12', 'left-message')],
  },
  'EP-04': { clinic: 'South', ablated: '2026-03-10', episode: { laterality: 'right' } },
  'EP-05': { clinic: 'North', ablated: '2026-04-10' },
  'EP-06': {
    clinic: 'North',
    ablated: '2026-03-12',
    events: [
      {
        id: 'b1',
        type: 'booking',
        date: '2026-06-02',
        visit: 'a1.baseline',
        appointment: '2026-06-25T09:30[Europe/Berlin]',
        location: 'Radiology, room 3',
      },
    ],
  },
  'EP-07': {
    clinic: 'South',
    ablated: '2026-02-20',
    events: [
      {
        id: 'd1',
        type: 'deferral',
        date: '2026-06-01',
        visit: 'a1.baseline',
        until: '2026-09-01',
        reason: 'radiotherapy',
      },
    ],
  },
  'EP-08': {
    clinic: 'South',
    ablated: '2026-03-01',
    events: [{ id: 's1', type: 'suspension', date: '2026-06-01', until: '2026-07-31' }],
  },
  'EP-09': { clinic: 'North', ablated: '2026-04-20', episode: { tumor: { sizeMm: 12, grade: 2 } } },
  'EP-10': {
    clinic: 'North',
    ablated: '2016-03-01',
    events: [
      exam('x0', '2016-06-05', 'MRI', { biRads: '2' }),
      ...[2017, 2018, 2019, 2020, 2021].map((year) =>
        exam(`x${year}`, `${year}-03-01`, 'MRI', { biRads: '2' }),
      ),
      exam('x2026', '2026-03-02', 'MG', { biRads: '1' }),
    ],
  },
  'EP-11': {
    clinic: 'North',
    ablated: '2026-02-25',
    events: [exam('x1', '2026-06-08', 'CEM', { biRads: '3' })],
  },
};

function calendar(): ClinicCalendar {
  const loaded = loadClinicCalendar({
    clinic: 'North',
    closed: [{ rule: 'FREQ=WEEKLY;BYDAY=SA,SU' }, { date: '2026-06-22' }],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

function plans(asOf: string): { readonly clinic: string; readonly plan: Plan }[] {
  return Object.entries(COHORT).map(([id, { clinic, ablated, episode, events }]) => ({
    clinic,
    plan: planOf({
      asOf,
      episode: {
        id,
        patientRef: `P-${id.slice(3)}`,
        laterality: 'left',
        ...FACTS,
        ...episode,
        ablation: { date: ablated, minimumMarginMm: 12, freezeThawCycles: 2 },
      },
      events: events ?? [],
    }),
  }));
}

function rowsOn(asOf: string): WorklistRow[] {
  const closed = calendar();
  return plans(asOf).flatMap(({ clinic, plan }) =>
    rowsOfPlan(plan, {
      clinic,
      soonDays: 30,
      calendar: closed,
      codeOf: (item) => testUid(plan.episode.id, item).slice(0, 8).toUpperCase(),
    }),
  );
}

/** The worklist of the cohort, on 20 June 2026 unless it says otherwise. */
export function sampleWorklist(asOf = '2026-06-20'): Worklist {
  return makeWorklist(rowsOn(asOf), { asOf, soonDays: 30 });
}

/** What changed in the cohort from 31 May to 20 June 2026. */
export function sampleDiff(): WorklistDiff {
  const before = plans('2026-05-31');
  const after = plans('2026-06-20');
  return diffWorklists(sampleWorklist('2026-05-31'), sampleWorklist(), (_clinic, episode) => {
    const plan = after.find((each) => each.plan.episode.id === episode)?.plan;
    if (plan === undefined) return null;
    const old = before.find((each) => each.plan.episode.id === episode)?.plan.events ?? [];
    const known = new Set(old.map(({ id }) => id));
    return { plan, recorded: plan.events.map(({ id }) => id).filter((id) => !known.has(id)) };
  });
}
