import { rmdirSync } from 'node:fs';
import { onFile } from './driver-faults.ts';
import { makeWorkshop } from './make-workshop.ts';
import { refuseOccupied } from './restore.ts';

/**
 * Makes the folder in which a store is to be made.
 * @throws StoreFault `exists`: a store stands there; and the faults of a place that takes none
 */
export function makeRoom(path: string): void {
  refuseOccupied(path);
  onFile(path, () => rmdirSync(makeWorkshop(path)));
}
