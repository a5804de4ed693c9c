import type { RowFilter } from '../../service/case/due-list.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { storeDayOption } from '../options/planning-options.ts';
import { type StoreOptions, withStore } from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ListedCases } from './due-from-file.ts';

/** The clinics of a store and how to list them. */
export interface StoreRequest extends StoreOptions {
  readonly clinics: readonly string[];
  readonly asOf?: string | undefined;
  readonly soonDays: number;
  readonly filter: RowFilter;
}

/** The due list of the episodes in a store. */
export async function dueFromStore(
  surroundings: Surroundings,
  request: StoreRequest,
): Promise<ListedCases> {
  const { soonDays, filter } = request;
  const asOf = storeDayOption(request.asOf);
  return withStore(surroundings, request, async (context) => {
    const { findClinics } = await import('../../service/clinic/find-clinic.ts');
    const { listDue } = await import('../../service/night/list-due.ts');
    const clinics = orFault(await findClinics(context, request.clinics));
    const listed = orFault(await listDue(context, { clinics, asOf, soonDays, filter }));
    for (const { clinic, episode, problems } of listed.unplanned) {
      await reportProblems(surroundings.stderr, problems, { file: `${clinic} ${episode}` });
    }
    return { worklist: listed.worklist, missing: listed.unplanned.length };
  });
}
