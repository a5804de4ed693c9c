import { parseDay } from '../../domain/civil-date.ts';
import type { Clock } from '../../domain/clock.ts';
import { failure, type Outcome, showFound } from '../../domain/problem.ts';
import type { CaseDocument } from '../../input/parse-case.ts';
import type { SimpleCase } from '../../input/simple-case.ts';
import type { Plan } from '../../plan/plan.ts';
import { DEFAULT_PROTOCOL_ID } from '../../protocol/catalog.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import { planDocument } from './plan-case.ts';
import { runDay } from './run-day.ts';
import { selectProtocol } from './select-protocol.ts';

/** Options of {@link Planner}. */
export interface PlanOptions {
  /** Id of a protocol of the catalog, or a protocol from `loadProtocol`; default `staged-risk-adapted`. */
  readonly protocol?: string | Protocol | undefined;
  /** Day for which to plan, `YYYY-MM-DD`; overrides the case's own. Default: the case's, else today. */
  readonly asOf?: string | undefined;
}

/** Plans a case file, or the short form with `ablatedOn`; faults of input come back as problems. */
export type Planner = (input: CaseDocument | SimpleCase, options?: PlanOptions) => Outcome<Plan>;

/** What a planner needs to know of the run: the clock, and the IANA zone in which "today" is meant. */
export interface PlannerSetting {
  readonly clock: Clock;
  readonly zone: string;
}

/** Makes a planner. The clock only gives the as-of date where neither case nor options do. */
export function createPlanner({ clock, zone }: PlannerSetting): Planner {
  return (input, options) => {
    const { protocol = DEFAULT_PROTOCOL_ID, asOf } = options ?? {};
    const selected = selectProtocol(protocol);
    if (!selected.ok) return selected;
    const day = typeof asOf === 'string' ? parseDay(asOf) : undefined;
    if (asOf !== undefined && day === undefined) {
      return failure({
        path: 'asOf',
        message: 'this is not a day of the calendar',
        found: showFound(asOf),
        allowed: 'YYYY-MM-DD, 2026-01-15 say',
      });
    }
    return planDocument(input, {
      protocol: selected.value,
      asOf: day,
      today: runDay(clock, zone),
    });
  };
}
