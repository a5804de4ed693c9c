import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { outputFault } from '../faults/file-faults.ts';
import type { Surroundings } from '../surroundings.ts';

/** Makes a folder for its owner only, or ends the command; one that is there is left as it is. */
export async function openFolder({ makeFolder }: Surroundings, folder: string): Promise<void> {
  const fault = await makeFolder(folder);
  if (fault !== null) throw new CommandFault(EXIT.fault, [fault.problem], { file: folder });
}

/**
 * Puts a file in its place, whole. One that holds these lines already is left alone, so that whoever
 * copies what is new finds nothing.
 */
export async function putFile(
  surroundings: Surroundings,
  path: string,
  text: string,
): Promise<void> {
  if (await holdsLines(surroundings, path, text)) return;
  const target = await surroundings.createFile(path);
  if (!target.ok) throw outputFault(target.fault, path);
  const { file } = target;
  try {
    await file.write(text);
  } catch (error) {
    await file.abandon();
    throw error;
  }
  await file.commit();
}

/** Compares line by line along the text, which may be long: it is not cut up. */
async function holdsLines(
  { openLines }: Surroundings,
  path: string,
  text: string,
): Promise<boolean> {
  const source = await openLines(path);
  if (!source.ok) return false;
  let place: number | null = 0;
  // Read to its end, so that the file is closed.
  for await (const line of source.lines) {
    place = place !== null && typeof line === 'string' ? behindLine(text, place, line) : null;
  }
  return place === text.length;
}

/** Where the next line starts, when this one stands at a place of the text; else null. */
function behindLine(text: string, place: number, line: string): number | null {
  const bare = line.replace(/\r$/, '');
  if (!text.startsWith(bare, place)) return null;
  const end = place + bare.length;
  if (text.startsWith('\r\n', end)) return end + 2;
  return text.startsWith('\n', end) ? end + 1 : null;
}
