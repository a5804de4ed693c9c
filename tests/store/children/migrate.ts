import { readMigrations } from '../../../src/store/sqlite/migrations.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { act, SEAL } from '../fixtures.ts';

/** Opens a store with the migrations of a folder. Arguments: file, folder. */
const [path = '', folder = ''] = process.argv.slice(2);
process.stdout.write('started\n');
const store = await openStore(path, { seal: SEAL, act: act(), migrations: readMigrations(folder) });
await store.close();
process.stdout.write('finished\n');
