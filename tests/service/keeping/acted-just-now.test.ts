import { expect, test } from 'vitest';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { JUST_NOW } from '../../../src/service/just-now.ts';
import { actedJustNow } from '../../../src/service/keeping/acted-just-now.ts';
import { clinicStore, ok } from '../../cli/clinic-store.ts';
import { NOON } from '../../cli/memory-surroundings.ts';
import { register } from '../../cli/registered.ts';

test('what was done just now is known by who did it, what, to which episode and when', async () => {
  const store = await clinicStore();
  await register(store, { id: 'EP-1', ablatedOn: '2026-05-01' });
  const asked = (change: object, { actor = 'dr-lee', later = 0 } = {}) =>
    store.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const deed = { clinic, action: 'episode.registered' as const, episode: 'EP-1', ...change };
      return actedJustNow({ ...context, actor }, deed);
    }, NOON + later);
  expect(await asked({})).toBe(true);
  expect(await asked({ episode: undefined })).toBe(true);
  expect(await asked({ episode: 'EP-2' })).toBe(false);
  expect(await asked({ action: 'episode.pinned' })).toBe(false);
  expect(await asked({}, { actor: 'nurse' })).toBe(false);
  expect(await asked({}, { later: JUST_NOW })).toBe(true);
  expect(await asked({}, { later: JUST_NOW + 1 })).toBe(false);
});
