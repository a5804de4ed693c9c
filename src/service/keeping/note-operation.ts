import type { Operation } from '../../store/operation.ts';
import { StoreFault } from '../../store/store-fault.ts';
import { openContext, type StoreAccess, type StoreHost } from '../open-context.ts';
import { actNow } from '../scheduler-context.ts';

/**
 * Notes in the store how a backup or a drill went, for the page that tells it. What was done stands
 * without the note, so a fault of the file does not undo it. A store of an earlier release is not
 * opened for it: that would bring it to this one's schema, and a backup may be wanted before that.
 */
export async function noteOperation(
  host: StoreHost,
  access: StoreAccess,
  operation: Operation,
): Promise<void> {
  const { files } = host;
  try {
    const { schema } = await files.look(access.database);
    if (schema !== (await files.writesSchema())) return;
    const context = await openContext(host, access);
    try {
      await context.store.recordOperation(actNow(context), operation);
    } finally {
      await context.store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
  }
}

/** The last part of a path: folders of a machine are told to nobody. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
