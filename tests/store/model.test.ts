import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { backupStore } from '../../src/store/sqlite/backup.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { restoreStore } from '../../src/store/sqlite/restore.ts';
import { verifyStore } from '../../src/store/sqlite/verify-store.ts';
import { freshAccess } from './access-model.ts';
import { act, furnish, SEAL, UID_SECRET } from './fixtures.ts';
import { ACCIDENTS, CHANGES, type Model, type Real } from './model.ts';
import { copyAsCrashed } from './raw.ts';
import { sampleStore, tempFolder } from './temp-stores.ts';

const settings = { seal: SEAL, act: act() };

/** A furnished store has its first row, two clinics, two protocol versions and an approval. */
const freshModel = (): Model => ({
  episodes: new Map(),
  events: 0,
  rows: 6,
  runs: [],
  access: freshAccess(),
});

test('the memory store answers every sequence of changes as the model does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(CHANGES, { maxCommands: 60 }), async (commands) => {
      const seal = SEAL;
      const store = await furnish(createMemoryStore({ seal, uidSecret: UID_SECRET, act: act() }));
      const real: Real = { store, exchange: async () => {} };
      await fc.asyncModelRun(() => ({ model: freshModel(), real }), commands);
    }),
    { numRuns: 60 },
  );
});

test('so does the SQLite store, through reopening, crashes, backups and restores', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([...CHANGES, ...ACCIDENTS], { maxCommands: 60 }),
      async (commands) => {
        const folder = tempFolder();
        const made = await sampleStore(folder);
        let { path } = made;
        let count = 0;
        const real: Real = {
          store: made.store,
          exchange: async (how) => {
            count += 1;
            const next = join(folder, `${how}-${count}.db`);
            // A crash: the files as they are now, without the writer having closed them.
            if (how === 'crash') copyAsCrashed(path, next);
            if (how === 'restore') {
              const backup = join(folder, `backup-${count}.db`);
              await backupStore(path, backup, settings);
              await restoreStore(backup, next, settings);
            }
            await real.store.close();
            if (how !== 'reopen') path = next;
            real.store = await openStore(path, settings);
          },
        };
        try {
          await fc.asyncModelRun(() => ({ model: freshModel(), real }), commands);
        } finally {
          await real.store.close();
        }
        expect((await verifyStore(path, settings)).findings).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
