import { DateTime } from 'luxon';
import type { CaseFile } from '../src/domain/case-file.ts';
import { formatDay } from '../src/domain/civil-date.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';

/** A case as a plain program would hold it: ISO dates, exams by date. */
export interface LuxonCase {
  readonly asOf: string;
  readonly ablation: string;
  readonly biRads: string;
  readonly tier: 'standard' | 'elevated' | 'high';
  readonly exams: readonly { readonly date: string; readonly biRads: string }[];
}

/** A visit of the plain planner. */
export interface LuxonVisit {
  readonly key: string;
  readonly earliest: string;
  readonly target: string;
  readonly latest: string;
  readonly status: string;
}

/**
 * Whether a case is as plain as this planner: all events are diagnostic MRI of the treated breast
 * with BI-RADS 1–3, without findings. The bench then keeps those on whose visits both agree.
 */
export function isPlain({ events, episode }: CaseFile): boolean {
  return events.every(
    (event) =>
      event.type === 'imaging' &&
      event.modality === 'MRI' &&
      (event.laterality ?? episode.laterality) === episode.laterality &&
      event.quality !== 'non-diagnostic' &&
      ['1', '2', '3'].includes(event.biRads ?? '') &&
      event.findings === undefined,
  );
}

export function luxonCase(
  { episode, events }: CaseFile,
  asOf: string,
  tier: LuxonCase['tier'],
  assumed: string,
): LuxonCase {
  const exams = events.flatMap((event) =>
    event.type === 'imaging' ? [{ date: formatDay(event.date), biRads: event.biRads ?? '' }] : [],
  );
  return { asOf, ablation: formatDay(episode.ablation.date), biRads: assumed, tier, exams };
}

interface Dated {
  readonly earliest: DateTime;
  readonly target: DateTime;
  readonly latest: DateTime;
}

function iso(date: DateTime): string {
  return date.toISODate() ?? '';
}

function statusOn(asOf: DateTime, { earliest, latest }: Dated): string {
  if (asOf < earliest) return 'not-yet-due';
  return asOf <= latest ? 'due' : 'overdue';
}

function line(key: string, dates: Dated, status: string): LuxonVisit {
  const { earliest, target, latest } = dates;
  return { key, earliest: iso(earliest), target: iso(target), latest: iso(latest), status };
}

/** The staged rules as one would write them with luxon: a `DateTime` a date, `plus({ months })`. */
export function planWithLuxon(subject: LuxonCase, protocol: Protocol): LuxonVisit[] {
  const { baseline, intervals, horizonMonths } = protocol;
  if (baseline === undefined || intervals === undefined) return [];
  const [shortest, longest] = intervals.bandMonths;
  const { before, after } = intervals.windowMonths;
  const read = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
  const asOf = read(subject.asOf);
  const ablation = read(subject.ablation);
  const horizon = ablation.plus({ months: horizonMonths ?? 0 });
  const window = (anchor: DateTime, offset: number, band: number): Dated => ({
    earliest: anchor.plus({ months: Math.max(offset - before, band + shortest) }),
    target: anchor.plus({ months: offset }),
    latest: anchor.plus({ months: Math.min(offset + after, band + longest) }),
  });
  const months = (biRads: string) =>
    Math.min(
      intervals.monthsByCategory[biRads as '1' | '2' | '3'],
      intervals.capMonthsByTier[subject.tier],
    );

  const visits: LuxonVisit[] = [];
  let biRads = subject.biRads;
  let anchor = ablation;
  let offset = 0;
  let index = 0;
  let dates: Dated = {
    earliest: ablation.plus({ months: baseline.earliestMonths }),
    target: ablation.plus({ months: baseline.targetMonths }),
    latest: ablation.plus({ months: baseline.latestMonths }),
  };
  const key = () => (index === 0 ? 'a1.baseline' : `a1.interval-${index}`);
  let acceptFrom = dates.earliest;
  const exams = subject.exams
    .map((exam) => ({ day: read(exam.date), biRads: exam.biRads }))
    .filter(({ day }) => day <= asOf)
    .sort((a, b) => a.day.toMillis() - b.day.toMillis());
  for (const exam of exams) {
    if (exam.day < acceptFrom) continue;
    visits.push(line(key(), dates, 'completed'));
    biRads = exam.biRads;
    offset = months(biRads);
    const gap = exam.day.plus({ months: intervals.minimumGapMonths });
    if (index > 0) {
      anchor = exam.day;
      dates = window(anchor, offset, 0);
    } else if (gap > ablation.plus({ months: offset })) {
      anchor = exam.day;
      offset = intervals.minimumGapMonths;
      dates = { earliest: gap, target: gap, latest: anchor.plus({ months: offset + after }) };
    } else dates = window(anchor, offset, 0);
    index += 1;
    const earliest = dates.earliest.equals(dates.target)
      ? offset
      : Math.max(offset - before, shortest);
    acceptFrom = anchor.plus({ months: earliest - intervals.acceptEarlyMonths });
  }
  visits.push(line(key(), dates, statusOn(asOf, dates)));
  for (;;) {
    const band = offset;
    offset = band + months(biRads);
    dates = window(anchor, offset, band);
    if (dates.target > horizon) break;
    index += 1;
    visits.push(line(key(), dates, 'forecast'));
  }
  for (const lane of protocol.lanes) {
    for (const at of lane.offsetsMonths) {
      const dates: Dated = {
        earliest: ablation.plus({ months: at - lane.windowMonths.before }),
        target: ablation.plus({ months: at }),
        latest: ablation.plus({ months: at + lane.windowMonths.after }),
      };
      visits.push(line(`a1.${lane.id}-${at}`, dates, statusOn(asOf, dates)));
    }
  }
  return visits;
}
