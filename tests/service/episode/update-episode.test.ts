import { describe, expect, test } from 'vitest';
import { type EpisodeUpdate, updateEpisode } from '../../../src/service/episode/update-episode.ts';
import { NORTH, value } from '../../store/fixtures.ts';
import {
  BASELINE,
  done,
  type RecordingClinic,
  recordingClinic,
  refusal,
  SUSPICIOUS,
} from './recording-clinic.ts';

function update({ context }: RecordingClinic, facts: EpisodeUpdate['facts'], more = {}) {
  return updateEpisode(context, { clinic: NORTH, episode: 'EP-1', facts, ...more });
}

async function factsOf({ store }: RecordingClinic, externalId = 'EP-1') {
  const [head] = await store.findEpisodes(NORTH.id, { externalId });
  return value(await store.loadCase({ clinic: NORTH.id, episode: head?.id ?? 0 })).caseFile.episode;
}

describe('recording other facts', () => {
  test('fields of the short form replace theirs and leave the others', async () => {
    const clinic = await recordingClinic([BASELINE]);
    done(await update(clinic, { fields: { tumorSizeMm: 12, her2: 'negative' } }));
    const updated = done(await update(clinic, { fields: { tumorSizeMm: 22 } }));
    expect(updated).toMatchObject({ changed: true, version: 3, episode: 'EP-1' });
    expect(updated.diff.header).toMatchObject({ tier: 'high' });
    expect(updated.diff.visits.moved.map(({ key }) => key)).toContain('a1.interval-1');
    expect(await factsOf(clinic)).toMatchObject({ tumor: { sizeMm: 22, her2: 'negative' } });
  });

  test('a whole episode replaces the facts', async () => {
    const clinic = await recordingClinic();
    done(await update(clinic, { fields: { grade: 3 } }));
    const whole = { id: 'EP-1', laterality: 'right', ablation: { date: '2026-01-15' } };
    done(await update(clinic, { whole }));
    const facts = await factsOf(clinic);
    expect(facts.laterality).toBe('right');
    expect(facts.tumor?.grade).toBeUndefined();
  });

  test('the episode may get another id, unless another episode has it', async () => {
    const clinic = await recordingClinic();
    expect(done(await update(clinic, { fields: { id: 'EP-8' } })).episode).toBe('EP-8');
    expect(await factsOf(clinic, 'EP-8')).toMatchObject({ id: 'EP-8' });
  });

  test('facts that are recorded already change nothing', async () => {
    const clinic = await recordingClinic();
    done(await update(clinic, { fields: { grade: 2 } }));
    const rows = await clinic.auditRows();
    const again = done(await update(clinic, { fields: { grade: 2 } }));
    expect(again).toMatchObject({ changed: false, version: 2 });
    expect(await clinic.auditRows()).toBe(rows);
  });

  test('a dry run shows the difference and writes nothing', async () => {
    const clinic = await recordingClinic();
    const dry = done(await update(clinic, { fields: { grade: 3 } }, { dryRun: true }));
    expect(dry).toMatchObject({ changed: true, version: 1, diff: { header: { tier: 'high' } } });
    expect((await factsOf(clinic)).tumor).toBeUndefined();
  });

  test('an earlier ablation date takes back no recorded exam, but may uncover one', async () => {
    const clinic = await recordingClinic([SUSPICIOUS]);
    const later = done(
      await update(clinic, { fields: { ablatedOn: '2026-06-02' } }, { dryRun: true }),
    );
    expect(later.diff.escalations.cancelled.map(({ key }) => key)).toEqual(['esc.x2']);
  });

  test.each([
    [{ fields: { grade: 7 } }, 'grade: the value is not allowed'],
    [{ fields: { colour: 'red' } }, 'colour: this field is not known'],
    [{ fields: { ablatedOn: '2026-06-16' } }, 'ablatedOn: the ablation lies in the future'],
    [{ whole: { id: 'EP-1', laterality: 'left' } }, 'episode.ablation: this field is missing'],
    [{ whole: null }, 'episode: the value has the wrong type'],
  ])('%j is refused with its field', async (facts, says) => {
    const clinic = await recordingClinic();
    expect(refusal(await update(clinic, facts))).toEqual({ fault: 'invalid', says: [says] });
    expect(await clinic.version()).toBe(1);
  });

  test('a first ablation behind a recorded repeat one is refused', async () => {
    const clinic = await recordingClinic([{ type: 'ablation', id: 'r1', date: '2026-03-01' }]);
    const outcome = await update(clinic, { fields: { ablatedOn: '2026-04-01' } });
    expect(refusal(outcome).says).toEqual([
      'events[0].date: a repeat ablation is dated before the first one',
    ]);
  });

  test('who saw an older version is told; without a version both are recorded', async () => {
    const clinic = await recordingClinic();
    const both = await Promise.all([
      update(clinic, { fields: { grade: 2 } }),
      update(clinic, { fields: { tumorSizeMm: 9 } }),
    ]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await factsOf(clinic)).toMatchObject({ tumor: { grade: 2, sizeMm: 9 } });
    const stale = await update(clinic, { fields: { grade: 3 } }, { expected: 1 });
    expect(refusal(stale).fault).toBe('conflict');
  });

  test('an unknown episode', async () => {
    const clinic = await recordingClinic();
    const outcome = await update(clinic, { fields: { grade: 2 } }, { episode: 'EP-7' });
    expect(refusal(outcome).fault).toBe('not-found');
  });
});
