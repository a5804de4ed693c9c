import { EXIT } from '../exit-code.ts';
import { CommandFault } from './command-fault.ts';

/** What to do where there is no folder of backups. */
export const NO_BACKUPS = 'say where the backups are, or make one first: cryowatch backup';

/** Works with a path that is no store; where it is missing says how to mend that. */
export async function whereMissing<T>(
  path: string,
  mend: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { StoreFault } = await import('../../service/store-access.ts');
    if (!(error instanceof StoreFault) || error.kind !== 'missing') throw error;
    // The file itself, one in the folder, or the manifest of a backup.
    const isIt = [':', '/', '.json:'].some((end) => error.message.startsWith(path + end));
    if (!isIt) throw error;
    throw new CommandFault(EXIT.notFound, [{ path: '', message: error.message, mend }]);
  }
}
