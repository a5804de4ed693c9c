import { expect, test } from 'vitest';
import { afterChange } from '../../../src/service/episode/after-change.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';

const failing = (error: Error) => afterChange(() => Promise.reject(error));

test.each(['full', 'io', 'busy', 'read-only'] as const)(
  'what was kept does not seem undone where its dates meet the fault %s',
  async (kind) => {
    await expect(failing(new StoreFault(kind, 'the dates'))).resolves.toBeUndefined();
  },
);

test.each(['damaged', 'missing', 'wrong-key'] as const)(
  'a store that is of no use any more (%s) is told',
  async (kind) => {
    await expect(failing(new StoreFault(kind, 'the store'))).rejects.toMatchObject({ kind });
  },
);

test('what is no fault of the store is a bug and passes', async () => {
  await expect(failing(new Error('a bug'))).rejects.toThrow('a bug');
});
