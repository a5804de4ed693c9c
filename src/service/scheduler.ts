import type { Day } from '../domain/civil-date.ts';
import { dayInZone } from '../domain/clock.ts';
import type { Plan } from '../plan/plan.ts';
import type { Clinic } from '../store/clinic.ts';
import { importBookings } from './calendar/import-bookings.ts';
import { makeCalendar } from './calendar/make-calendar.ts';
import { adoptProtocol } from './clinic/adopt-protocol.ts';
import { approveProtocol } from './clinic/approve-protocol.ts';
import { setClosedDays } from './clinic/closed-days.ts';
import { createClinic } from './clinic/create-clinic.ts';
import { findClinic } from './clinic/find-clinic.ts';
import { exportCohort } from './cohort/export-cohort.ts';
import { importCohort } from './cohort/import-cohort.ts';
import { findEpisode } from './episode/find-episode.ts';
import { planStored } from './episode/plan-stored.ts';
import { recordEvents } from './episode/record-events.ts';
import { registerEpisode } from './episode/register-episode.ts';
import { updateEpisode } from './episode/update-episode.ts';
import { erasePatient } from './keeping/erase-patient.ts';
import { listDue } from './night/list-due.ts';
import { runNightly } from './night/run-nightly.ts';
import { storeStatus } from './night/store-status.ts';
import type { SchedulerContext } from './scheduler-context.ts';
import type { ServiceOutcome } from './service-outcome.ts';

/** The use cases, each with the context that the scheduler gives it. */
const USE_CASES = {
  /** Adds a clinic. */
  createClinic,
  /** The clinic with a code; without one the only clinic of the store. */
  findClinic,
  /** Keeps a clinic's closed days, by which days are suggested. */
  setClosedDays,
  /** Keeps a protocol version and a named clinician's approval of it. */
  approveProtocol,
  /** Lets a cohort follow another approved version; as a dry run it says what moves, for whom. */
  adoptProtocol,
  /** Registers an episode under an approved protocol, and answers with its plan. */
  registerEpisode,
  /** Records what happened, and answers with what it changes. */
  recordEvents,
  /** Records other facts of an episode, and answers with what they change. */
  updateEpisode,
  /** Every open item of every episode, in exactly one bucket each. */
  listDue,
  /** The nightly run of a clinic. */
  runNightly,
  /** How things stand with the nightly job. */
  storeStatus,
  /** The calendar of a patient, an episode or a clinic. */
  makeCalendar,
  /** Records the appointments of a calendar file that comes back from the clinic. */
  importBookings,
  /** Brings episodes into a clinic, all or none. */
  importCohort,
  /** Gives the episodes of a clinic as text that `importCohort` reads back. */
  exportCohort,
  /** Takes away all that is known of a patient; the audit log keeps that it happened. */
  erasePatient,
} as const;

type UseCases = typeof USE_CASES;

/** Which episode, as of which day. */
export interface PlanRequest {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Absent: the clinic's today. */
  readonly asOf?: Day | undefined;
}

/** An open store with every use case on it. Faults of what is asked are outcomes, never exceptions. */
export type Scheduler = {
  readonly [Name in keyof UseCases]: (
    ...work: Parameters<UseCases[Name]> extends [unknown, ...infer Work] ? Work : never
  ) => ReturnType<UseCases[Name]>;
} & {
  /** All clinics of the store. */
  listClinics(): Promise<readonly Clinic[]>;
  /** The plan of an episode with the protocol that it is pinned to. */
  planEpisode(request: PlanRequest): Promise<ServiceOutcome<Plan>>;
  /** Lets go of the store. */
  close(): Promise<void>;
};

/** Joins the use cases with a store. */
export function createScheduler(context: SchedulerContext): Scheduler {
  const bound = Object.fromEntries(
    Object.entries(USE_CASES).map(([name, useCase]) => [
      name,
      (...work: readonly unknown[]) =>
        (useCase as (...args: readonly unknown[]) => unknown)(context, ...work),
    ]),
  );
  return {
    ...(bound as Omit<Scheduler, 'listClinics' | 'planEpisode' | 'close'>),
    listClinics: () => context.store.listClinics(),
    planEpisode: async ({ clinic, episode, asOf }) => {
      const found = await findEpisode(context, clinic, episode);
      if (!found.ok) return found;
      const day = asOf ?? dayInZone(context.clock(), clinic.zone);
      return planStored(context, clinic.id, found.value, { asOf: day });
    },
    close: () => context.store.close(),
  } as Scheduler;
}
