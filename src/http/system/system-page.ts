import { formatDay } from '../../domain/civil-date.ts';
import { counted } from '../../domain/counted.ts';
import type { Problem } from '../../domain/problem.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { AccountRow } from '../../service/access/account-row.ts';
import type {
  AuditBreach,
  AuditReport,
  LoggedOperation,
  SystemStatus,
} from '../../service/keeping/system-status.ts';
import type { ClinicCall } from '../call.ts';
import { textField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { clinicPath } from '../paths.ts';
import { agoInWords, instantInWords } from './ages.ts';

/** What the page of the system tells. */
export interface SystemParts {
  readonly status: SystemStatus;
  readonly alarm: Markup;
  /** What only whoever looks after the clinic sees; null for everybody else. */
  readonly details: {
    readonly accounts: readonly AccountRow[];
    readonly problems: readonly Problem[];
    /** The check of the audit log that was asked for. */
    readonly report: AuditReport | null;
  } | null;
}

/** The page of the system: the night, backups, drills; with details for who looks after the clinic. */
export function systemPage(call: ClinicCall, { status, alarm, details }: SystemParts): Markup {
  const { clinic, service, context } = call;
  const { backup, drill } = status.operations;
  const operation = (what: LoggedOperation | null) =>
    operationMarkup(what, context.clock(), details !== null);
  const body = html`<h1>System</h1>
<dl class="facts">
<dt>Nightly run</dt><dd>${nightly(status)}</dd>
<dt>Since then</dt><dd>${since(status)}</dd>
<dt>Last backup</dt><dd>${operation(backup)}</dd>
<dt>Last drill</dt><dd>${operation(drill)}</dd>
<dt>Episodes</dt><dd>${status.episodes}</dd>
<dt>Version</dt><dd>cryowatch ${service.settings.version}</dd>
</dl>
<p class="dim">A backup is of the whole store; a drill restores the newest one elsewhere and compares its due list with this one.</p>
${details === null ? EMPTY : html`${auditSection(call, status, details)}${accountTable(call, details.accounts)}`}`;
  return layout(call, clinic, { title: 'System', body, alarm });
}

function nightly({ nightly: { lastRun, age, unfinished } }: SystemStatus): string {
  const last =
    lastRun === null || age === null
      ? 'none has finished yet'
      : `finished ${agoInWords(age)} (${instantInWords(lastRun.finishedAt ?? lastRun.startedAt)}), list as of ${formatDay(lastRun.asOf)}`;
  if (unfinished === null) return last;
  const { state, run } = unfinished;
  return `${last}; another one, started at ${instantInWords(run.startedAt)}, ${state === 'running' ? 'is at work' : 'was KILLED'}`;
}

function since({ nightly: { since: counts } }: SystemStatus): string {
  const { registered, changed, erased, behind, notLookedAt } = counts;
  const dates =
    behind === 0
      ? `all kept dates${notLookedAt === 0 ? '' : ' that were looked at'} are up to date`
      : `the kept dates of ${behind} are older than what is recorded: the next run sees to it`;
  const rest = notLookedAt === 0 ? '' : ` (${counted(notLookedAt, 'other')} not looked at)`;
  return `${registered} registered, ${changed} changed, ${erased} erased; ${dates}${rest}`;
}

function operationMarkup(
  operation: LoggedOperation | null,
  now: number,
  inDetail: boolean,
): Markup {
  if (operation === null) return html`<strong>none is noted</strong>`;
  const { outcome, at, detail, actor } = operation;
  const state = outcome === 'ok' ? html`done` : html`<strong>FAILED</strong>`;
  return html`${state}, ${agoInWords(now - at)} (${instantInWords(at)})${inDetail ? `: ${detail}; by ${actor}` : ''}`;
}

function auditSection(
  { clinic, fields }: ClinicCall,
  { auditHead }: SystemStatus,
  { problems, report }: NonNullable<SystemParts['details']>,
): Markup {
  const byName = new Map(problems.length === 0 ? [] : [['head', problems] as const]);
  return html`<h2>Audit log</h2>
<p>Every change is a row that is sealed over the one before. A head that is kept elsewhere shows that no end was cut off.</p>
<p><span class="token">${auditHead.seq}:${auditHead.seal}</span></p>
${report === null ? EMPTY : reportMarkup(report)}${problemSummary(problems, () => 'f-head')}<form method="post" action="${clinicPath(clinic, 'system', 'audit')}" class="narrow" novalidate>
${textField({ name: 'head', label: 'A head that was kept elsewhere', hint: 'If you have one: number, colon, 64 digits, as backups and nightly reports tell it.' }, { fields, problems: byName })}<div class="actions"><button class="second">Check the whole log</button></div>
</form>
`;
}

const BREACHES: Readonly<Record<AuditBreach['kind'], string>> = {
  changed: 'this row was changed, or the one before it was exchanged',
  gap: 'rows before it are missing, or it stands twice',
  end: 'the log does not end where the store says: rows were cut off or added',
  head: 'it is not the row that was kept elsewhere: the log, or an older copy of the store, was put in its place',
};

function reportMarkup({ rows, head, breach }: AuditReport): Markup {
  if (breach === null) {
    return html`<p class="notice" role="status">The log is whole: ${rows} rows, the last is number ${head.seq}. Whether the tables are what it says is checked by <span class="code">cryowatch audit verify</span>.</p>
`;
  }
  return html`<div class="alarm" role="alert"><h3>The log was changed</h3>
<p>Breach at row ${breach.seq} (${breach.kind}): ${BREACHES[breach.kind]}. Tell whoever looks after the service at once.</p></div>
`;
}

function accountTable({ clinic }: ClinicCall, accounts: readonly AccountRow[]): Markup {
  return html`<h2>Accounts with a role in ${clinic.name}</h2>
<table class="stacks">
<thead><tr><th scope="col">Name</th><th scope="col">Shown as</th><th scope="col">Kind</th><th scope="col">Roles</th><th scope="col">State</th></tr></thead>
<tbody>
${accounts.map(
  ({ name, displayName, kind, roles, hasPassword, disabled }) =>
    html`<tr><th scope="row">${name}</th><td data-label="Shown as">${displayName}</td><td data-label="Kind">${kind}</td><td data-label="Roles">${roles.map(({ role }) => role).join(', ')}</td><td data-label="State">${disabled ? 'disabled' : hasPassword || kind === 'service' ? 'active' : 'no password yet'}</td></tr>
`,
)}</tbody>
</table>
<p class="dim">Accounts are managed on the command line: <span class="code">cryowatch user</span>.</p>
`;
}
