import { readFileSync } from 'node:fs';
import { type Day, formatDay } from '../src/domain/civil-date.ts';
import type { CaseDocument } from '../src/input/parse-case.ts';
import { readDocument } from '../src/service/case/read-document.ts';
import { shiftCase } from '../src/service/cohort/shift-case.ts';
import { futureProblems } from '../src/service/episode/future-facts.ts';

const SAMPLE = new URL('../examples/clinic/episodes.ndjson', import.meta.url);

/** Days by which the sample's patients are shifted: some have just begun, most are on their way. */
const SHIFTS = Array.from({ length: 36 }, (_, step) => step * 41);

/** The case as it was known on a day: what came later has not happened. */
function asKnown(document: CaseDocument, today: Day): CaseDocument {
  const day = formatDay(today);
  return { ...document, events: document.events.filter((event) => event.date <= day) };
}

/** The sample clinic at many stages of its patients' courses; each is a case that may be kept. */
function variants(today: Day): CaseDocument[] {
  const sample = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
  return SHIFTS.flatMap((days) => {
    const shifted = sample.map((line) => asKnown(shiftCase(JSON.parse(line), days), today));
    return shifted.filter((document) => {
      const read = readDocument(document);
      return read.ok && futureProblems(read.value, today).length === 0;
    });
  });
}

/** So many cases as of a day, each with an id and a patient of its own; the same every time. */
export function* cohortDocuments(count: number, today: Day): Generator<CaseDocument> {
  const pool = variants(today);
  for (let index = 0; index < count; index += 1) {
    const document = pool[(index * 7919) % pool.length];
    if (document === undefined) throw new Error('the sample clinic has no case for this day');
    const name = String(index + 1).padStart(7, '0');
    const episode = { ...document.episode, id: `EP-${name}`, patientRef: `S-${name}` };
    yield { ...document, episode };
  }
}
