import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../scripts/conformance/case-line.ts';
import { differences } from '../../scripts/conformance/compare.ts';
import { type CaseDocument, loadProtocol, planSurveillance } from '../../src/index.ts';

function read(file: string): string {
  return readFileSync(new URL(`../cases/${file}`, import.meta.url), 'utf8');
}

const loaded = loadProtocol(JSON.parse(read('staged-risk-adapted.protocol.json')));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const protocol = loaded.value;

/** The plan as programs get it, after a trip through JSON. */
function published(document: unknown): unknown {
  const planned = planSurveillance(document as CaseDocument, { protocol });
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
  return JSON.parse(JSON.stringify(planned.value));
}

describe.each(['named.ndjson', 'random.ndjson'])(
  'the published plan of every case in %s',
  (file) => {
    it('holds what the corpus expects, case by case', () => {
      const wrong = readCases(read(file), file).flatMap((line) =>
        differences(line.expect, published(line.case)).map((difference) => ({
          name: line.name,
          ...difference,
        })),
      );
      expect(wrong).toEqual([]);
    });

    it('needs no protocol file: the default protocol plans the same', () => {
      const wrong = readCases(read(file), file).filter((line) => {
        const planned = planSurveillance(line.case as CaseDocument);
        return !planned.ok || differences(line.expect, planned.value).length > 0;
      });
      expect(wrong.map(({ name }) => name)).toEqual([]);
    });
  },
);
