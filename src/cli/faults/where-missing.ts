import { EXIT } from '../exit-code.ts';
import { CommandFault } from './command-fault.ts';

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
    const isIt = error instanceof StoreFault && error.kind === 'missing';
    if (!isIt || !error.message.startsWith(path)) throw error;
    throw new CommandFault(EXIT.notFound, [{ path: '', message: error.message, mend }]);
  }
}
