/**
 * What can be wrong with the store itself, as opposed to the work asked of it.
 *
 * - `busy`: another process held the file for longer than the wait
 * - `full`: the disk has no room
 * - `read-only`: the file or its folder may not be written
 * - `damaged`: the file is ours, and its content is not what was written
 * - `not-ours`: the file is no store of cryowatch
 * - `too-new`: a later release wrote the file
 * - `missing`, `exists`: there is no file where one is needed, or one where none may be
 * - `wrong-key`: the key given is not the one that seals this store's audit log
 * - `unsupported`: this Node cannot load the database driver
 * - `io`: any other fault of the file system
 */
export type StoreFaultKind =
  | 'busy'
  | 'full'
  | 'read-only'
  | 'damaged'
  | 'not-ours'
  | 'too-new'
  | 'missing'
  | 'exists'
  | 'wrong-key'
  | 'unsupported'
  | 'io';

/** A fault of the store. Nothing of the work that met it was kept. The message is one sentence for a person. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly kind: StoreFaultKind;

  constructor(kind: StoreFaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
