import { type Command, InvalidArgumentError } from 'commander';
import type { AuditBreach, AuditHead, FileReport } from '../../service/keeping/verify-audit.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { orFault } from '../faults/outcome.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  type StoreOptions,
  storeAccess,
  withStore,
} from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer, writeList } from '../output/answer.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** `audit list | verify`: who did what, and whether anybody changed that. */
export function auditCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const group = program.command('audit');
  listCommand(group, surroundings);
  verifyCommand(group, surroundings, setExit);
}

interface ListOptions extends ClinicOptions, AnswerOptions {
  readonly after?: number;
  readonly limit: number;
  readonly episode?: string;
}

const ROWS = 50;

function listCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('list')
    .description('list rows of the audit log, the newest last')
    .option('--after <row>', 'the rows behind this one (default: the newest rows)', number)
    .option('--limit <rows>', 'at most so many rows', number, ROWS)
    .option('--episode <id>', 'only rows about this episode');
  addClinicOption(addStoreOptions(addAnswerOption(command))).action(async (options: ListOptions) =>
    withStore(surroundings, options, async (context) => {
      const { listAudit } = await import('../../service/keeping/list-audit.ts');
      const { findClinic } = await import('../../service/clinic/find-clinic.ts');
      const { findEpisode } = await import('../../service/episode/find-episode.ts');
      const { clinic: code, episode: name, after, limit } = options;
      const named = code !== undefined || name !== undefined;
      const clinic = named ? orFault(await findClinic(context, code)) : undefined;
      const episode =
        name === undefined || clinic === undefined
          ? undefined
          : orFault(await findEpisode(context, clinic, name)).id;
      const rows = await listAudit(context, { after, limit, clinic, episode });
      await writeList(surroundings, options, rows, {
        ROW: ({ seq }) => seq,
        AT: ({ at }) => at,
        ACTOR: ({ actor }) => actor,
        CLINIC: (row) => row.clinic ?? '',
        ACTION: ({ action }) => action,
        EPISODE: (row) => row.episode ?? '',
        VERSION: ({ version }) => version ?? '',
        DETAIL: ({ detail }) => detailText(detail),
      });
    }),
  );
}

function detailText(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : String(value)}`)
    .join(', ');
}

function number(word: string): number {
  if (/^\d{1,12}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('A whole number is allowed.');
}

interface VerifyOptions extends StoreOptions, AnswerOptions {
  readonly head?: AuditHead;
}

function verifyCommand(
  group: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = group
    .command('verify')
    .description(
      'check every row of the audit log, and the store against it; exit with 7 where it was changed',
    )
    .option(
      '--head <row:seal>',
      'a head that was kept elsewhere, as backup and nightly tell it',
      head,
    );
  addStoreOptions(addAnswerOption(command)).action(async (options: VerifyOptions) => {
    const access = await storeAccess(surroundings, options);
    const { verifyAudit } = await import('../../service/keeping/verify-audit.ts');
    const report = await verifyAudit(await surroundings.storeHost(), access, options.head);
    const { audit, findings } = report;
    await writeAnswer(surroundings, options, {
      json: { ok: findings.length === 0, ...audit, findings },
      text: () => reportText(report),
    });
    setExit(findings.length === 0 ? EXIT.done : EXIT.storeUnusable);
  });
}

function head(word: string): AuditHead {
  const [, seq, seal] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(word) ?? [];
  if (seq !== undefined && seal !== undefined) return { seq: Number(seq), seal };
  throw new InvalidArgumentError('Allowed is a row’s number, a colon and its seal of 64 digits.');
}

const BREACHES: Readonly<Record<AuditBreach['kind'], string>> = {
  changed: 'this row was changed, or the one before it was exchanged',
  gap: 'rows before it are missing, or it stands twice',
  end: 'the log does not end where the store says: rows were cut off or added',
  head: 'it is not the row that was kept elsewhere: the log, or an older copy of the store, was put in its place',
};

function reportText({ audit, findings }: FileReport): string {
  if (audit === null) return linesOf(['The store is too damaged to be read.', ...told(findings)]);
  const { rows, head: end, breach } = audit;
  const lines = [`${rows} rows, the last is ${end.seq}:${end.seal}`];
  if (breach !== null)
    lines.push(`BREACH at row ${breach.seq} (${breach.kind}): ${BREACHES[breach.kind]}`);
  lines.push(...told(findings.filter(({ kind }) => kind !== 'audit')));
  if (findings.length === 0) lines.push('The log is whole, and the store is what it says.');
  return linesOf(lines);
}

function told(findings: FileReport['findings']): string[] {
  return findings.map(({ kind, message }) => `DAMAGED (${kind}): ${message}`);
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line)}\n`).join('');
}
