import { backupStore } from '../../../src/store/sqlite/backup.ts';
import { act, SEAL } from '../fixtures.ts';

/** Makes a backup. Arguments: file, target. */
const [path = '', target = ''] = process.argv.slice(2);
process.stdout.write('started\n');
await backupStore(path, target, { seal: SEAL, act: act() });
process.stdout.write('finished\n');
