import { describe, expect, test } from 'vitest';
import { parseDay } from '../../../src/domain/civil-date.ts';
import { calendarIdentity } from '../../../src/service/calendar/calendar-identity.ts';
import { reviewEpisode } from '../../../src/service/episode/review-episode.ts';
import { NORTH } from '../../store/fixtures.ts';
import {
  BASELINE,
  done,
  type RecordingClinic,
  recordingClinic,
  refusal,
  SUSPICIOUS,
} from './recording-clinic.ts';

const CORRECTION = {
  type: 'correction',
  id: 'c1',
  date: '2026-06-10',
  of: 'x2',
  reason: 'another patient',
};

async function review({ context }: RecordingClinic, asOf?: string, episode = 'EP-1') {
  const day = asOf === undefined ? undefined : parseDay(asOf);
  return reviewEpisode(context, { clinic: NORTH, episode, asOf: day });
}

describe('the review of an episode', () => {
  test('tells of each event whether it stands, and of one that does not which correction took it back', async () => {
    const clinic = await recordingClinic([BASELINE, SUSPICIOUS, CORRECTION]);
    const { history, later } = done(await review(clinic));
    expect(history.map(({ event, takenBackBy }) => [event.id, takenBackBy])).toEqual([
      ['x1', null],
      ['x2', 'c1'],
      ['c1', null],
    ]);
    expect(later).toBe(0);
  });

  test('of a day knows the events until then: what was taken back later still stands', async () => {
    const clinic = await recordingClinic([BASELINE, SUSPICIOUS, CORRECTION]);
    const { history, later, asOf, today, plan } = done(await review(clinic, '2026-06-09'));
    expect(history.map(({ event, takenBackBy }) => [event.id, takenBackBy])).toEqual([
      ['x1', null],
      ['x2', null],
    ]);
    expect([later, asOf, today]).toEqual([1, '2026-06-09', '2026-06-15']);
    expect(plan?.escalations.map(({ key }) => key)).toEqual(['esc.x2']);
  });

  test('of its own day an event is known', async () => {
    const clinic = await recordingClinic([BASELINE, SUSPICIOUS, CORRECTION]);
    const { history } = done(await review(clinic, '2026-06-10'));
    expect(history.map(({ takenBackBy }) => takenBackBy)).toEqual([null, 'c1', null]);
  });

  test('tells the code of each visit as calendars show it', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const { codes, plan } = done(await review(clinic));
    const [head] = await clinic.store.findEpisodes(NORTH.id, { externalId: 'EP-1' });
    const { code } = await calendarIdentity(clinic.context);
    expect([...codes.keys()]).toEqual(plan?.visits.map(({ key }) => key));
    expect(codes.get('a1.baseline')).toBe(code(head?.id ?? 0, 'a1.baseline'));
  });

  test('of an episode that is not there is not found', async () => {
    const clinic = await recordingClinic();
    expect(refusal(await review(clinic, undefined, 'EP-2')).fault).toBe('not-found');
  });
});
