import { addDays, type Day, laterOf } from '../domain/civil-date.ts';
import type { Window } from '../domain/window.ts';
import type { ClinicCalendar } from './clinic-calendar.ts';

/** A day for a visit on which the clinic works, with the clinical target beside it. */
export type SuggestedDay =
  | {
      readonly found: true;
      readonly day: Day;
      readonly target: Day;
      /** Days after (before, when negative) the target. */
      readonly fromTarget: number;
    }
  | {
      readonly found: false;
      readonly target: Day;
      /** `window-over`: no day of the window is left; `all-closed`: the clinic works on none of them. */
      readonly why: 'window-over' | 'all-closed';
    };

/**
 * The open day nearest to the target, of two the earlier one, from `from` on and never outside the
 * window; all days inclusive. Where there is none, it says why. The target itself never moves.
 */
export function suggestDay(
  window: Window,
  calendar: ClinicCalendar,
  from: Day = window.earliest,
): SuggestedDay {
  const { target, latest } = window;
  const first = laterOf(window.earliest, from);
  if (first > latest) return { found: false, target, why: 'window-over' };
  const farthest = Math.max(target - first, latest - target);
  for (let distance = Math.max(0, first - target); distance <= farthest; distance += 1) {
    for (const day of [addDays(target, -distance), addDays(target, distance)]) {
      if (day >= first && day <= latest && !calendar.isClosed(day)) {
        return { found: true, day, target, fromTarget: day - target };
      }
    }
  }
  return { found: false, target, why: 'all-closed' };
}
