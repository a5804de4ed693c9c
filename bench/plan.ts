import { isDeepStrictEqual } from 'node:util';
import { comparedFields } from '../scripts/conformance/own-engine.ts';
import type { CaseFile } from '../src/domain/case-file.ts';
import { formatDay, parseDay } from '../src/domain/civil-date.ts';
import { computeSchedule } from '../src/engine/compute-schedule.ts';
import { buildHistory } from '../src/history/build-history.ts';
import { parseCase } from '../src/input/parse-case.ts';
import type { Plan } from '../src/plan/plan.ts';
import type { Schedule } from '../src/plan/schedule.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';
import { planCase } from '../src/service/case/plan-case.ts';
import { type BenchCase, corpusCases, corpusProtocol } from './cases.ts';
import { integerCase, isCovered } from './integer-case.ts';
import { IntegerFloor } from './integer-floor.ts';
import { readIntegerPlan } from './integer-plan.ts';
import { integerProtocol } from './integer-protocol.ts';
import { readDates } from './iso-dates.ts';
import { isPlain, type LuxonCase, luxonCase, planWithLuxon } from './luxon-planner.ts';
import { type Contestant, measure, processorTime } from './measure.ts';
import { type Row, rateText, type Target } from './row.ts';

const TODAY = parseDay('2026-01-01');
const LONGEST_PLAN = 8192;

function scheduleOf({ caseFile }: BenchCase, protocol: Protocol): Schedule {
  if (caseFile.asOf === undefined) throw new Error('a case of the corpus names its as-of date');
  return computeSchedule(buildHistory(caseFile, caseFile.asOf), protocol);
}

function presented(caseFile: CaseFile, protocol: Protocol, explain: boolean): Plan {
  if (TODAY === undefined) throw new Error('this day exists');
  return planCase(caseFile, { protocol, today: TODAY, explain });
}

/** Runs over the cases `passes` times. */
function over<T>(
  subjects: readonly T[],
  passes: number,
  work: (subject: T) => unknown,
): Contestant {
  return {
    round: () => {
      let last: unknown;
      for (let pass = 0; pass < passes; pass += 1) {
        for (const subject of subjects) last = work(subject);
      }
      return last;
    },
  };
}

/** The cases that the integer floor covers; it must plan each as the engine does, field by field. */
export function floorCases(protocol: Protocol): BenchCase[] {
  const floor = new IntegerFloor(integerProtocol(protocol));
  const out = new Int32Array(LONGEST_PLAN);
  return corpusCases()
    .filter(({ caseFile }) => isCovered(caseFile))
    .map((subject) => {
      floor.plan(integerCase(subject.caseFile, protocol), out);
      const theirs = readIntegerPlan(out, subject.caseFile, protocol);
      if (!isDeepStrictEqual(theirs, comparedFields(scheduleOf(subject, protocol)))) {
        throw new Error(`the floor plans ${subject.caseFile.episode.id} otherwise than the engine`);
      }
      return subject;
    });
}

interface LuxonSubject {
  readonly subject: BenchCase;
  readonly plain: LuxonCase;
}

/** The plain cases on whose visits the luxon planner agrees with the engine. */
export function luxonCases(protocol: Protocol): LuxonSubject[] {
  return corpusCases()
    .filter(({ caseFile }) => isPlain(caseFile))
    .map((subject) => {
      const { asOf, episode } = subject.caseFile;
      const { tier } = scheduleOf(subject, protocol);
      const assumed = episode.assumedBiRads ?? protocol.assumedCategory;
      const plain = luxonCase(
        subject.caseFile,
        asOf === undefined ? '' : formatDay(asOf),
        tier,
        assumed,
      );
      return { subject, plain };
    })
    .filter(({ subject, plain }) => {
      if (!['1', '2', '3'].includes(plain.biRads)) return false;
      const ours = comparedFields(scheduleOf(subject, protocol)).visits;
      return isDeepStrictEqual(
        planWithLuxon(plain, protocol),
        ours.map(({ modalities: _, ...visit }) => visit),
      );
    });
}

/** Plans a second, against integers and against luxon. */
export function planRows(quick: boolean): Row[] {
  const protocol = corpusProtocol();
  const subjects = floorCases(protocol);
  const integers = integerProtocol(protocol);
  const floor = new IntegerFloor(integers);
  const out = new Int32Array(LONGEST_PLAN);
  const passes = quick ? 2 : 40;
  const rounds = quick ? 1 : 21;
  const integerCases = subjects.map(({ caseFile }) => integerCase(caseFile, protocol));
  const onIntegers = over(integerCases, passes, (subject) => floor.plan(subject, out));
  const isoText = ({ document }: BenchCase) => presented(readDates(document), protocol, false);
  const checked = ({ document }: BenchCase) => {
    const parsed = parseCase(document);
    return parsed.ok ? presented(parsed.value, protocol, true) : parsed;
  };

  const row = (
    work: string,
    count: number,
    ours: Contestant,
    theirs: Contestant,
    floorName: string,
    target: Target | null,
  ): Row => {
    const seconds = measure(ours, theirs, rounds, processorTime);
    const plans = count * passes;
    return {
      work,
      floor: floorName,
      ours: rateText(plans / seconds.ours),
      floors: rateText(plans / seconds.floor),
      ratio: seconds.floor / seconds.ours,
      target,
    };
  };
  const againstIntegers = (
    work: string,
    plan: (subject: BenchCase) => unknown,
    target: number | null,
  ): Row =>
    row(
      work,
      subjects.length,
      over(subjects, passes, plan),
      onIntegers,
      'integers into a buffer',
      target === null ? null : { at: 'least', ratio: target },
    );

  const plain = luxonCases(protocol);
  return [
    againstIntegers('plan: epoch days in and out', (each) => scheduleOf(each, protocol), 0.6),
    againstIntegers('plan: ISO text in and out, no explanations', isoText, 0.3),
    againstIntegers('check of the input alone (zod)', (each) => parseCase(each.document), null),
    againstIntegers('check, plan and explain', checked, null),
    row(
      'plan: ISO text in and out, plain cases',
      plain.length,
      over(plain, passes, ({ subject }) => isoText(subject)),
      over(plain, passes, (each) => planWithLuxon(each.plain, protocol)),
      'a plain luxon planner',
      { at: 'least', ratio: 1 },
    ),
  ];
}
