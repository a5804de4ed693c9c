import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Day, dayFromCivil } from '../src/domain/civil-date.ts';
import { success } from '../src/domain/problem.ts';
import { storeHost } from '../src/host/store-host.ts';
import { type Approved, approveProtocol } from '../src/service/clinic/approve-protocol.ts';
import { createClinic } from '../src/service/clinic/create-clinic.ts';
import type { CohortRow } from '../src/service/cohort/cohort-rows.ts';
import { importCohort } from '../src/service/cohort/import-cohort.ts';
import { createContext } from '../src/service/open-context.ts';
import type { SchedulerContext } from '../src/service/scheduler-context.ts';
import type { ServiceOutcome } from '../src/service/service-outcome.ts';
import type { Clinic } from '../src/store/clinic.ts';

/** The day of the sample clinic. */
export const FIRST_DAY: Day = dayFromCivil(2026, 6, 15);
const DAY_MS = 86_400_000;
/** 02:15Z, which is 04:15 in the clinic's zone. */
const NIGHT_MS = 2.25 * 3_600_000;

/** A store of one clinic in a folder of its own, with a calendar that can be turned. */
export interface CohortStore {
  readonly context: SchedulerContext;
  readonly clinic: Clinic;
  readonly protocol: Approved;
  /** The file past the store: for floors, and for preparing what is measured. */
  readonly raw: Database.Database;
  /** Goes on to the next night; the clock runs on from there. */
  nextNight(): void;
  close(): Promise<void>;
}

/** An empty store whose clinician approved the default protocol. */
export async function emptyCohortStore(): Promise<CohortStore> {
  const folder = mkdtempSync(join(tmpdir(), 'cryowatch-bench-'));
  const database = join(folder, 'clinic.db');
  const began = Date.now();
  let night = FIRST_DAY * DAY_MS + NIGHT_MS;
  const host = storeHost(() => night + (Date.now() - began));
  const context = await createContext(host, { database, key: randomBytes(32), actor: 'bench' });
  const about = { code: 'NORTH', name: 'Clinic North', zone: 'Europe/Berlin' };
  const clinic = value(await createClinic(context, about));
  const word = { clinic, protocol: 'staged-risk-adapted', clinician: 'Dr. Lee' };
  const protocol = value(await approveProtocol(context, word));
  const raw = new Database(database);
  return {
    context,
    clinic,
    protocol,
    raw,
    nextNight: () => {
      night += DAY_MS;
    },
    close: async () => {
      raw.close();
      await context.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Imports case files, one JSON text each, in one unit of work. */
export async function importTexts(
  { context, clinic, protocol }: CohortStore,
  texts: readonly string[],
): Promise<void> {
  const rows = rowsOf(texts);
  value(await importCohort(context, { clinic, protocol: protocol.pin, rows }));
}

async function* rowsOf(texts: readonly string[]): AsyncGenerator<CohortRow> {
  for (const [index, text] of texts.entries()) {
    yield { line: index + 1, document: success(JSON.parse(text)) };
  }
}

/** The value of a use case that must be done. */
export function value<T>(outcome: ServiceOutcome<T> | Exclude<ServiceOutcome<T>, { ok: true }>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
