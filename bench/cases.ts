import { readFileSync } from 'node:fs';
import { readCases } from '../scripts/conformance/case-line.ts';
import type { CaseFile } from '../src/domain/case-file.ts';
import { parseCase } from '../src/input/parse-case.ts';
import { loadProtocol } from '../src/protocol/load-protocol.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';

const CORPUS = new URL('../tests/cases/', import.meta.url);

/** A case of the conformance corpus: the document as it stands in the file, and read. */
export interface BenchCase {
  readonly document: unknown;
  readonly caseFile: CaseFile;
}

function read(file: string): string {
  return readFileSync(new URL(file, CORPUS), 'utf8');
}

/** Every case of the conformance corpus. */
export function corpusCases(): BenchCase[] {
  return ['named.ndjson', 'random.ndjson']
    .flatMap((file) => readCases(read(file), file))
    .map(({ name, case: document }) => {
      const parsed = parseCase(document);
      if (!parsed.ok) throw new Error(`${name}: ${parsed.problems[0]?.message}`);
      return { document, caseFile: parsed.value };
    });
}

/** The protocol that the corpus is planned with. */
export function corpusProtocol(): Protocol {
  const loaded = loadProtocol(JSON.parse(read('staged-risk-adapted.protocol.json')));
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  return loaded.value;
}
