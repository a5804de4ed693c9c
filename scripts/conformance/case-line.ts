/** One line of the corpus: a named case and the fields of the plan that it expects. */
export interface CaseLine {
  readonly name: string;
  readonly case: unknown;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** A line that is no case: what is wrong, and where. The corpus itself is at fault, not the engine. */
export class CorpusFault extends Error {}

function readLine(text: string, at: string): CaseLine {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new CorpusFault(`${at}: this line is not JSON`);
  }
  const { name, case: caseFile, expect } = (line ?? {}) as Partial<CaseLine>;
  if (typeof name !== 'string' || caseFile === undefined) {
    throw new CorpusFault(`${at}: a case needs "name", "case" and "expect"`);
  }
  if (typeof expect !== 'object' || expect === null || Array.isArray(expect)) {
    throw new CorpusFault(`${at}: a case needs "expect", an object of fields of the plan`);
  }
  return { name, case: caseFile, expect };
}

/** Reads the cases of one NDJSON text; `file` names it in faults. @throws CorpusFault */
export function readCases(text: string, file: string): CaseLine[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), at: `${file}:${index + 1}` }))
    .filter(({ line }) => line !== '')
    .map(({ line, at }) => readLine(line, at));
}
