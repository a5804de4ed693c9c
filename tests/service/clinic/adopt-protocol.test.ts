import { describe, expect, test } from 'vitest';
import { adoptProtocol } from '../../../src/service/clinic/adopt-protocol.ts';
import { daysMoved } from '../../../src/service/clinic/adoption-totals.ts';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import { ok } from '../../cli/clinic-store.ts';
import { cohortToMove } from '../../cli/registered.ts';

/** Someone else records an exam of one episode at the very moment before it is pinned. */
function overtaken(context: SchedulerContext, episode: string): SchedulerContext {
  const { store } = context;
  let done = false;
  const pinProtocol: typeof store.pinProtocol = async (act, work) => {
    const clinic = ok(await findClinic(context));
    const [head] = await store.findEpisodes(clinic.id, { externalId: episode });
    if (!done && head?.id === work.episode) {
      done = true;
      const events = [{ type: 'imaging', id: 'x', date: '2026-06-10', modality: 'US' }];
      ok(await recordEvents(context, { clinic, episode, events }));
    }
    return store.pinProtocol(act, work);
  };
  return { ...context, store: { ...store, pinProtocol } };
}

describe('adopting a protocol over a cohort', () => {
  test('leaves an episode that was changed meanwhile alone, finishes the rest, and a second time it too', async () => {
    const clinics = await cohortToMove();
    await clinics.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const work = { clinic, protocol: { id: 'staged-risk-adapted' } };
      const first = ok(await adoptProtocol(overtaken(context, 'EP-2'), work));
      expect(first.episodes.map(({ outcome }) => outcome)).toEqual([
        'adopted',
        'conflict',
        'adopted',
      ]);
      expect(first.episodes[1]?.problems[0]?.message).toContain('stands at version 2');
      expect(first.totals).toMatchObject({ visitsMoved: 2, daysMoved: { min: 31, max: 31 } });
      const second = ok(await adoptProtocol(context, work));
      expect(second.already).toBe(2);
      expect(second.episodes).toMatchObject([{ episode: 'EP-2', outcome: 'adopted' }]);
      const cases = await context.store.pageCases({ clinic: clinic.id, after: 0, limit: 9 });
      expect(cases.map(({ protocol }) => protocol.version)).toEqual(['9.0.0', '9.0.0', '9.0.0']);
      expect(cases.map(({ version, planVersion }) => version === planVersion)).toEqual([
        true,
        true,
        true,
      ]);
    });
  });

  test('tells the middle of the days moved, of an even number the mean of two', () => {
    expect(daysMoved([])).toBeNull();
    expect(daysMoved([5, -30, 2])).toEqual({ min: -30, median: 2, max: 5 });
    expect(daysMoved([4, 1])).toEqual({ min: 1, median: 2.5, max: 4 });
  });
});
