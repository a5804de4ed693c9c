import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { act, SEAL } from '../fixtures.ts';

/** Opens a store that may not be written and prints the fault. Argument: file. */
try {
  await openStore(process.argv[2] ?? '', { seal: SEAL, act: act() });
  console.log('opened');
} catch (error) {
  console.log(error instanceof StoreFault ? error.kind : String(error));
}
