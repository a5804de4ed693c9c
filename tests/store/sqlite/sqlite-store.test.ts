import { join } from 'node:path';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { storeContract } from '../contract.ts';
import { act, SEAL, UID_SECRET } from '../fixtures.ts';
import { tempFolder } from '../temp-stores.ts';

storeContract('SQLite store', async () =>
  createStore(join(tempFolder(), 'clinic.db'), { seal: SEAL, uidSecret: UID_SECRET, act: act() }),
);
