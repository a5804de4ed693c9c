import type { Problem } from '../../domain/problem.ts';
import { listSubscriptions } from '../../service/access/list-subscriptions.ts';
import { may } from '../../service/access/permission.ts';
import { ownSubscription, revokeSubscription } from '../../service/access/revoke-subscription.ts';
import { rotateSubscription } from '../../service/access/rotate-subscription.ts';
import { subscriptionRow } from '../../service/access/subscription-row.ts';
import { MOST_DAYS } from '../../service/access/token-terms.ts';
import { openFeed } from '../../service/calendar/open-feed.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { nextTurn } from '../feed/next-turn.ts';
import type { Fields } from '../fields.ts';
import { doneNotice } from '../page/notices.ts';
import { clinicPath } from '../paths.ts';
import { refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { ClinicRoute, Route } from '../route.ts';
import { addressPage, shownBeforePage } from './address-page.ts';
import { assign } from './assignment-answer.ts';
import { calendarsPage } from './calendars-page.ts';
import { endedPage, revokePage, rotatePage } from './change-page.ts';
import { daysOf, emptySubscription, readSubscription } from './subscription-form.ts';

const BASE = '/c/:clinic/calendars';

/** Calendar subscriptions: make, list, give a new address, revoke; and who is responsible for episodes. */
export const CALENDARS_ROUTES: readonly Route[] = [
  route('GET', BASE, showCalendars),
  route('POST', BASE, makeCalendar),
  { ...route('POST', `${BASE}/responsible`, assign), needs: 'register' },
  route('GET', `${BASE}/:selector/rotate`, askToRotate),
  route('POST', `${BASE}/:selector/rotate`, rotate),
  route('GET', `${BASE}/:selector/revoke`, askToRevoke),
  route('POST', `${BASE}/:selector/revoke`, revoke),
];

function route(
  method: ClinicRoute['method'],
  path: ClinicRoute['path'],
  handle: ClinicRoute['handle'],
): ClinicRoute {
  return { method, path, door: 'page', needs: 'subscribe', handle };
}

const NOTICES = {
  revoked: {
    says: 'The calendar was revoked: its address opens nothing any more.',
    after: 'subscription.revoked',
  },
  assigned: { says: 'It is recorded who is responsible.', after: null },
} as const;

async function showCalendars(call: ClinicCall): Promise<Answer> {
  const notice = await doneNotice(call, NOTICES);
  return pageAnswer(await listPage(call, emptySubscription(call), { notice }));
}

async function listPage(
  call: ClinicCall,
  fields: Fields,
  told: { readonly problems?: readonly Problem[]; readonly notice?: string | undefined },
) {
  const { context, clinic, caller } = call;
  const all = await listSubscriptions(context, clinic);
  const seesAll = may(caller, clinic.id, 'administer');
  const subscriptions = all.filter(({ createdBy }) => seesAll || createdBy === caller.name);
  return calendarsPage(call, { subscriptions, fields, ...told });
}

async function makeCalendar(call: ClinicCall): Promise<Answer> {
  const { context, fields } = call;
  const order = readSubscription(call);
  if (!('subject' in order)) {
    return pageAnswer(await listPage(call, fields, { problems: order }), 422);
  }
  const opened = await openFeed(context, order, nextTurn);
  if (opened.ok) return pageAnswer(addressPage(call, opened.value));
  if (opened.fault === 'conflict') return pageAnswer(shownBeforePage(call), 409);
  const { problems } = opened;
  return pageAnswer(await listPage(call, fields, { problems }), 422);
}

function scopeOf({ clinic, caller, params }: ClinicCall) {
  return { clinic, caller, selector: params.selector ?? '' };
}

async function askToRotate(call: ClinicCall): Promise<Answer> {
  return rotation(call, call.fields.with({ days: String(MOST_DAYS) }));
}

async function rotation(call: ClinicCall, fields: Fields, problems: readonly Problem[] = []) {
  const found = await ownSubscription(call.context, scopeOf(call));
  if (!found.ok) return refuseFailure(call, 'page', found);
  const row = subscriptionRow(found.value, call.context.clock());
  if (row.state === 'revoked') return pageAnswer(endedPage(call), 409);
  const status = problems.length === 0 ? 200 : 422;
  return pageAnswer(rotatePage(call, row, fields, problems), status);
}

async function rotate(call: ClinicCall): Promise<Answer> {
  const { context, fields } = call;
  const rotated = await rotateSubscription(context, { ...scopeOf(call), days: daysOf(fields) });
  if (rotated.ok) return pageAnswer(addressPage(call, rotated.value));
  if (rotated.fault === 'invalid') return rotation(call, fields, rotated.problems);
  if (rotated.fault === 'conflict') return pageAnswer(endedPage(call), 409);
  return refuseFailure(call, 'page', rotated);
}

async function askToRevoke(call: ClinicCall): Promise<Answer> {
  const found = await ownSubscription(call.context, scopeOf(call));
  if (!found.ok) return refuseFailure(call, 'page', found);
  const row = subscriptionRow(found.value, call.context.clock());
  if (row.state === 'revoked') return pageAnswer(endedPage(call), 409);
  return pageAnswer(revokePage(call, row));
}

async function revoke(call: ClinicCall): Promise<Answer> {
  const revoked = await revokeSubscription(call.context, scopeOf(call));
  if (!revoked.ok) return refuseFailure(call, 'page', revoked);
  return goTo(`${clinicPath(call.clinic, 'calendars')}?done=revoked`);
}
