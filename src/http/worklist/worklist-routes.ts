import type { Problem } from '../../domain/problem.ts';
import { listViews } from '../../service/access/list-views.ts';
import { removeView } from '../../service/access/remove-view.ts';
import { saveView } from '../../service/access/save-view.ts';
import { readWorklist } from '../../service/night/read-worklist.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { layout } from '../page/layout.ts';
import { doneNotice } from '../page/notices.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { clinicPath } from '../paths.ts';
import { recordedNotice } from '../record/recorded-notice.ts';
import { refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { isOwnPath } from '../sign-in/kept-form.ts';
import { STATUS_OF } from '../status-of.ts';
import { nightlyAlarm } from './nightly-alarm.ts';
import { openRowOf } from './open-row.ts';
import { worklistBody } from './worklist-page.ts';
import { askedWorklist, filtersOf } from './worklist-query.ts';

/** The worklist of a clinic, and the views that people keep of it. */
export const WORKLIST_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/c/:clinic/worklist', door: 'page', needs: 'read', handle: show },
  { method: 'POST', path: '/c/:clinic/worklist/views', door: 'page', needs: 'read', handle: keep },
  {
    method: 'POST',
    path: '/c/:clinic/worklist/views/remove',
    door: 'page',
    needs: 'read',
    handle: remove,
  },
];

/** Rows on one page: as many as somebody scrolls through. */
const PAGE_SIZE = 200;

const NOTICES = {
  'view-saved': { says: 'The view is saved.', after: null },
  'view-removed': { says: 'The view is removed.', after: null },
} as const;

async function show(call: ClinicCall): Promise<Answer> {
  return worklistAnswer(call, new Fields(call.url.searchParams));
}

/** Of the filters as an address has them, in characters. */
const LONGEST_QUERY = 2000;

const TOO_LONG: Problem = {
  path: '',
  message: 'the filters are too long',
  allowed: `at most ${LONGEST_QUERY} characters`,
};

interface RefusedView {
  readonly status: number;
  readonly problems: readonly Problem[];
}

async function worklistAnswer(
  call: ClinicCall,
  typed: Fields,
  refused?: RefusedView,
): Promise<Answer> {
  const { context, service, clinic, caller } = call;
  // Every row has links that carry the filters: what is too long is not written a thousand times.
  const isLong = typed.toString().length > LONGEST_QUERY;
  const query = isLong ? new Fields() : typed;
  const { problems: unread, ...asked } = askedWorklist(query);
  const problems = isLong ? [TOO_LONG] : unread;
  const filters = filtersOf(query);
  const list = await readWorklist(context, service.worklists, {
    ...asked,
    clinic,
    pageSize: PAGE_SIZE,
  });
  if (!list.ok) return refuseFailure(call, 'page', list);
  const views = await listViews(context, { clinic, caller });
  const viewState = refused && {
    fields: call.fields,
    problems: problemsByField(refused.problems.map(underName)),
  };
  const body = worklistBody({
    clinic,
    caller,
    list: list.value,
    query,
    filters,
    problems: [...problems, ...(refused?.problems ?? []).map(underName)],
    views,
    open: await openRowOf(call, list.value.rows, query),
    viewState,
  });
  const status = refused?.status ?? (problems.length === 0 ? 200 : 422);
  const notice = (await doneNotice(call, NOTICES)) ?? (await recordedNotice(call));
  const alarm = await nightlyAlarm(call);
  return pageAnswer(layout(call, clinic, { title: 'Worklist', body, notice, alarm }), status);
}

/** Whatever is wrong with a view is told at its name: the filters are not typed in its form. */
function underName(problem: Problem): Problem {
  return { ...problem, path: 'name' };
}

async function keep(call: ClinicCall): Promise<Answer> {
  const { context, clinic, caller, fields } = call;
  const kept = filtersOf(new Fields(new URLSearchParams(fields.text('query'))));
  const query = kept.with({ q: undefined, code: undefined }).toString();
  const saved = await saveView(context, { clinic, caller, name: fields.text('name'), query });
  if (!saved.ok) {
    return worklistAnswer(call, kept, {
      status: STATUS_OF[saved.fault],
      problems: saved.problems,
    });
  }
  return goTo(worklistPath(call, new Fields(new URLSearchParams(saved.value.query)), 'view-saved'));
}

async function remove(call: ClinicCall): Promise<Answer> {
  const { context, clinic, caller, fields } = call;
  const removed = await removeView(context, { clinic, caller, name: fields.text('name') });
  if (!removed.ok) return refuseFailure(call, 'page', removed);
  const back = fields.text('back');
  const query = isOwnPath(back) ? new URL(back, call.url).searchParams : new URLSearchParams();
  return goTo(worklistPath(call, filtersOf(new Fields(query)), 'view-removed'));
}

function worklistPath({ clinic }: ClinicCall, filters: Fields, done: string): string {
  return `${clinicPath(clinic, 'worklist')}?${filters.with({ done }).toString()}`;
}
