import type { AuditHead } from '../audit.ts';
import type { Seal } from '../audit-chain.ts';
import type { FileReport, Finding } from '../file-report.ts';
import { StoreFault } from '../store-fault.ts';
import { verifyLog } from './audit-log.ts';
import type { Connection } from './connection.ts';
import { isPurgePending } from './erasure.ts';
import type { Driver } from './load-driver.ts';
import { checkMigrations, schemaVersionOf } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { text } from './rows.ts';
import { expectedSchema, schemaDump } from './schema-dump.ts';
import { contentFindings } from './verify-content.ts';

const MOST_SHOWN = 20;

/** The first findings: where one row is wrong, thousands may be. */
function firstOf(findings: Iterable<string>): string[] {
  const first: string[] = [];
  for (const finding of findings) {
    if (first.length === MOST_SHOWN) break;
    first.push(finding);
  }
  return first;
}

/** Checks everything that can be checked about a file: takes as long as reading it whole. */
export function reportOnFile(
  connection: Connection,
  driver: Driver,
  seal: Seal,
  migrations: readonly Migration[],
  outside?: AuditHead,
): FileReport {
  const findings: Finding[] = [];
  try {
    for (const row of connection.all(`PRAGMA integrity_check(${MOST_SHOWN})`)) {
      const message = String(row.integrity_check);
      if (message !== 'ok') findings.push({ kind: 'pages', message });
    }
    for (const row of connection.all('PRAGMA foreign_key_check').slice(0, MOST_SHOWN)) {
      const message = `a row of ${text(row, 'table')} refers to a row of ${text(row, 'parent')} that is not there`;
      findings.push({ kind: 'references', message });
    }
    const known = migrations.slice(0, schemaVersionOf(connection));
    if (schemaDump(connection) !== expectedSchema(driver, known)) {
      findings.push({ kind: 'schema', message: 'the tables are not those of the migrations' });
    }
    const audit = verifyLog(connection, seal, outside);
    if (audit.breach !== null) {
      const { kind, seq } = audit.breach;
      findings.push({ kind: 'audit', message: `row ${seq} of the audit log: ${kind}` });
    }
    for (const message of connection.read(() => firstOf(contentFindings(connection, seal)))) {
      findings.push({ kind: 'content', message });
    }
    const purgePending = isPurgePending(connection);
    return { findings, audit, purgePending };
  } catch (error) {
    if (!(error instanceof StoreFault) || error.kind !== 'damaged') throw error;
    const damage: Finding = { kind: 'pages', message: error.message };
    return { findings: [...findings, damage], audit: null, purgePending: false };
  }
}

/** Refuses a file with any finding. @throws StoreFault `damaged` */
export function checkFile(
  connection: Connection,
  driver: Driver,
  seal: Seal,
  migrations: readonly Migration[],
  outside?: AuditHead,
): void {
  checkMigrations(connection, migrations);
  const [finding] = reportOnFile(connection, driver, seal, migrations, outside).findings;
  if (finding === undefined) return;
  throw new StoreFault('damaged', `${connection.path}: the store is damaged: ${finding.message}`);
}
