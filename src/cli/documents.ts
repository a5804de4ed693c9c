import { CommandFault } from './command-fault.ts';
import { EXIT } from './exit-code.ts';
import { fileFault } from './planning-options.ts';
import { readText } from './read-cases.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads one JSON document from a file or standard input (`-`), or ends the command. */
export async function readJsonFile(surroundings: Surroundings, file: string): Promise<unknown> {
  const { parseJson } = await import('../service/parse-json.ts');
  const read = await readText(surroundings, file);
  if (!read.ok) throw fileFault(read.fault, file);
  const parsed = parseJson(read.text);
  if (parsed.ok) return parsed.value;
  throw new CommandFault(EXIT.invalidInput, parsed.problems, { file });
}
