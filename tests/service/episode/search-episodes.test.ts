import { beforeAll, describe, expect, test } from 'vitest';
import { calendarIdentity } from '../../../src/service/calendar/calendar-identity.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { searchEpisodes } from '../../../src/service/episode/search-episodes.ts';
import { NORTH } from '../../store/fixtures.ts';
import { done, type RecordingClinic, recordingClinic } from './recording-clinic.ts';

let clinic: RecordingClinic;

beforeAll(async () => {
  clinic = await recordingClinic();
  for (const number of [2, 3, 4, 5]) {
    const document = {
      episode: {
        id: `EP-${number}`,
        patientRef: `S-${number % 2}`,
        laterality: 'left',
        ablation: { date: `2026-01-1${number}` },
      },
      events: [],
    };
    done(await registerEpisode(clinic.context, { clinic: NORTH, document }));
  }
});

async function found(text: string, { skip = 0, limit = 10 } = {}) {
  const { episodes, total } = await searchEpisodes(clinic.context, {
    clinic: NORTH,
    text,
    skip,
    limit,
  });
  return { ids: episodes.map(({ row }) => row.id), total };
}

describe('searching episodes', () => {
  test('an empty text finds all, in the order of registration', async () => {
    expect(await found(' ')).toEqual({ ids: ['EP-1', 'EP-2', 'EP-3', 'EP-4', 'EP-5'], total: 5 });
  });

  test('a part of an id or of a reference finds, in any case', async () => {
    expect(await found('p-4')).toEqual({ ids: ['EP-4'], total: 1 });
    expect(await found('s-1')).toEqual({ ids: ['EP-3', 'EP-5'], total: 2 });
    expect(await found('S-9')).toEqual({ ids: [], total: 0 });
  });

  test('only the part that is asked for is told, and how many there are', async () => {
    expect(await found('', { skip: 1, limit: 2 })).toEqual({ ids: ['EP-2', 'EP-3'], total: 5 });
    expect(await found('', { skip: 9 })).toEqual({ ids: [], total: 5 });
  });

  test('the code of a visit finds its episode, and no part of a code does', async () => {
    const [head] = await clinic.store.findEpisodes(NORTH.id, { externalId: 'EP-4' });
    const { code } = await calendarIdentity(clinic.context);
    const whole = code(head?.id ?? 0, 'a1.interval-1');
    expect((await found(whole.toLowerCase())).ids).toEqual(['EP-4']);
    expect((await found(whole.slice(0, 7))).ids).toEqual([]);
  });
});
