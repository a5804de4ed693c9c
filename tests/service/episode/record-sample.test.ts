import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findEpisode } from '../../../src/service/episode/find-episode.ts';
import { planStored } from '../../../src/service/episode/plan-stored.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { day, NORTH } from '../../store/fixtures.ts';
import { contextOf, memoryClinic } from '../cohort/cohort-clinic.ts';
import { done, TODAY } from './recording-clinic.ts';

interface Sample {
  readonly episode: { readonly id: string };
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly date: string;
    readonly appointment?: string;
  }[];
}

const SAMPLES: readonly Sample[] = readFileSync(
  new URL('../../../examples/clinic/episodes.ndjson', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** The surgery of EP-2010 is the treatment that its findings asked for. */
const SURGERY = { escalations: ['esc.p1', 'esc.x5'], reason: 'this is the treatment' };

describe('the histories of the sample clinic', () => {
  test.each(SAMPLES.map((sample) => [sample.episode.id, sample] as const))(
    '%s, recorded one by one, contradict nothing and give the plan of the whole case',
    async (id, { episode, events }) => {
      const context = { ...contextOf(await memoryClinic()), clock: () => TODAY };
      const whole = done(
        await registerEpisode(context, {
          clinic: NORTH,
          document: { episode, events },
          dryRun: true,
        }),
      );
      done(await registerEpisode(context, { clinic: NORTH, document: { episode, events: [] } }));
      for (const event of events.toSorted((a, b) =>
        a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
      )) {
        const acknowledgement = event.type === 'surgery' ? SURGERY : undefined;
        // An appointment that nobody came to is told late here: it has to be accepted.
        const acceptContradictions = (event.appointment ?? '9999') < '2026-06-15';
        const more = { acknowledgement, acceptContradictions };
        done(await recordEvents(context, { clinic: NORTH, episode: id, events: [event], ...more }));
      }
      const stored = done(await findEpisode(context, NORTH, id));
      expect(stored.version).toBe(events.length + 1);
      const plan = await planStored(context, NORTH.id, stored, { asOf: day('2026-06-15') });
      expect(done(plan)).toEqual(whole.plan);
    },
  );
});
