import { describe, expect, test } from 'vitest';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { updateEpisode } from '../../../src/service/episode/update-episode.ts';
import { NORTH } from '../../store/fixtures.ts';
import { BASELINE, done, recordingClinic, refusal, SUSPICIOUS } from './recording-clinic.ts';

const CLOSURE = { id: 'end', type: 'closure', date: '2026-06-01', reason: 'withdrew' };

describe('an open escalation', () => {
  test('is taken back by a correction of its exam only by somebody who may decide', async () => {
    const { context } = await recordingClinic([SUSPICIOUS]);
    const events = [{ type: 'correction', date: '2026-06-10', of: SUSPICIOUS.id, reason: 'typo' }];
    const work = { clinic: NORTH, episode: 'EP-1', events };
    const refused = refusal(await recordEvents(context, { ...work, mayDecide: false }));
    expect(refused.fault).toBe('refused');
    expect(refused.says.join()).toMatch(/take back what is open \(.* by \d{4}-\d\d-\d\d\)/);
    done(await recordEvents(context, { ...work, mayDecide: true }));
  });

  test('is taken back by other facts only by somebody who may decide', async () => {
    const { context } = await recordingClinic([SUSPICIOUS]);
    const facts = { fields: { ablatedOn: '2026-06-01' } };
    const work = { clinic: NORTH, episode: 'EP-1', facts };
    const before = await context.store.auditHead();
    expect(refusal(await updateEpisode(context, { ...work, mayDecide: false }))).toMatchObject({
      fault: 'refused',
    });
    expect(await context.store.auditHead()).toEqual(before);
    done(await updateEpisode(context, { ...work, mayDecide: true }));
  });

  test('is left unanswered by a history that ends over it only by somebody who may decide', async () => {
    const { context } = await recordingClinic([]);
    const episode = { id: 'EP-9', laterality: 'left', ablation: { date: '2026-01-15' } };
    const document = { episode, events: [SUSPICIOUS, CLOSURE] };
    const work = { clinic: NORTH, document };
    expect(refusal(await registerEpisode(context, { ...work, mayDecide: false }))).toMatchObject({
      fault: 'refused',
    });
    done(await registerEpisode(context, { ...work, mayDecide: true }));
  });
});

test('who decides nothing may correct whatever raised no escalation', async () => {
  const { context } = await recordingClinic([BASELINE]);
  const events = [{ type: 'correction', date: '2026-06-10', of: BASELINE.id, reason: 'typo' }];
  const work = { clinic: NORTH, episode: 'EP-1', events, mayDecide: false };
  done(await recordEvents(context, { ...work, acceptContradictions: true }));
});
