import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Day } from '../src/domain/civil-date.ts';
import { toIcs } from '../src/export/ics.ts';
import type { Plan } from '../src/plan/plan.ts';
import { planCase } from '../src/service/case/plan-case.ts';
import { corpusCases, corpusProtocol } from './cases.ts';
import { measure, processorTime } from './measure.ts';
import { eventsOf, type PlainEvent, writeInPlainLoop } from './plain-calendar.ts';
import { type Row, rateText } from './row.ts';

/** UIDs as in a store that made them before: HMAC is not measured. */
function uidOf(episode: string, key: string): string {
  return `${episode}.${key}`.replace(/[^\w.@-]/g, '-').padEnd(24, '0');
}

function ourCalendar(plan: Plan): string {
  return toIcs([plan], { uid: uidOf });
}

function corpusPlans(): Plan[] {
  const protocol = corpusProtocol();
  return corpusCases()
    .map(({ caseFile }) => planCase(caseFile, { protocol, today: 0 as Day }))
    .filter((plan) => ourCalendar(plan).includes('BEGIN:VEVENT'));
}

/** The plain loop must write what we write: every event of every calendar, line by line. */
function checkSame(plans: readonly Plan[], events: readonly (readonly PlainEvent[])[]): void {
  plans.forEach((plan, index) => {
    const [ours, theirs] = [ourCalendar(plan), writeInPlainLoop(events[index] ?? [])].map((text) =>
      text.trimEnd().split('\r\n').sort().join('\n'),
    );
    if (ours !== theirs) throw new Error(`the loop writes ${plan.episode.id} otherwise than we do`);
  });
}

/** Bytes in use after everything that can be freed was freed. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Heap in use after writing calendars one by one, each handed on and forgotten. */
function heapAfter(plans: readonly Plan[], count: number): number {
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    bytes += ourCalendar(plans[index % plans.length] as Plan).length;
  }
  if (bytes === 0) throw new Error('nothing was written');
  return heapInUse();
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

/** First export of many calendars against ical-generator in a plain loop, and the memory it takes. */
export function calendarRows(quick: boolean): Row[] {
  const all = corpusPlans();
  const plans = quick ? all.slice(0, 10) : all;
  const events = plans.map((plan) => eventsOf(ourCalendar(plan), plan, uidOf));
  checkSame(plans, events);
  const count = events.reduce((sum, each) => sum + each.length, 0);
  const seconds = measure(
    { round: () => plans.map(ourCalendar).length },
    { round: () => events.map(writeInPlainLoop).length },
    quick ? 1 : 11,
    processorTime,
  );
  const few = quick ? 20 : 300;
  heapAfter(plans, few);
  const small = heapAfter(plans, few);
  const large = heapAfter(plans, few * 10);
  return [
    {
      work: `calendars, ${(count / plans.length).toFixed(0)} events each: events written`,
      floor: 'ical-generator in a plain loop',
      ours: rateText(count / seconds.ours),
      floors: rateText(count / seconds.floor),
      ratio: seconds.floor / seconds.ours,
      target: { at: 'least', ratio: 1 },
    },
    {
      work: `heap after ${few * 10} calendars, one by one`,
      floor: `after ${few}`,
      ours: megabytes(large),
      floors: megabytes(small),
      ratio: large / small,
      target: { at: 'most', ratio: 1.1 },
    },
  ];
}
