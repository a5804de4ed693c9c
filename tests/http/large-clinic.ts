import { readFileSync } from 'node:fs';
import { approvedProtocol } from '../../src/service/clinic/approved-protocol.ts';
import type { CohortRow } from '../../src/service/cohort/cohort-rows.ts';
import { importCohort } from '../../src/service/cohort/import-cohort.ts';
import { ok } from '../cli/clinic-store.ts';
import { type HttpClinic, httpClinic } from './http-clinic.ts';

const SAMPLE = new URL('../../examples/clinic/episodes.ndjson', import.meta.url);

/** The sample clinic with each of its 40 episodes so many times. */
export async function largeClinic(times: number): Promise<HttpClinic> {
  const setting = await httpClinic({ sample: false });
  const { access, clinic } = setting;
  const protocol = ok(await approvedProtocol(access, clinic, undefined));
  ok(await importCohort(access, { clinic, protocol, rows: rowsOf(times) }));
  return setting;
}

async function* rowsOf(times: number): AsyncGenerator<CohortRow> {
  const lines = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
  for (let line = 0; line < times * lines.length; line += 1) {
    const document = JSON.parse(lines[line % lines.length] ?? '');
    const episode = { ...document.episode, id: `EP-${line}`, patientRef: `S-${line}` };
    yield { line: line + 1, document: { ok: true, value: { ...document, episode } } };
  }
}
