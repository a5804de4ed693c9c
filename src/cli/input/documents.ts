import type { Problem } from '../../domain/problem.ts';
import { lineFinder } from '../../service/case/line-of-path.ts';
import { parseJson } from '../../service/case/parse-json.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import type { Place } from '../faults/problem-report.ts';
import type { Surroundings } from '../surroundings.ts';
import { readText } from './read-cases.ts';

/** A JSON document with the place that problems of its fields are told with. */
export interface PlacedDocument {
  readonly document: unknown;
  readonly place: Place;
}

/** Reads one JSON document from a file or standard input (`-`), or ends the command. */
export async function readJsonFile(
  surroundings: Surroundings,
  file: string,
): Promise<PlacedDocument> {
  const read = await readText(surroundings, file);
  if (!read.ok) throw fileFault(read.fault, file);
  const parsed = parseJson(read.text);
  if (parsed.ok) return { document: parsed.value, place: { file, lineOf: lineFinder(read.text) } };
  throw new CommandFault(EXIT.invalidInput, parsed.problems.map(withMend), { file });
}

/** More text after a whole document is most often NDJSON. */
function withMend(problem: Problem): Problem {
  return problem.message.includes('after JSON')
    ? {
        ...problem,
        mend: 'this command reads one document; plan, due and check read one case a line',
      }
    : problem;
}
