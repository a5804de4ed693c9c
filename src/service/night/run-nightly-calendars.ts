import { CALENDAR_PRIVACIES } from '../../domain/calendar-privacy.ts';
import type { Day } from '../../domain/civil-date.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { type IsSubscribed, subscribedEpisodes } from '../calendar/feed-privacies.ts';
import { keptCalendar } from '../calendar/kept-calendar.ts';
import { planStored } from '../episode/plan-stored.ts';
import { refreshHandedOut } from '../episode/settle-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/**
 * Keeps the calendars that were handed out, and those that subscriptions show, up to the plans: a hold
 * ends, and a tentative visit becomes a firm one, as days go by and nothing is recorded.
 */
export class NightlyCalendars {
  readonly #context: SchedulerContext;
  readonly #clinic: Clinic;
  readonly #handedOut: ReadonlySet<number>;
  readonly #isSubscribed: IsSubscribed;

  private constructor(
    context: SchedulerContext,
    clinic: Clinic,
    handedOut: ReadonlySet<number>,
    isSubscribed: IsSubscribed,
  ) {
    this.#context = context;
    this.#clinic = clinic;
    this.#handedOut = handedOut;
    this.#isSubscribed = isSubscribed;
  }

  static async start(context: SchedulerContext, clinic: Clinic): Promise<NightlyCalendars> {
    const handedOut = new Set<number>();
    for (const privacy of CALENDAR_PRIVACIES) {
      for await (const { episode } of keptCalendar(context.store, { clinic: clinic.id, privacy })) {
        handedOut.add(episode);
      }
    }
    const isSubscribed = await subscribedEpisodes(context, clinic.id);
    return new NightlyCalendars(context, clinic, handedOut, isSubscribed);
  }

  async refresh(stored: StoredCase, asOf: Day): Promise<void> {
    if (!this.#handedOut.has(stored.id) && !this.#isSubscribed(stored)) return;
    const clinic = this.#clinic;
    // A calendar tells the reasons too.
    const plan = await planStored(this.#context, clinic.id, stored, { asOf, explain: true });
    if (!plan.ok) return;
    const { id: episode, version } = stored;
    await refreshHandedOut(this.#context, { clinic, episode, version, plan: plan.value });
  }
}
