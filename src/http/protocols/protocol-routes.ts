import { formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Problem } from '../../domain/problem.ts';
import { listProtocols } from '../../service/case/list-protocols.ts';
import { approveProtocol } from '../../service/clinic/approve-protocol.ts';
import { clinicProtocols } from '../../service/clinic/clinic-protocols.ts';
import { findProtocolVersion } from '../../service/clinic/find-protocol-version.ts';
import { readProtocol } from '../../service/clinic/read-protocol.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { doneNotice } from '../page/notices.ts';
import { refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { approvePage } from './approve-page.ts';
import { approverOf } from './approver.ts';
import { protocolListPage } from './list-page.ts';
import { PROTOCOL_NOTICES } from './protocol-notices.ts';
import { protocolPage } from './protocol-page.ts';
import { protocolPath, type Version } from './protocol-paths.ts';

/** Reading protocols, and approving one. */
export const PROTOCOL_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/c/:clinic/protocols', door: 'page', needs: 'read', handle: list },
  {
    method: 'GET',
    path: '/c/:clinic/protocols/:protocol/:version',
    door: 'page',
    needs: 'read',
    handle: (call) => show(call),
  },
  {
    method: 'POST',
    path: '/c/:clinic/protocols/:protocol/:version/approve',
    door: 'page',
    needs: 'approve',
    handle: approve,
  },
];

async function list(call: ClinicCall): Promise<Answer> {
  const kept = await clinicProtocols(call.context, call.clinic);
  return pageAnswer(protocolListPage(call, { kept, catalog: listProtocols() }));
}

/** The version that the path names. */
function wanted({ params }: ClinicCall): Version {
  return { id: params.protocol ?? '', version: params.version ?? '' };
}

async function show(call: ClinicCall, problems: readonly Problem[] = []): Promise<Answer> {
  const read = await readProtocol(call.context, call.clinic, wanted(call));
  if (!read.ok) return refuseFailure(call, 'page', read);
  const byName = new Map(problems.length === 0 ? [] : [['note', problems] as const]);
  const state = { fields: call.fields, problems: byName };
  const notice = await doneNotice(call, PROTOCOL_NOTICES);
  const page = protocolPage(call, read.value, { state, notice });
  return pageAnswer(page, problems.length === 0 ? 200 : 422);
}

async function approve(call: ClinicCall): Promise<Answer> {
  const { context, clinic, caller, fields } = call;
  const found = await findProtocolVersion(context, clinic, wanted(call));
  if (!found.ok) return refuseFailure(call, 'page', found);
  const { pin, document, approvals } = found.value;
  const before = `${protocolPath(clinic, pin)}?done=approved-before`;
  const clinician = approverOf(caller);
  if (approvals.some((each) => each.clinician === clinician)) return goTo(before);
  // What is approved is the file that was shown, not one that took its place meanwhile.
  const confirmed = fields.text('step') === 'confirm' && fields.text('hash') === pin.hash;
  const approved = await approveProtocol(context, {
    clinic,
    protocol: document,
    clinician,
    note: fields.optional('note'),
    dryRun: !confirmed,
  });
  if (!approved.ok) {
    // Sent twice at one time: the other one was first.
    const again = await findProtocolVersion(context, clinic, pin);
    const isThere = again.ok && again.value.approvals.some((each) => each.clinician === clinician);
    return isThere ? goTo(before) : show(call, approved.problems);
  }
  if (confirmed) return goTo(`${protocolPath(clinic, pin)}?done=approved`);
  const read = await readProtocol(context, clinic, pin);
  if (!read.ok) return refuseFailure(call, 'page', read);
  const date = formatDay(dayInZone(context.clock(), clinic.zone));
  return pageAnswer(approvePage(call, read.value, date));
}
