import { addMonths, type Day } from '../src/domain/civil-date.ts';
import { MODALITIES } from '../src/domain/modality.ts';
import {
  AT,
  FIRST_LANE_VISIT,
  type IntegerCase,
  type IntegerFacts,
  KIND,
  NEVER,
  ROW,
} from './integer-case.ts';
import { actionNumber, type IntegerProtocol } from './integer-protocol.ts';

/** Numbers of statuses, verdicts and phases: their places in the lists of `plan/schedule.ts`. */
const STATUS = {
  notYetDue: 0,
  due: 1,
  overdue: 2,
  forecast: 3,
  onHold: 4,
  completed: 5,
  completedLimited: 6,
  awaitingReport: 7,
  declined: 8,
  missed: 9,
} as const;
const VERDICT = {
  otherBreast: 1,
  beforeAblation: 2,
  incomplete: 3,
  supplementary: 4,
  tooEarly: 5,
  interim: 6,
  counts: 7,
} as const;
const PHASE = { escalated: 0, awaitingBaseline: 3, interval: 4, routine: 5 } as const;
/** Triggers as bits: a category (shifted by its place), the findings, the pathology results. */
export const TRIGGER = {
  reportAwaited: 1 << 10,
  newEnhancement: 1 << 11,
  enlarging: 1 << 12,
  wall: 1 << 13,
  activity: 1 << 14,
  zone: 1 << 15,
  pathology: 16,
} as const;

const BIOPSY = actionNumber('biopsy');
const REFERRAL = actionNumber('treatment-referral');
const ADVANCED = actionNumber('advanced-imaging');
const ASSESSMENT = actionNumber('complete-assessment');
const REPORT = actionNumber('obtain-report');
const MRI = MODALITIES.indexOf('MRI');
const CEM = MODALITIES.indexOf('CEM');
const PET = MODALITIES.indexOf('PET-CT');
const STANDING = { open: 0, resolved: 2 } as const;
const MOST = 64;

function monthsAfter(day: number, months: number): number {
  return addMonths(day as Day, months);
}

/**
 * The floor: schedule.md 1–7 and 8's statuses for one course, by hand on integers. It makes no
 * object and no text; the plan goes into `out`, whose length it returns. What it leaves out is told
 * at `isCovered`; it gives no reasons and no warnings.
 */
export class IntegerFloor {
  readonly #protocol: IntegerProtocol;
  readonly #order = new Int32Array(MOST);
  readonly #constraints = new Int32Array(MOST);
  readonly #diagnostic = new Int32Array(MOST);
  readonly #closed = new Int32Array(MOST * 6);
  readonly #lanes: Int32Array;
  readonly #escalations = new Int32Array(MOST * 8);
  readonly #exams = new Int32Array(MOST * 3);
  #rows: Int32Array = new Int32Array(0);
  #constraintCount = 0;
  #diagnosticCount = 0;
  #closedCount = 0;
  #escalationCount = 0;
  #examCount = 0;
  #ablation = 0;
  #horizon = 0;
  #tier = 0;
  #category = 0;
  #assumed = true;
  #intervalsClosed = 0;
  /** -1 none, 0 the baseline, else the number of the interval visit. */
  #open = -1;
  #anchor = 0;
  #offset = 0;
  #earliest = 0;
  #target = 0;
  #latest = 0;
  #latestOffset = 0;
  #acceptFrom = 0;
  #deferral = NEVER;

  constructor(protocol: IntegerProtocol) {
    this.#protocol = protocol;
    this.#lanes = new Int32Array(protocol.laneVisits.length * LANE_ROW);
  }

