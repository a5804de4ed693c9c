import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CalendarPrivacy } from '../../../src/domain/calendar-privacy.ts';
import { dayInZone } from '../../../src/domain/clock.ts';
import { parseCase } from '../../../src/input/parse-case.ts';
import { parseEvents } from '../../../src/input/parse-events.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { refreshCalendar } from '../../../src/service/calendar/refresh-calendar.ts';
import {
  type CalendarSubject,
  storeCalendar,
} from '../../../src/service/calendar/store-calendar.ts';
import { planStored } from '../../../src/service/episode/plan-stored.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import type { ServiceOutcome } from '../../../src/service/service-outcome.ts';
import type { Clinic } from '../../../src/store/clinic.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { day, SEAL, value } from '../../store/fixtures.ts';

type Json = Readonly<Record<string, unknown>>;

const DOCUMENT = readFileSync(
  new URL('../../cases/staged-risk-adapted.protocol.json', import.meta.url),
  'utf8',
);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const PROTOCOL = { id: 'staged-risk-adapted', version: '1.0.0', hash: sha256(DOCUMENT) };
const SECRET = 'only for tests';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const CLINIC: Clinic = { id: 1, code: 'NORTH', name: 'North', zone: 'Europe/Berlin' };

/** What a use case gave; a fault of it fails the test. */
export function given<T>(outcome: ServiceOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome));
}

/** A clinic with a memory store and a clock of its own, on 2026-01-20 at 12:00Z. */
export async function calendarClinic(clinic = CLINIC) {
  let now = Date.UTC(2026, 0, 20, 12);
  let number = 100;
  const act = () => ({ actor: 'dr-lee', at: now });
  const store = createMemoryStore({ seal: SEAL, uidSecret: SECRET, act: act() });
  value(await store.createClinic(act(), clinic));
  value(
    await store.recordProtocol(act(), {
      clinic: clinic.id,
      protocol: { ...PROTOCOL, document: DOCUMENT },
    }),
  );
  const approval = { ...PROTOCOL, clinician: 'Dr. Lee', date: day('2026-01-01'), note: 'tests' };
  value(await store.approveProtocol(act(), { clinic: clinic.id, approval }));
  const context: SchedulerContext = {
    store,
    clock: () => now,
    newId: () => {
      number += 1;
      return number;
    },
    actor: 'dr-lee',
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    sha256,
    protocols: new Map(),
  };

  const load = async (episode: number) =>
    value(await store.loadCase({ clinic: clinic.id, episode }));

  const plan = async (episode: number): Promise<Plan> =>
    given(
      await planStored(context, clinic.id, await load(episode), {
        asOf: dayInZone(now, clinic.zone),
      }),
    );

  return {
    context,
    store,
    clinic,
    load,
    plan,
    now: () => now,
    /** Lets time pass. */
    wait: (days: number, minutes = 0) => {
      now += days * DAY + minutes * MINUTE;
    },
    /** Registers an episode of an ablation on 15 January 2026; gives its number in the store. */
    add: async (externalId: string, patientRef: string, events: readonly Json[] = []) => {
      const episode = { id: externalId, patientRef, laterality: 'left' };
      const parsed = parseCase({
        episode: { ...episode, ablation: { date: '2026-01-15' } },
        events,
      });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const id = context.newId();
      value(
        await store.registerEpisodes(act(), {
          clinic: clinic.id,
          episodes: [
            { id, facts: parsed.value.episode, protocol: PROTOCOL, events: parsed.value.events },
          ],
        }),
      );
      return id;
    },
    /** Records events as they stand in a case file. */
    record: async (episode: number, ...events: readonly Json[]) => {
      const { caseFile, version } = await load(episode);
      const parsed = parseEvents(events, caseFile);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const work = { clinic: clinic.id, episode, expected: version, events: parsed.value };
      value(await store.appendEvents(act(), work));
    },
    refresh: async (episode: number, privacy: CalendarPrivacy = 'minimal') => {
      const { version } = await load(episode);
      const work = { clinic, episode, version, plan: await plan(episode), privacy };
      return given(await refreshCalendar(context, work));
    },
    calendar: async (
      privacy: CalendarPrivacy = 'minimal',
      subject: CalendarSubject = { of: 'clinic' },
    ) => given(await storeCalendar(context, { clinic, subject, privacy })),
  };
}

export type CalendarClinic = Awaited<ReturnType<typeof calendarClinic>>;
