import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { act, furnish, NORTH, newEpisode, SEAL, UID_SECRET } from '../fixtures.ts';

/**
 * Fills the disk that a folder lies on, with one batch after the other, then makes room again.
 * Prints what it met as JSON. Argument: folder.
 */
const [folder = ''] = process.argv.slice(2);
const path = join(folder, 'clinic.db');
const settings = { seal: SEAL, act: act() };
const ballast = join(folder, 'ballast');
writeFileSync(ballast, Buffer.alloc(400_000));
const store = await furnish(await createStore(path, { ...settings, uidSecret: UID_SECRET }));
const batch = (from: number) => ({
  clinic: NORTH.id,
  episodes: Array.from({ length: 50 }, (_, index) => newEpisode(from + index)),
});
let kept = 0;
let fault = 'none';
while (fault === 'none' && kept < 100_000) {
  try {
    const result = await store.registerEpisodes(act(), batch(kept + 1));
    if (result.outcome !== 'ok') throw new Error(JSON.stringify(result));
    kept += 50;
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    fault = error.kind;
  }
}
const readable = (await store.pageCases({ clinic: NORTH.id, after: 0, limit: 100_000 })).length;
rmSync(ballast);
const again = await store.registerEpisodes(act(), batch(kept + 1));
await store.close();
const reopened = await openStore(path, settings);
const after = (await reopened.pageCases({ clinic: NORTH.id, after: 0, limit: 100_000 })).length;
await reopened.close();
const { findings } = await verifyStore(path, settings);
console.log(JSON.stringify({ fault, kept, readable, again: again.outcome, after, findings }));
