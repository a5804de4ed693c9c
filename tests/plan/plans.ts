import { readFileSync } from 'node:fs';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { parseDay } from '../../src/domain/civil-date.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { defaultProtocol } from '../../src/protocol/catalog.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { planCase } from '../../src/service/case/plan-case.ts';

type Json = Readonly<Record<string, unknown>>;

export const ABLATED = '2026-01-15';

/** The case of an episode without unusual facts. */
export function caseOf(events: readonly Json[] = [], episode: Json = {}): Json {
  return {
    episode: { id: 'EP-1', laterality: 'left', ablation: { date: ABLATED }, ...episode },
    events,
  };
}

export function readCase(document: unknown): CaseFile {
  const parsed = parseCase(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

/** The plan of a case document as of a day. */
export function planOf(
  document: unknown,
  asOf: string,
  protocol: Protocol = defaultProtocol(),
): Plan {
  const today = parseDay(asOf);
  if (today === undefined) throw new Error(`no day: ${asOf}`);
  return planCase(readCase(document), { protocol, asOf: today, today });
}

export interface ConformanceCase {
  readonly name: string;
  readonly document: {
    readonly asOf: string;
    readonly episode: Json & { readonly ablation: { readonly date: string } };
    readonly events: readonly Json[];
  };
}

/** Every case of the conformance corpus. */
export const CONFORMANCE: readonly ConformanceCase[] = ['named', 'random'].flatMap((file) =>
  readFileSync(new URL(`../cases/${file}.ndjson`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const { name, case: document } = JSON.parse(line);
      return { name: `${file} ${index + 1}: ${name}`, document };
    }),
);

export function exam(id: string, date: string, biRads?: string, more: Json = {}): Json {
  const category = biRads === undefined ? {} : { biRads };
  return { id, type: 'imaging', date, modality: 'MRI', ...category, ...more };
}

const WITH_REASON = ['deferral', 'decline', 'decision', 'reopening', 'correction'];

export function event(id: string, type: string, date: string, more: Json = {}): Json {
  return { id, type, date, ...(WITH_REASON.includes(type) ? { reason: 'because' } : {}), ...more };
}