  /** Plans one case into `out`. */
  plan(subject: IntegerCase, out: Int32Array): number {
    const factors = this.#start(subject);
    const known = this.#sort(subject);
    const rows = this.#rows;
    for (let place = 0; place < known; place += 1) {
      const row = (this.#order[place] as number) * ROW;
      switch (rows[row]) {
        case KIND.imaging:
          this.#imaging(row);
          break;
        case KIND.pathology:
          this.#pathology(row);
          break;
        case KIND.decision:
          this.#decision(row);
          break;
        case KIND.deferral:
          this.#defer(rows[row + AT.visit] as number, rows[row + AT.until] as number);
          break;
        case KIND.decline:
          this.#decline(rows[row + AT.visit] as number);
          break;
      }
    }
    return this.#write(out, subject.asOf, factors);
  }

  #start({ ablation, assumed, facts, rows }: IntegerCase): number {
    const { baseline, laneVisits, assumedCategory, horizon } = this.#protocol;
    this.#rows = rows;
    this.#constraintCount = 0;
    this.#diagnosticCount = 0;
    this.#closedCount = 0;
    this.#escalationCount = 0;
    this.#examCount = 0;
    this.#intervalsClosed = 0;
    this.#ablation = ablation;
    this.#horizon = monthsAfter(ablation, horizon);
    this.#category = assumed < 0 ? assumedCategory : assumed;
    this.#assumed = true;
    const factors = factorBits(facts);
    this.#tier = factors >= 1 << ELEVATED_FACTORS ? 2 : factors > 0 ? 1 : 0;
    this.#open = 0;
    this.#anchor = ablation;
    this.#offset = baseline.target;
    this.#latestOffset = baseline.latest;
    this.#target = monthsAfter(ablation, baseline.target);
    this.#earliest = monthsAfter(ablation, baseline.earliest);
    this.#latest = monthsAfter(ablation, baseline.latest);
    this.#acceptFrom = this.#earliest;
    this.#deferral = NEVER;
    const lanes = this.#lanes;
    for (let index = 0; index < laneVisits.length; index += 1) {
      const { earliest, target, latest, acceptFrom } = laneVisits[index] as (typeof laneVisits)[0];
      const row = index * LANE_ROW;
      lanes[row] = monthsAfter(ablation, earliest);
      lanes[row + 1] = monthsAfter(ablation, target);
      lanes[row + 2] = monthsAfter(ablation, latest);
      lanes[row + 3] = monthsAfter(ablation, acceptFrom);
      lanes[row + LANE_STATUS] = -1;
      lanes[row + LANE_DECLINED] = 0;
      lanes[row + LANE_PASSED] = 0;
      lanes[row + LANE_DEFERRAL] = NEVER;
    }
    return factors;
  }

