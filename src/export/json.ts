import type { Plan } from '../plan/plan.ts';
import { safeJson } from './sanitize.ts';

/** The plan as an indented JSON document; several plans as an array. No value is changed. */
export function toJson(plans: readonly Plan[]): string {
  return `${safeJson(plans.length === 1 ? plans[0] : plans, 2)}\n`;
}

/** One plan as one line of newline-delimited JSON. */
export function toJsonLine(plan: Plan): string {
  return `${safeJson(plan)}\n`;
}
