import { versions } from 'node:process';
import type Database from 'better-sqlite3';
import { StoreFault } from '../store-fault.ts';

/** The oldest Node-API version for which the driver is built. Older ones end the process on loading it. */
const OLDEST_NODE_API = 10;

/** The constructor of the database driver. */
export type Driver = typeof Database;

/**
 * Loads the database driver, when it is needed and not before.
 * @throws StoreFault `unsupported`
 */
export async function loadDriver(nodeApi: string | undefined = versions.napi): Promise<Driver> {
  if (!(Number(nodeApi) >= OLDEST_NODE_API)) {
    throw new StoreFault(
      'unsupported',
      `the store needs Node 24 or newer: this one has Node-API ${nodeApi ?? '0'}, the database driver needs ${OLDEST_NODE_API}`,
    );
  }
  return (await import('better-sqlite3')).default;
}
