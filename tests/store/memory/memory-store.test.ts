import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { storeContract } from '../contract.ts';
import { act, SEAL, UID_SECRET } from '../fixtures.ts';

storeContract('memory store', async () =>
  createMemoryStore({ seal: SEAL, uidSecret: UID_SECRET, act: act() }),
);
