import { type Recording, recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import type { ServiceOutcome } from '../../../src/service/service-outcome.ts';
import type { Store } from '../../../src/store/store.ts';
import { NORTH, value } from '../../store/fixtures.ts';
import { caseOf, contextOf, memoryClinic } from '../cohort/cohort-clinic.ts';

/** 2026-06-15T12:00Z: a Monday in the clinic. */
export const TODAY = Date.UTC(2026, 5, 15, 12);

/** The baseline on time: `a1.interval-1` is open then. */
export const BASELINE = {
  type: 'imaging',
  id: 'x1',
  date: '2026-04-20',
  modality: 'MRI',
  biRads: '2',
} as const;

/** Asks for a biopsy (`esc.x2`). */
export const SUSPICIOUS = {
  type: 'imaging',
  id: 'x2',
  date: '2026-06-01',
  modality: 'US',
  biRads: '4B',
} as const;

/** A clinic with the episode EP-1, as it stands on 15 June 2026. */
export interface RecordingClinic {
  readonly store: Store;
  readonly context: SchedulerContext;
  record(events: readonly unknown[], more?: Partial<Recording>): ReturnType<typeof recordEvents>;
  /** The events of the episode, by id. */
  recorded(): Promise<readonly string[]>;
  version(): Promise<number>;
  auditRows(): Promise<number>;
}

/** A store in memory with one episode, ablated on 15 January 2026. */
export async function recordingClinic(events: readonly object[] = []): Promise<RecordingClinic> {
  const store = await memoryClinic();
  const context = { ...contextOf(store), clock: () => TODAY };
  done(await registerEpisode(context, { clinic: NORTH, document: caseOf('EP-1', events) }));
  return clinicOf(store, context);
}

/** What another person at another desk does with the same store. */
export function clinicOf(store: Store, context: SchedulerContext): RecordingClinic {
  const load = async () => {
    const [head] = await store.findEpisodes(NORTH.id, { externalId: 'EP-1' });
    return value(await store.loadCase({ clinic: NORTH.id, episode: head?.id ?? 0 }));
  };
  return {
    store,
    context,
    record: (records, more = {}) =>
      recordEvents(context, { clinic: NORTH, episode: 'EP-1', events: records, ...more }),
    recorded: async () => (await load()).caseFile.events.map(({ id }) => id),
    version: async () => (await load()).version,
    auditRows: async () => (await store.auditHead()).seq,
  };
}

/** The value of a use case that must be done. */
export function done<T>(outcome: ServiceOutcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** What a use case that must not be done says: its fault, and path and message of each problem. */
export function refusal(outcome: ServiceOutcome<unknown>) {
  if (outcome.ok) throw new Error('this was done');
  const { fault, problems } = outcome;
  return { fault, says: problems.map(({ path, message }) => `${path}: ${message}`) };
}
