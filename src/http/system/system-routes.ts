import type { Problem } from '../../domain/problem.ts';
import { listAccounts } from '../../service/access/list-accounts.ts';
import { may } from '../../service/access/permission.ts';
import { type AuditReport, systemStatus } from '../../service/keeping/system-status.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { nightlyAlarm } from '../worklist/nightly-alarm.ts';
import { systemPage } from './system-page.ts';

/** How things stand with the service. */
export const SYSTEM_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/c/:clinic/system',
    door: 'page',
    needs: 'read',
    handle: (call) => show(call),
  },
  {
    method: 'POST',
    path: '/c/:clinic/system/audit',
    door: 'page',
    needs: 'administer',
    handle: verify,
  },
];

interface Checked {
  readonly problems?: readonly Problem[];
  readonly report?: AuditReport;
}

async function show(call: ClinicCall, { problems = [], report }: Checked = {}): Promise<Answer> {
  const { context, clinic, caller } = call;
  const details = may(caller, clinic.id, 'administer')
    ? { accounts: await listAccounts(context, clinic), problems, report: report ?? null }
    : null;
  const status = await systemStatus(context, clinic);
  const page = systemPage(call, { status, alarm: await nightlyAlarm(call), details });
  return pageAnswer(page, problems.length === 0 ? 200 : 422);
}

/** Checks every row of the audit log. It changes nothing, so that its answer may be asked for again. */
async function verify(call: ClinicCall): Promise<Answer> {
  const text = call.fields.text('head');
  const [, seq, seal] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (text !== '' && (seq === undefined || seal === undefined))
    return show(call, { problems: [NO_HEAD] });
  const outside = seq === undefined || seal === undefined ? undefined : { seq: Number(seq), seal };
  const report = await call.context.store.verifyAudit(outside);
  return show(call, { report });
}

const NO_HEAD: Problem = {
  path: 'head',
  message: 'this is not the head of an audit log',
  allowed: 'a row’s number, a colon and its seal of 64 digits; or nothing',
};
