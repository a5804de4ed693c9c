import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, dayFromCivil } from '../../src/domain/civil-date.ts';
import { shiftCase } from '../../src/service/cohort/shift-case.ts';

/** Zone of the sample clinic. */
export const SAMPLE_ZONE = 'Europe/Berlin';

/** The day on which the sample cohort stands as it is written. */
const SAMPLE_DAY = dayFromCivil(2026, 6, 15);
const SOURCE = new URL('../../examples/clinic/episodes.ndjson', import.meta.url);

/**
 * Writes the sample cohort as if its day were `today`, or up to six days before it: whole weeks are
 * added, so that no exam falls on a Sunday. Gives the file's path.
 */
export function writeSampleEpisodes(folder: string, today: Day): string {
  const days = Math.floor((today - SAMPLE_DAY) / 7) * 7;
  const lines = readFileSync(SOURCE, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.stringify(shiftCase(JSON.parse(line), days)));
  const file = join(folder, 'episodes.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}
