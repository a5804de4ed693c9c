import { join } from 'node:path';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { clinicFile, contextOf, csvRows, importInto } from '../../service/cohort/cohort-clinic.ts';
import { act, NORTH, SEAL } from '../fixtures.ts';

/**
 * Imports more than the disk holds that a folder lies on, then less. Prints what it met as JSON.
 * Argument: folder.
 */
const [folder = ''] = process.argv.slice(2);
const path = join(folder, 'clinic.db');
const store = await clinicFile(path);
const rowsTo = (count: number) => {
  const rows = Array.from({ length: count }, (_, index) => `R${index},2026-01-15,left`);
  return csvRows(`id,ablatedOn,laterality\n${rows.join('\n')}`);
};
const count = async () =>
  (await store.pageCases({ clinic: NORTH.id, after: 0, limit: 100_000 })).length;

await importInto(contextOf(store), rowsTo(20));
let fault = 'none';
try {
  await importInto(contextOf(store, 1000), rowsTo(20_000));
} catch (error) {
  if (!(error instanceof StoreFault)) throw error;
  fault = error.kind;
}
const kept = await count();
const again = await importInto(contextOf(store, 50_000), rowsTo(50));
const after = await count();
await store.close();
const { findings } = await verifyStore(path, { seal: SEAL, act: act() });
console.log(JSON.stringify({ fault, kept, again, after, findings }));
