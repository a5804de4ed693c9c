import type { Clinic } from '../../store/clinic.ts';
import { caseDocument } from '../cohort/cohort-document.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';

/** What others recorded of an episode since somebody looked at it. */
export interface ChangedMeanwhile {
  /** The version at which it stands now. */
  readonly version: number;
  /** Fields of a case file's `episode`, as they were seen and as they are now. */
  readonly factsBefore: object;
  readonly factsNow: object;
  /** The events that were added, in the order of recording, with who recorded them. */
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly date: string;
    readonly recordedBy: string;
  }[];
}

/** Tells what was changed after a version of an episode; of an episode that stands there: nothing. */
export async function changedMeanwhile(
  context: SchedulerContext,
  {
    clinic,
    episode,
    seen,
  }: { readonly clinic: Clinic; readonly episode: string; readonly seen: number },
): Promise<ServiceOutcome<ChangedMeanwhile>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const { id, version, caseFile } = found.value;
  const scope = { clinic: clinic.id, episode: id };
  const before = await context.store.loadCase({ ...scope, version: seen });
  if (before.outcome !== 'ok') return notDone(before);
  const log = await context.store.loadEventLog(scope);
  if (log.outcome !== 'ok') return notDone(log);
  const added = log.value.filter((logged) => logged.version > seen);
  const { events } = caseDocument({ ...caseFile, events: added.map(({ event }) => event) });
  return succeed({
    version,
    factsBefore: caseDocument(before.value.caseFile).episode,
    factsNow: caseDocument(caseFile).episode,
    events: events.map(({ id, type, date }, index) => ({
      id,
      type,
      date,
      recordedBy: added[index]?.actor ?? '',
    })),
  });
}