  /** Known events in order, by insertion: histories are short and mostly sorted. */
  #sort({ asOf, events, rows }: IntegerCase): number {
    const order = this.#order;
    let known = 0;
    for (let event = 0; event < events; event += 1) {
      const row = event * ROW;
      const date = rows[row + AT.date] as number;
      if (date > asOf) continue;
      if (rows[row] === KIND.constraint) {
        this.#constraints[this.#constraintCount] = row;
        this.#constraintCount += 1;
        continue;
      }
      const rank = rows[row + AT.order] as number;
      let place = known;
      while (place > 0) {
        const before = (order[place - 1] as number) * ROW;
        const beforeDate = rows[before + AT.date] as number;
        if (beforeDate < date) break;
        if (beforeDate === date && (rows[before + AT.order] as number) < rank) break;
        order[place] = order[place - 1] as number;
        place -= 1;
      }
      order[place] = event;
      known += 1;
    }
    return known;
  }

  #excluded(day: number): number {
    const rows = this.#rows;
    let bits = 0;
    for (let index = 0; index < this.#constraintCount; index += 1) {
      const row = this.#constraints[index] as number;
      if ((rows[row + AT.from] as number) <= day && day <= (rows[row + AT.to] as number)) {
        bits |= rows[row + AT.excluded] as number;
      }
    }
    return bits;
  }

  #options(planned: number, day: number): number {
    if (this.#constraintCount === 0) return planned;
    const excluded = this.#excluded(day);
    const own = planned & ~excluded;
    return own !== 0 ? own : this.#protocol.fallback & ~excluded;
  }

  #plannedModalities(visit: number): number {
    return visit === 0 ? this.#protocol.baseline.modalities : this.#protocol.intervalModalities;
  }

  #verdict(row: number): number {
    const rows = this.#rows;
    const date = rows[row + AT.date] as number;
    if (rows[row + AT.thisBreast] === 0) return VERDICT.otherBreast;
    if (date <= this.#ablation) return VERDICT.beforeAblation;
    if (rows[row + AT.diagnostic] === 0 || rows[row + AT.biRads] === 0) return VERDICT.incomplete;
    if (this.#open < 0) return VERDICT.supplementary;
    const bit = 1 << (rows[row + AT.modality] as number);
    const planned = this.#plannedModalities(this.#open);
    if ((planned & bit) === 0 && (this.#options(planned, date) & bit) === 0) {
      return VERDICT.supplementary;
    }
    if (date < this.#acceptFrom) return this.#open === 0 ? VERDICT.tooEarly : VERDICT.interim;
    return VERDICT.counts;
  }

  #imaging(row: number): void {
    const rows = this.#rows;
    const verdict = this.#verdict(row);
    const date = rows[row + AT.date] as number;
    const diagnostic = rows[row + AT.diagnostic] === 1;
    if (rows[row + AT.thisBreast] === 1 && date > this.#ablation) {
      this.#answerWith(row);
      this.#raiseFrom(row);
      if (diagnostic) {
        this.#diagnostic[this.#diagnosticCount] = row;
        this.#diagnosticCount += 1;
      }
    }
    let filled = -1;
    if (verdict === VERDICT.counts) {
      filled = this.#open;
      this.#fill(row, date);
    } else this.#consider(row, date, verdict);
    if (verdict >= VERDICT.supplementary && diagnostic) this.#fillLanes(row, date);
    const exam = this.#examCount * 3;
    this.#exams[exam] = row / ROW;
    this.#exams[exam + 1] = verdict;
    this.#exams[exam + 2] = filled;
    this.#examCount += 1;
  }

  #answers(exam: number, escalation: number): boolean {
    const rows = this.#rows;
    const escalations = this.#escalations;
    if (exam === (escalations[escalation] as number) * ROW) return false;
    if ((rows[exam + AT.date] as number) < (escalations[escalation + ESC_RAISED] as number)) {
      return false;
    }
    if (rows[exam + AT.diagnostic] === 0 || (rows[exam + AT.biRads] as number) <= 0) return false;
    const action = escalations[escalation + ESC_ACTION];
    if (action === ASSESSMENT) return true;
    return (
      action === ADVANCED && escalations[escalation + ESC_MODALITY] === rows[exam + AT.modality]
    );
  }

  #answer(escalation: number, row: number): void {
    this.#escalations[escalation + ESC_STATE] = STANDING.resolved;
    this.#escalations[escalation + ESC_BY] = row / ROW;
  }

  #answerWith(row: number): void {
    for (let index = 0; index < this.#escalationCount; index += 1) {
      const escalation = index * ESC_ROW;
      if (this.#escalations[escalation + ESC_STATE] === STANDING.open) {
        if (this.#answers(row, escalation)) this.#answer(escalation, row);
      }
    }
  }

  #raise(row: number, action: number, modality: number, triggers: number, days: number): number {
    const escalations = this.#escalations;
    const escalation = this.#escalationCount * ESC_ROW;
    const date = this.#rows[row + AT.date] as number;
    escalations[escalation] = row / ROW;
    escalations[escalation + ESC_ACTION] = action;
    escalations[escalation + ESC_MODALITY] = modality;
    escalations[escalation + ESC_TRIGGERS] = triggers;
    escalations[escalation + ESC_RAISED] = date;
    escalations[escalation + ESC_DUE] = date + days;
    escalations[escalation + ESC_STATE] = STANDING.open;
    escalations[escalation + ESC_BY] = -1;
    this.#escalationCount += 1;
    return escalation;
  }

  #raiseFrom(row: number): void {
    const rows = this.#rows;
    const { byCategory, urgency, reportDays, advancedDays, biopsyDays } = this.#protocol;
    const biRads = rows[row + AT.biRads] as number;
    const diagnostic = rows[row + AT.diagnostic] === 1;
    const own = rows[row + AT.modality] as number;
    let triggers = 0;
    let action = -1;
    let modality = -1;
    let days = 0;
    if (biRads < 0) {
      if (diagnostic && own !== PET) {
        triggers = TRIGGER.reportAwaited;
        action = REPORT;
        days = reportDays;
      }
    } else if (biRads > 3 || (biRads === 0 && diagnostic)) {
      const due = byCategory[biRads] as (typeof byCategory)[0];
      triggers = 1 << biRads;
      action = due.action;
      days = due.days;
    }
    const findings = diagnostic ? this.#findings(row) : 0;
    if (findings !== 0) {
      const excluded = this.#excluded(rows[row + AT.date] as number);
      let wanted = -1;
      if (own !== MRI && (excluded & (1 << MRI)) === 0) wanted = MRI;
      else if (own !== MRI && own !== CEM && (excluded & (1 << CEM)) === 0) wanted = CEM;
      const asked = wanted < 0 ? BIOPSY : ADVANCED;
      const within = wanted < 0 ? biopsyDays : advancedDays;
      if (action < 0 || (urgency[asked] as number) < (urgency[action] as number)) action = asked;
      if (action === asked) modality = wanted;
      days = triggers === 0 ? within : Math.min(days, within);
      triggers |= findings;
    }
    if (triggers === 0) return;
    const escalation = this.#raise(row, action, modality, triggers, days);
    for (let index = 0; index < this.#diagnosticCount; index += 1) {
      const earlier = this.#diagnostic[index] as number;
      if (this.#answers(earlier, escalation)) {
        this.#answer(escalation, earlier);
        return;
      }
    }
  }

  #findings(row: number): number {
    const rows = this.#rows;
    const enhancement = rows[row + AT.enhancement] as number;
    const size = rows[row + AT.enhancementTenths] as number;
    const zone = rows[row + AT.zoneTenths] as number;
    const change = rows[row + AT.change];
    let last = -1;
    let smallest = -1;
    let smallestZone = -1;
    for (let index = 0; index < this.#diagnosticCount; index += 1) {
      const earlier = this.#diagnostic[index] as number;
      if (rows[earlier + AT.modality] !== rows[row + AT.modality]) continue;
      const past = rows[earlier + AT.enhancement] as number;
      if (past >= 0) last = past;
      const pastSize = rows[earlier + AT.enhancementTenths] as number;
      if (past > 0 && pastSize >= 0 && (smallest < 0 || pastSize < smallest)) smallest = pastSize;
      const pastZone = rows[earlier + AT.zoneTenths] as number;
      if (pastZone >= 0 && (smallestZone < 0 || pastZone < smallestZone)) smallestZone = pastZone;
    }
    let bits = 0;
    if (change === 1 || (enhancement === 2 && last < 2)) bits |= TRIGGER.newEnhancement;
    if (change === 2 || (enhancement > 0 && this.#grew(size, smallest))) bits |= TRIGGER.enlarging;
    const thin = rows[row + AT.wallMinTenths] as number;
    const thick = rows[row + AT.wallMaxTenths] as number;
    const uneven = thin >= 0 && thick >= 0 && thick - thin >= this.#protocol.wallTenths;
    if (uneven || rows[row + AT.wallAsymmetric] === 1) bits |= TRIGGER.wall;
    if (rows[row + AT.unexplainedActivity] === 1) bits |= TRIGGER.activity;
    if (this.#grew(zone, smallestZone)) bits |= TRIGGER.zone;
    return bits;
  }

  #grew(now: number, before: number): boolean {
    if (now < 0 || before < 0) return false;
    const { growthTenths, growthPercent } = this.#protocol;
    return now - before >= growthTenths && (now - before) * 100 > before * growthPercent;
  }

  #pathology(row: number): void {
    const rows = this.#rows;
    const date = rows[row + AT.date] as number;
    const specimen = rows[row + AT.specimen] as number;
    if (rows[row + AT.thisBreast] === 0) return;
    if ((specimen === NEVER ? date : specimen) <= this.#ablation) return;
    const named = rows[row + AT.answers] as number;
    const escalations = this.#escalations;
    let answered = 0;
    let only = -1;
    for (let index = 0; index < this.#escalationCount; index += 1) {
      const escalation = index * ESC_ROW;
      if (escalations[escalation + ESC_STATE] !== STANDING.open) continue;
      if (escalations[escalation + ESC_ACTION] !== BIOPSY) continue;
      const raised = escalations[escalation + ESC_RAISED] as number;
      if (named >= 0) {
        if ((named & (1 << (escalations[escalation] as number))) === 0) continue;
        this.#answer(escalation, row);
        answered += 1;
      } else if (specimen === NEVER ? raised < date : raised <= specimen) {
        answered += 1;
        only = escalation;
      }
    }
    if (named < 0) {
      if (answered === 1) this.#answer(only, row);
      else answered = 0;
    }
    const result = rows[row + AT.result] as number;
    const due = this.#protocol.byPathology[result] as { action: number; days: number };
    if (due.action >= 0) {
      this.#raise(row, due.action, -1, 1 << (TRIGGER.pathology + result), due.days);
    } else if (answered > 0) this.#resume(date);
  }

  #decision(row: number): void {
    const event = this.#rows[row + AT.escalation] as number;
    const escalations = this.#escalations;
    for (let index = 0; index < this.#escalationCount; index += 1) {
      const escalation = index * ESC_ROW;
      if (escalations[escalation] !== event) continue;
      if (escalations[escalation + ESC_STATE] !== STANDING.open) continue;
      const held = this.#holds(escalation);
      this.#answer(escalation, row);
      if (held) this.#resume(escalations[escalation + ESC_RAISED] as number);
      return;
    }
  }

  #holds(escalation: number): boolean {
    const action = this.#escalations[escalation + ESC_ACTION];
    if (this.#escalations[escalation + ESC_STATE] !== STANDING.open) return false;
    return action === BIOPSY || action === REFERRAL;
  }

  #held(): boolean {
    for (let index = 0; index < this.#escalationCount; index += 1) {
      if (this.#holds(index * ESC_ROW)) return true;
    }
    return false;
  }

  #resume(day: number): void {
    if (this.#held()) return;
    this.#category = 3;
    this.#assumed = false;
    if (this.#open !== 0) this.#offerEarlier(day, this.#months(3));
  }

  #months(category: number): number {
    return this.#protocol.months[this.#tier * 4 + category] as number;
  }

  #hasInterval(): boolean {
    return this.#category >= 1 && this.#category <= 3;
  }

  /** Gives the open visit its days; `bandOffset` -1: it opens on its target and no band clips it. */
  #setOpen(anchor: number, offset: number, bandOffset: number, target: number): void {
    const { before, after, shortest, longest, acceptEarly } = this.#protocol;
    const free = bandOffset < 0;
    const earliest = free ? offset : Math.max(offset - before, bandOffset + shortest);
    const latest = free ? offset + after : Math.min(offset + after, bandOffset + longest);
    this.#open = this.#intervalsClosed + 1;
    this.#anchor = anchor;
    this.#offset = offset;
    this.#latestOffset = latest;
    this.#target = target;
    this.#earliest = earliest === offset ? target : monthsAfter(anchor, earliest);
    this.#latest = latest === offset ? target : monthsAfter(anchor, latest);
    this.#acceptFrom = monthsAfter(anchor, earliest - acceptEarly);
  }

  #openNext(anchor: number, offset: number, bandOffset: number, since: number): void {
    this.#deferral = NEVER;
    const target = monthsAfter(anchor, offset);
    if (target > this.#horizon && !this.#plannedPastHorizon(since)) this.#open = -1;
    else this.#setOpen(anchor, offset, bandOffset, target);
  }

  #plannedPastHorizon(since: number): boolean {
    if (this.#category === 3) return true;
    const lanes = this.#lanes;
    let first = NEVER;
    for (let row = 0; row < lanes.length; row += LANE_ROW) {
      const target = lanes[row + 1] as number;
      if (target > since && (first === NEVER || target < first)) first = target;
    }
    return first !== NEVER && first > monthsAfter(since, this.#protocol.longest);
  }

  #close(status: number): void {
    const closed = this.#closed;
    const row = this.#closedCount * 6;
    closed[row] = this.#open;
    closed[row + 1] = this.#earliest;
    closed[row + 2] = this.#target;
    closed[row + 3] = Math.max(this.#latest, this.#deferral);
    closed[row + 4] = status;
    this.#closedCount += 1;
    if (this.#open > 0) this.#intervalsClosed += 1;
    this.#open = -1;
    this.#deferral = NEVER;
  }

  #fill(row: number, date: number): void {
    const biRads = this.#rows[row + AT.biRads] as number;
    const bit = 1 << (this.#rows[row + AT.modality] as number);
    const visit = this.#open;
    const limited = (this.#plannedModalities(visit) & bit) === 0;
    if (biRads < 0) {
      this.#close(STATUS.awaitingReport);
      if (this.#assumed && !this.#hasInterval()) this.#category = this.#protocol.assumedCategory;
    } else {
      this.#close(limited ? STATUS.completedLimited : STATUS.completed);
      this.#category = biRads;
      this.#assumed = false;
    }
    if (!this.#hasInterval()) return;
    const { limited: limitedMonths, fromAblation, gap } = this.#protocol;
    const months = this.#months(this.#category);
    if (limited) this.#openNext(date, Math.min(months, limitedMonths), -1, date);
    else if (visit === 0 && fromAblation) {
      if (monthsAfter(date, gap) > monthsAfter(this.#ablation, months)) {
        this.#openNext(date, gap, -1, date);
      } else this.#openNext(this.#ablation, months, 0, date);
    } else this.#openNext(date, months, 0, date);
  }

  #consider(row: number, date: number, verdict: number): void {
    const biRads = this.#rows[row + AT.biRads] as number;
    const asks =
      (verdict === VERDICT.interim && biRads >= 1 && biRads <= 3) ||
      (verdict === VERDICT.supplementary && biRads === 3);
    if (!asks || this.#open === 0 || this.#category > 3) return;
    const known = !this.#assumed && this.#hasInterval();
    this.#category = known ? Math.max(this.#category, biRads) : biRads;
    this.#assumed = false;
    this.#offerEarlier(date, this.#months(biRads));
  }

  #offerEarlier(day: number, months: number): void {
    if (this.#open < 0) {
      this.#openNext(day, months, 0, day);
      return;
    }
    const target = monthsAfter(day, months);
    if (target >= this.#target) return;
    this.#deferral = NEVER;
    this.#setOpen(day, months, 0, target);
  }

  #fillLanes(row: number, date: number): void {
    const biRads = this.#rows[row + AT.biRads] as number;
    const bit = 1 << (this.#rows[row + AT.modality] as number);
    const { laneVisits, lanes: laneCount } = this.#protocol;
    const lanes = this.#lanes;
    for (let lane = 0; lane < laneCount; lane += 1) {
      let last = -1;
      for (let index = 0; index < laneVisits.length; index += 1) {
        const visit = laneVisits[index] as (typeof laneVisits)[0];
        if (visit.lane !== lane || (visit.modalities & bit) === 0) continue;
        if ((lanes[index * LANE_ROW + 3] as number) <= date) last = index;
      }
      if (last < 0 || lanes[last * LANE_ROW + LANE_STATUS] !== -1) continue;
      lanes[last * LANE_ROW + LANE_STATUS] = biRads < 0 ? STATUS.awaitingReport : STATUS.completed;
      for (let index = 0; index < last; index += 1) {
        const earlier = index * LANE_ROW;
        if ((laneVisits[index] as (typeof laneVisits)[0]).lane !== lane) continue;
        if (lanes[earlier + LANE_STATUS] === -1) lanes[earlier + LANE_PASSED] = 1;
      }
    }
  }

  #defer(visit: number, until: number): void {
    const { deferralMax, laneVisits } = this.#protocol;
    if (visit >= FIRST_LANE_VISIT) {
      const lane = visit - FIRST_LANE_VISIT;
      const { latest } = laneVisits[lane] as (typeof laneVisits)[0];
      const furthest = monthsAfter(this.#ablation, latest + deferralMax);
      this.#lanes[lane * LANE_ROW + LANE_DEFERRAL] = Math.min(until, furthest);
    } else if (visit >= 0 && visit === this.#open) {
      const furthest = monthsAfter(this.#anchor, this.#latestOffset + deferralMax);
      this.#deferral = Math.min(until, furthest);
    }
  }

  #decline(visit: number): void {
    if (visit >= FIRST_LANE_VISIT) {
      const lane = (visit - FIRST_LANE_VISIT) * LANE_ROW;
      if (this.#lanes[lane + LANE_STATUS] === -1) this.#lanes[lane + LANE_DECLINED] = 1;
      return;
    }
    if (visit < 0 || visit !== this.#open) return;
    const { fromAblation, reoffer, assumedCategory } = this.#protocol;
    this.#close(STATUS.declined);
    if (visit === 0 && this.#assumed && !this.#hasInterval()) this.#category = assumedCategory;
    if (!this.#hasInterval()) return;
    const bandOffset = visit === 0 && fromAblation ? 0 : this.#offset;
    const offset = bandOffset + this.#months(this.#category);
    const limit = this.#offset + reoffer;
    if (offset <= limit) this.#openNext(this.#anchor, offset, bandOffset, this.#target);
    else this.#openNext(this.#anchor, limit, -1, this.#target);
  }

  #write(out: Int32Array, asOf: number, factors: number): number {
    const held = this.#held();
    out[0] = held
      ? PHASE.escalated
      : this.#open < 0
        ? PHASE.routine
        : this.#open === 0
          ? PHASE.awaitingBaseline
          : PHASE.interval;
    out[1] = this.#category;
    out[2] = this.#assumed ? 1 : 0;
    out[3] = this.#tier;
    out[4] = factors;
    out[6] = this.#escalationCount;
    out[7] = this.#examCount;
    let at = this.#writeStaged(out, 8, asOf, held);
    at = this.#writeLanes(out, at, asOf);
    out[5] = (at - 8) / 6;
    at = this.#writeEscalations(out, at, asOf);
    for (let index = 0; index < this.#examCount * 3; index += 1) {
      out[at] = this.#exams[index] as number;
      at += 1;
    }
    return at;
  }

  #writeStaged(out: Int32Array, from: number, asOf: number, held: boolean): number {
    let at = from;
    for (let index = 0; index < this.#closedCount; index += 1) {
      const row = index * 6;
      const visit = this.#closed[row] as number;
      const target = this.#closed[row + 2] as number;
      out[at] = visit;
      out[at + 1] = this.#closed[row + 1] as number;
      out[at + 2] = target;
      out[at + 3] = this.#closed[row + 3] as number;
      out[at + 4] = this.#options(this.#plannedModalities(visit), target);
      out[at + 5] = this.#closed[row + 4] as number;
      at += 6;
    }
    if (this.#open < 0) return at;
    const latest = Math.max(this.#latest, this.#deferral);
    const day = Math.max(this.#target, asOf);
    out[at] = this.#open;
    out[at + 1] = this.#earliest;
    out[at + 2] = this.#target;
    out[at + 3] = latest;
    out[at + 4] = this.#options(this.#plannedModalities(this.#open), day);
    out[at + 5] = held ? STATUS.onHold : statusOn(asOf, this.#earliest, latest);
    at += 6;
    return held ? at : this.#writeForecast(out, at);
  }

  #writeForecast(out: Int32Array, from: number): number {
    if (!this.#hasInterval()) return from;
    const { before, after, shortest, longest, fromAblation } = this.#protocol;
    const months = this.#months(this.#category);
    const anchor = this.#anchor;
    let at = from;
    let visit = this.#intervalsClosed + (this.#open === 0 ? 1 : 2);
    let previous = this.#open === 0 && fromAblation ? 0 : this.#offset;
    for (;;) {
      const offset = previous + months;
      const target = monthsAfter(anchor, offset);
      if (target > this.#horizon) return at;
      const earliest = Math.max(offset - before, previous + shortest);
      const latest = Math.min(offset + after, previous + longest);
      out[at] = visit;
      out[at + 1] = earliest === offset ? target : monthsAfter(anchor, earliest);
      out[at + 2] = target;
      out[at + 3] = latest === offset ? target : monthsAfter(anchor, latest);
      out[at + 4] = this.#options(this.#protocol.intervalModalities, target);
      out[at + 5] = STATUS.forecast;
      at += 6;
      visit += 1;
      previous = offset;
    }
  }

  #writeLanes(out: Int32Array, from: number, asOf: number): number {
    const { laneVisits } = this.#protocol;
    const lanes = this.#lanes;
    let at = from;
    for (let index = 0; index < laneVisits.length; index += 1) {
      const row = index * LANE_ROW;
      const earliest = lanes[row] as number;
      const target = lanes[row + 1] as number;
      const latest = Math.max(lanes[row + 2] as number, lanes[row + LANE_DEFERRAL] as number);
      let status = lanes[row + LANE_STATUS] as number;
      if (status < 0 && lanes[row + LANE_DECLINED] === 1) status = STATUS.declined;
      else if (status < 0 && lanes[row + LANE_PASSED] === 1) status = STATUS.missed;
      const day = status < 0 ? Math.max(target, asOf) : target;
      out[at] = FIRST_LANE_VISIT + index;
      out[at + 1] = earliest;
      out[at + 2] = target;
      out[at + 3] = latest;
      out[at + 4] = this.#options((laneVisits[index] as (typeof laneVisits)[0]).modalities, day);
      out[at + 5] = status < 0 ? statusOn(asOf, earliest, latest) : status;
      at += 6;
    }
    return at;
  }

  #writeEscalations(out: Int32Array, from: number, asOf: number): number {
    const escalations = this.#escalations;
    let at = from;
    for (let index = 0; index < this.#escalationCount; index += 1) {
      const row = index * ESC_ROW;
      for (let field = 0; field < ESC_ROW; field += 1) {
        out[at + field] = escalations[row + field] as number;
      }
      const overdue = asOf > (escalations[row + ESC_DUE] as number);
      if (escalations[row + ESC_STATE] === STANDING.open && overdue) out[at + ESC_STATE] = 1;
      at += ESC_ROW;
    }
    return at;
  }
}

const LANE_ROW = 8;
const LANE_STATUS = 4;
const LANE_DECLINED = 5;
const LANE_PASSED = 6;
const LANE_DEFERRAL = 7;

const ESC_ROW = 8;
const ESC_ACTION = 1;
const ESC_MODALITY = 2;
const ESC_TRIGGERS = 3;
const ESC_RAISED = 4;
const ESC_DUE = 5;
const ESC_STATE = 6;
const ESC_BY = 7;

function statusOn(asOf: number, earliest: number, latest: number): number {
  if (asOf < earliest) return STATUS.notYetDue;
  return asOf <= latest ? STATUS.due : STATUS.overdue;
}

/** Factors of the elevated tier take the low bits, those of the high tier the bits above. */
export const FACTORS = [
  'size-over-15-mm',
  'margin-under-10-mm',
  'lymphovascular-invasion',
  'ki67-15-percent-or-more',
  'single-freeze-thaw-cycle',
  'endocrine-therapy-declined',
  'size-over-20-mm',
  'not-unifocal',
  'lobular-histology',
  'grade-3',
  'her2-positive',
  'triple-negative',
  'extensive-intraductal-component',
  'node-positive',
  'margin-under-5-mm',
] as const;
const ELEVATED_FACTORS = 6;

/** The factors that hold, of two on one fact the higher alone. schedule.md section 1. */
function factorBits(facts: IntegerFacts): number {
  const { sizeTenths: size, marginTenths: margin, cycles } = facts;
  let bits = 0;
  if (size > 200) bits |= 1 << 6;
  else if (size > 150) bits |= 1;
  if (margin >= 0) {
    if (margin < 50) bits |= 1 << 14;
    else if (margin < 100) bits |= 1 << 1;
  }
  if (facts.invasion === 1) bits |= 1 << 2;
  if (facts.ki67Tenths >= 150) bits |= 1 << 3;
  if (cycles >= 0 && cycles < 2) bits |= 1 << 4;
  if (facts.declined === 1) bits |= 1 << 5;
  if (facts.unifocal === 0) bits |= 1 << 7;
  if (facts.lobular === 1) bits |= 1 << 8;
  if (facts.grade === 3) bits |= 1 << 9;
  if (facts.her2 === 1) bits |= 1 << 10;
  if (facts.er === 0 && facts.pr === 0 && facts.her2 === 0) bits |= 1 << 11;
  if (facts.intraductal === 1) bits |= 1 << 12;
  if (facts.node === 1) bits |= 1 << 13;
  return bits;
}
