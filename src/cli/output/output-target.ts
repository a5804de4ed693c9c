import { outputFault } from '../faults/file-faults.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where a command writes its data, and as what kind of terminal. */
export interface Target {
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  readonly terminal: { readonly width: number; readonly colour: boolean };
}

/** The same on every machine, whatever the terminal. */
const WIDTH_OF_A_FILE = 80;

/**
 * Writes to standard output, or to a file that appears only when it is whole: when `fill` fails,
 * nothing half-written is left behind.
 */
export async function writeTo(
  { stdout, env, createFile }: Surroundings,
  out: string | undefined,
  fill: (target: Target) => Promise<void>,
): Promise<void> {
  if (out === undefined) {
    const { NO_COLOR } = env;
    const colour = stdout.isTerminal && (NO_COLOR === undefined || NO_COLOR === '');
    await fill({
      write: (text) => stdout.write(text),
      isTerminal: stdout.isTerminal,
      terminal: { width: stdout.columns, colour },
    });
    return;
  }
  const target = await createFile(out);
  if (!target.ok) throw outputFault(target.fault, out);
  const { file } = target;
  try {
    await fill({
      write: (text) => file.write(text),
      isTerminal: false,
      terminal: { width: WIDTH_OF_A_FILE, colour: false },
    });
  } catch (error) {
    await file.abandon();
    throw error;
  }
  await file.commit();
}

/** Progress is not shown where data appears on the same terminal. */
export function showsProgress({ stdout, stderr }: Surroundings, out: string | undefined): boolean {
  return stderr.isTerminal && (out !== undefined || !stdout.isTerminal);
}
