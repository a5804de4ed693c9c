import { describe, expect, test } from 'vitest';
import type { CaseEvent, EventType } from '../../../src/domain/event.ts';
import { planEpisode } from '../../../src/service/episode/plan-episode.ts';
import { recordableTypes } from '../../../src/service/episode/recordable-types.ts';
import { NORTH } from '../../store/fixtures.ts';
import { done, recordingClinic, SUSPICIOUS } from './recording-clinic.ts';

async function offered(events: Parameters<typeof recordingClinic>[0]) {
  const { context } = await recordingClinic(events);
  return recordableTypes(done(await planEpisode(context, { clinic: NORTH, episode: 'EP-1' })));
}

const CLOSURE = { id: 'end', type: 'closure', date: '2026-06-01', reason: 'withdrew' };
const SUSPENSION = { id: 'stop', type: 'suspension', date: '2026-06-01' };
const VISITS: readonly EventType[] = ['booking', 'deferral', 'decline'];

describe('what can be recorded', () => {
  test('of an episode that goes on: its visits and its end, but no reopening', async () => {
    const types = await offered([]);
    for (const type of [...VISITS, 'closure', 'surgery', 'suspension'] as const) {
      expect(types, type).toContain(type);
    }
    for (const type of ['reopening', 'resumption', 'decision', 'report', 'correction'] as const) {
      expect(types, type).not.toContain(type);
    }
  });

  test('of one that ended: what came late, a correction, a reopening, and nothing of its visits', async () => {
    const types = await offered([SUSPICIOUS, CLOSURE]);
    expect([...types].toSorted()).toEqual([
      'ablation',
      'constraint',
      'contact',
      'correction',
      'imaging',
      'pathology',
      'reopening',
      'report',
    ] satisfies readonly CaseEvent['type'][]);
  });

  test('of one that is suspended: also that it resumes', async () => {
    expect(await offered([SUSPENSION])).toContain('resumption');
  });

  test('of one with an open escalation: also a decision about it', async () => {
    expect(await offered([SUSPICIOUS])).toContain('decision');
  });
});
