import { describe, expect, test } from 'vitest';
import { adoptAsShown } from '../../../src/service/clinic/adopt-as-shown.ts';
import { adoptProtocol } from '../../../src/service/clinic/adopt-protocol.ts';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import { ok } from '../../cli/clinic-store.ts';
import { cohortToMove } from '../../cli/registered.ts';

/** Does something at the moment between the second look at a cohort and what is done about it. */
function betweenPasses(context: SchedulerContext, meanwhile: () => Promise<void>) {
  const { store } = context;
  let passes = 0;
  const pageCases: typeof store.pageCases = async (page) => {
    if (page.after === 0) passes += 1;
    if (page.after === 0 && passes === 2) await meanwhile();
    return store.pageCases(page);
  };
  return { ...context, store: { ...store, pageCases } };
}

const PROTOCOL = { id: 'staged-risk-adapted' };
const EXAM = { id: 'x', type: 'imaging', date: '2026-06-10', modality: 'MRI', biRads: '2' };
const CLOSURE = { id: 'c', type: 'closure', date: '2026-06-10', reason: 'withdrew' };

async function versions({ store }: SchedulerContext, clinic: number) {
  const cases = await store.pageCases({ clinic, after: 0, limit: 9 });
  const followed = cases.map(
    ({ caseFile, protocol }) => [caseFile.episode.id, protocol.version] as const,
  );
  return Object.fromEntries(followed);
}

describe('adopting what was shown', () => {
  test('an episode that is changed after the last look is not moved, and told as a conflict', async () => {
    await (await cohortToMove()).use(async (context) => {
      const clinic = ok(await findClinic(context));
      const work = { clinic, protocol: PROTOCOL };
      const { digest } = ok(await adoptProtocol(context, { ...work, dryRun: true }));
      const busy = betweenPasses(context, async () => {
        ok(await recordEvents(context, { clinic, episode: 'EP-2', events: [EXAM] }));
      });
      const done = ok(await adoptAsShown(busy, { ...work, shown: digest }));
      expect(done.dryRun).toBe(false);
      expect(done.episodes.map(({ outcome }) => outcome)).toEqual([
        'adopted',
        'conflict',
        'adopted',
      ]);
      expect(done.episodes[1]?.problems[0]?.message).toContain('stands at version 2');
      expect(await versions(context, clinic.id)).toEqual({
        'EP-1': '9.0.0',
        'EP-2': '1.0.0',
        'EP-3': '9.0.0',
      });
    });
  });

  test('an episode that was registered after the last look is not moved either', async () => {
    await (await cohortToMove()).use(async (context) => {
      const clinic = ok(await findClinic(context));
      const work = { clinic, protocol: PROTOCOL };
      const { digest } = ok(await adoptProtocol(context, { ...work, dryRun: true }));
      const busy = betweenPasses(context, async () => {
        const document = {
          episode: { id: 'EP-4', laterality: 'left', ablation: { date: '2026-05-01' } },
          events: [],
        };
        const protocol = { ...PROTOCOL, version: '1.0.0' };
        ok(await registerEpisode(context, { clinic, document, protocol }));
      });
      const done = ok(await adoptAsShown(busy, { ...work, shown: digest }));
      expect(done.totals.episodes).toMatchObject({ adopted: 3, conflict: 1 });
      expect(await versions(context, clinic.id)).toEqual({
        'EP-1': '9.0.0',
        'EP-2': '9.0.0',
        'EP-3': '9.0.0',
        'EP-4': '1.0.0',
      });
    });
  });

  test('a cohort whose plans are others than those that were shown is told anew, and nothing is adopted', async () => {
    await (await cohortToMove()).use(async (context) => {
      const clinic = ok(await findClinic(context));
      const work = { clinic, protocol: PROTOCOL };
      const { digest } = ok(await adoptProtocol(context, { ...work, dryRun: true }));
      ok(await recordEvents(context, { clinic, episode: 'EP-2', events: [CLOSURE] }));
      const told = ok(await adoptAsShown(context, { ...work, shown: digest }));
      expect(told.dryRun).toBe(true);
      expect(told.digest).not.toBe(digest);
      expect(await versions(context, clinic.id)).toEqual({
        'EP-1': '1.0.0',
        'EP-2': '1.0.0',
        'EP-3': '1.0.0',
      });
      const done = ok(await adoptAsShown(context, { ...work, shown: told.digest }));
      expect(done).toMatchObject({ dryRun: false, totals: { episodes: { adopted: 2, ended: 1 } } });
      expect(await versions(context, clinic.id)).toEqual({
        'EP-1': '9.0.0',
        'EP-2': '1.0.0',
        'EP-3': '9.0.0',
      });
    });
  });
});
