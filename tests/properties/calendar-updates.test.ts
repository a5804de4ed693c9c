import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { addDays } from '../../src/domain/civil-date.ts';
import { toIcs } from '../../src/export/ics.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { refreshCalendar } from '../../src/service/calendar/refresh-calendar.ts';
import { storeCalendar } from '../../src/service/calendar/store-calendar.ts';
import { planCase } from '../../src/service/case/plan-case.ts';
import type { SchedulerContext } from '../../src/service/scheduler-context.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { type Held, shown, takenIn } from '../export/calendar-client.ts';
import { readEvents } from '../export/read-calendar.ts';
import { act, furnish, NORTH, newEpisode, SEAL, UID_SECRET, value } from '../store/fixtures.ts';
import { anyProtocol, cases, RUNS, read } from './arbitraries.ts';

const EPISODE = 10;
const DAY = 86_400_000;
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

/** One visit of the clinic to its plan: what is known by then, and when. */
interface Step {
  /** How many of the events are recorded, in per cent. */
  readonly share: number;
  readonly daysLater: number;
  /** Whether the reader fetches the calendar after this step. */
  readonly fetched: boolean;
}

/** At most two fetches in a row are missed: 87 days, less than a tombstone stays. */
const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      share: fc.integer({ min: 0, max: 100 }),
      daysLater: fc.integer({ min: 0, max: 29 }),
      fetched: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((all) =>
    all.map((step, index) => ({
      ...step,
      fetched: step.fetched || index % 3 === 2 || index === all.length - 1,
    })),
  );

function planAt(caseFile: CaseFile, protocol: Protocol, step: Step, days: number): Plan {
  const known = Math.round((caseFile.events.length * step.share) / 100);
  const ids = new Set(caseFile.events.slice(0, known).map(({ id }) => id));
  const events = caseFile.events
    .slice(0, known)
    .filter((event) => !('of' in event) || ids.has(event.of));
  const asOf = addDays(caseFile.episode.ablation.date, 30 + days * 12);
  return planCase({ ...caseFile, events }, { protocol, today: asOf, asOf });
}

async function emptyClinic() {
  const clock = { now: act().at };
  const store = await furnish(createMemoryStore({ seal: SEAL, uidSecret: UID_SECRET, act: act() }));
  value(await store.registerEpisodes(act(), { clinic: NORTH.id, episodes: [newEpisode(EPISODE)] }));
  const context: SchedulerContext = {
    store,
    clock: () => clock.now,
    newId: () => 0,
    actor: 'nightly',
    hmac,
    sha256: (text) => text,
    protocols: new Map(),
  };
  return { context, clock };
}

type Privacy = 'minimal' | 'coded';

async function refreshed(context: SchedulerContext, plan: Plan, privacy: Privacy) {
  const outcome = await refreshCalendar(context, {
    clinic: NORTH,
    episode: EPISODE,
    version: 1,
    plan,
    privacy,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function written(context: SchedulerContext, privacy: Privacy): Promise<string> {
  const outcome = await storeCalendar(context, {
    clinic: NORTH,
    subject: { of: 'clinic' },
    privacy,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value.text;
}

/** What a reader must show: the calendar as it would be written for the first time. */
function expected(plan: Plan, privacy: Privacy) {
  const uid = (_: string, key: string) => hmac(UID_SECRET, `${EPISODE}\n${key}`).slice(0, 40);
  return readEvents(toIcs([plan], { uid, privacy }))
    .map(({ sequence: _, stamp: __, modified: ___, created: ____, ...event }) => event)
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

function sequences(text: string): Map<string, number> {
  return new Map(readEvents(text).map(({ uid, sequence }) => [uid, sequence]));
}

describe('after any sequence of re-plans', () => {
  it('a reader that missed some files shows exactly what is planned, and no SEQUENCE falls', async () => {
    await fc.assert(
      fc.asyncProperty(
        cases,
        anyProtocol,
        steps,
        fc.constantFrom<Privacy>('minimal', 'coded'),
        async ({ document }, protocol, walk, privacy) => {
          const { context, clock } = await emptyClinic();
          const caseFile = read(document);
          let held: Held = new Map();
          let before = new Map<string, number>();
          let days = 0;
          for (const step of walk) {
            days += step.daysLater;
            clock.now += step.daysLater * DAY;
            const plan = planAt(caseFile, protocol, step, days);
            await refreshed(context, plan, privacy);
            const text = await written(context, privacy);
            const now = sequences(text);
            for (const [uid, sequence] of now) {
              expect(sequence).toBeGreaterThanOrEqual(before.get(uid) ?? 0);
            }
            before = new Map([...before, ...now]);
            if (!step.fetched) continue;
            held = takenIn(held, readEvents(text));
            expect(
              shown(held).map(
                ({ sequence: _, stamp: __, modified: ___, created: ____, ...event }) => event,
              ),
            ).toEqual(expected(plan, privacy));
          }
        },
      ),
      RUNS,
    );
  });

  it('the same state writes nothing and gives the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(cases, anyProtocol, steps, async ({ document }, protocol, walk) => {
        const { context, clock } = await emptyClinic();
        const caseFile = read(document);
        let days = 0;
        for (const step of walk) {
          days += step.daysLater;
          clock.now += step.daysLater * DAY;
          const plan = planAt(caseFile, protocol, step, days);
          await refreshed(context, plan, 'coded');
          const before = {
            text: await written(context, 'coded'),
            head: await context.store.auditHead(),
          };
          expect(await refreshed(context, plan, 'coded')).toMatchObject({
            added: 0,
            changed: 0,
            cancelled: 0,
          });
          const after = {
            text: await written(context, 'coded'),
            head: await context.store.auditHead(),
          };
          expect(after).toEqual(before);
        }
      }),
      RUNS,
    );
  });
});
