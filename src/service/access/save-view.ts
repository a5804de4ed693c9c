import { type Problem, showFound } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import { type SavedView, VIEW_NAME_MAX } from '../../store/saved-view.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { actOfCaller } from './caller-of-account.ts';
import { notAllowed } from './not-allowed.ts';
import { isOneLine } from './one-line.ts';
import { type Caller, may } from './permission.ts';
import { checkViewQuery } from './view-query.ts';

/** A worklist that the caller wants to see again; needs `read`. */
export interface ViewWork {
  readonly clinic: Clinic;
  readonly caller: Caller;
  readonly name: string;
  /** The query string of the worklist's address, without `?`. */
  readonly query: string;
}

const MOST_VIEWS = 50;

/** Keeps a view of the caller's own, in the place of one with the same name. Answers with what is kept. */
export async function saveView(
  access: Pick<AccessContext, 'store' | 'clock'>,
  { clinic, caller, ...given }: ViewWork,
): Promise<ServiceOutcome<SavedView>> {
  if (!may(caller, clinic.id, 'read')) return notAllowed('keep views');
  const name = given.name.trim();
  const checked = checkViewQuery(given.query);
  const problems = [...nameProblems(name), ...(checked.ok ? [] : checked.problems)];
  if (!checked.ok || problems.length > 0) return fail('invalid', ...problems);
  const scope = { clinic: clinic.id, account: caller.id };
  const views = await access.store.listViews(scope);
  if (views.length >= MOST_VIEWS && !views.some((view) => view.name === name)) {
    return fail('refused', {
      path: 'name',
      message: `there are ${MOST_VIEWS} views already`,
      mend: 'remove one that is not used any more',
    });
  }
  const view = { name, query: checked.value };
  const saved = await access.store.saveView(actOfCaller(access, caller), { ...scope, view });
  return saved.outcome === 'ok' ? succeed(view) : notDone(saved);
}

function nameProblems(name: string): readonly Problem[] {
  if (isOneLine(name, VIEW_NAME_MAX)) return [];
  return [
    {
      path: 'name',
      message: 'this cannot be the name of a view',
      found: showFound(name),
      allowed: `1 to ${VIEW_NAME_MAX} characters on one line`,
    },
  ];
}
