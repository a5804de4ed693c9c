import { describe, expect, test } from 'vitest';
import { createClinic } from '../../../src/service/clinic/create-clinic.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import { NORTH } from '../../store/fixtures.ts';
import {
  caseOf,
  contextOf,
  documentRows,
  importInto,
  memoryClinic,
} from '../cohort/cohort-clinic.ts';

/** Two processes whose numbers are those of the same millisecond. */
async function twins(): Promise<readonly [SchedulerContext, SchedulerContext]> {
  const store = await memoryClinic();
  return [contextOf(store), contextOf(store)];
}

describe('a number that another process took in the same millisecond', () => {
  test('does not stop an episode from being registered', async () => {
    const [one, other] = await twins();
    const register = (context: SchedulerContext, id: string) =>
      registerEpisode(context, { clinic: NORTH, document: caseOf(id) });
    expect(await register(one, 'A')).toMatchObject({ ok: true });
    expect(await register(one, 'B')).toMatchObject({ ok: true });
    expect(await register(other, 'C')).toMatchObject({ ok: true });
    const cases = await one.store.pageCases({ clinic: NORTH.id, after: 0, limit: 9 });
    expect(cases.map(({ caseFile }) => caseFile.episode.id)).toEqual(['A', 'B', 'C']);
  });

  test('does not stop an import', async () => {
    const [one, other] = await twins();
    const imported = (context: SchedulerContext, ...ids: readonly string[]) =>
      importInto(context, documentRows(...ids.map((id) => caseOf(id))));
    expect(await imported(one, 'A', 'B')).toMatchObject({ ok: true });
    expect(await imported(other, 'C', 'D')).toMatchObject({ ok: true, value: { registered: 2 } });
  });

  test('does not stop a clinic from being added', async () => {
    const [one, other] = await twins();
    expect(await createClinic(one, { code: 'SOUTH', zone: 'UTC' })).toMatchObject({ ok: true });
    expect(await createClinic(other, { code: 'WEST', zone: 'UTC' })).toMatchObject({ ok: true });
    expect(await one.store.listClinics()).toHaveLength(3);
  });

  test('is told where every further number is taken too', async () => {
    const [one] = await twins();
    const stuck = { ...one, newId: () => NORTH.id };
    expect(await createClinic(stuck, { code: 'SOUTH', zone: 'UTC' })).toMatchObject({
      ok: false,
      fault: 'refused',
    });
  });
});
