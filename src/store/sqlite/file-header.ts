import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { StoreFault } from '../store-fault.ts';
import { onFile } from './driver-faults.ts';

/** Marks a file as a store of cryowatch: "CRYW" in ASCII. */
export const APPLICATION_ID = 0x43525957;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/** What the first bytes of a file say. https://www.sqlite.org/fileformat2.html, 1.3 */
export interface FileHeader {
  readonly schemaVersion: number;
}

/**
 * Reads the header of a file with plain reads, so that a file that is not ours is left as it is:
 * opening it with SQLite could already write back its log.
 * @throws StoreFault `missing`, `not-ours`, `damaged`
 */
export function readFileHeader(path: string): FileHeader {
  const { bytes, size } = onFile(path, () => firstBytes(path));
  if (size === 0) throw new StoreFault('not-ours', `${path}: the file is empty, it is no store`);
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new StoreFault('not-ours', `${path}: this is not a store of cryowatch`);
  }
  if (bytes.readUInt32BE(68) !== APPLICATION_ID) {
    throw new StoreFault('not-ours', `${path}: this is a database of another program`);
  }
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const pages = bytes.readUInt32BE(28);
  // With a log beside it, the file may still be growing to the size that its header tells.
  if (size < pageSize * pages && !existsSync(`${path}-wal`)) {
    throw new StoreFault(
      'damaged',
      `${path}: the file was cut off, it has ${size} bytes of ${pageSize * pages}`,
    );
  }
  return { schemaVersion: bytes.readUInt32BE(60) };
}

function firstBytes(path: string): { readonly bytes: Buffer; readonly size: number } {
  const file = openSync(path, 'r');
  try {
    const about = fstatSync(file);
    if (!about.isFile()) throw new StoreFault('not-ours', `${path}: this is no file`);
    const bytes = Buffer.alloc(HEADER_BYTES);
    readSync(file, bytes, 0, HEADER_BYTES, 0);
    return { bytes, size: about.size };
  } finally {
    closeSync(file);
  }
}
