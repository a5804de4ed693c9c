import { readFileSync } from 'node:fs';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { approvedProtocol } from '../../src/service/clinic/approved-protocol.ts';
import { createClinic } from '../../src/service/clinic/create-clinic.ts';
import type { CohortRow } from '../../src/service/cohort/cohort-rows.ts';
import { importCohort } from '../../src/service/cohort/import-cohort.ts';
import type { SchedulerContext } from '../../src/service/scheduler-context.ts';
import type { Clinic } from '../../src/service/store-access.ts';
import { ok } from '../cli/clinic-store.ts';

/** Adds NORTH in Europe/Berlin, its approved protocol, and the 40 episodes of the sample. */
export async function addSampleClinic(
  context: SchedulerContext,
  { episodes = true } = {},
): Promise<Clinic> {
  const about = { code: 'NORTH', name: 'Breast clinic North', zone: 'Europe/Berlin' };
  const clinic = ok(await createClinic(context, about));
  const approval = { clinic, protocol: 'staged-risk-adapted', clinician: 'Dr. Lee' };
  ok(await approveProtocol(context, approval));
  const protocol = ok(await approvedProtocol(context, clinic, undefined));
  if (episodes) ok(await importCohort(context, { clinic, protocol, rows: sampleRows() }));
  return clinic;
}

async function* sampleRows(): AsyncGenerator<CohortRow> {
  const file = new URL('../../examples/clinic/episodes.ndjson', import.meta.url);
  for (const [index, line] of readFileSync(file, 'utf8').trimEnd().split('\n').entries()) {
    yield { line: index + 1, document: { ok: true, value: JSON.parse(line) } };
  }
}
