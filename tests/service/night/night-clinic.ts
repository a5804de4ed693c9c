import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { approveProtocol } from '../../../src/service/clinic/approve-protocol.ts';
import { createClinic } from '../../../src/service/clinic/create-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { nightlyDigest, nightlyFiles } from '../../../src/service/night/nightly-files.ts';
import type { NightlyReport } from '../../../src/service/night/nightly-report.ts';
import { type NightlyWork, runNightly } from '../../../src/service/night/run-nightly.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import type { ServiceOutcome } from '../../../src/service/service-outcome.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { ok } from '../../cli/clinic-store.ts';
import { day, SEAL } from '../../store/fixtures.ts';
import { tempFolder } from '../../store/temp-stores.ts';

export type Json = Readonly<Record<string, unknown>>;

export const KINDS = ['memory', 'file'] as const;
export type StoreKind = (typeof KINDS)[number];

/** The files of one night by name. */
export type NightFiles = ReadonlyMap<string, string>;

/** A finished night. */
export interface Night {
  readonly report: NightlyReport;
  readonly files: NightFiles;
  readonly digest: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A clinic in Berlin with an approved protocol, and a clock that the test sets. It begins on 2026-06-15 at 04:15. */
export async function nightClinic(kind: StoreKind) {
  let now = Date.parse('2026-06-15T02:15:00Z');
  let id = 100;
  const settings = { seal: SEAL, uidSecret: 'only for tests', act: { actor: 'nightly', at: now } };
  const store =
    kind === 'memory'
      ? createMemoryStore(settings)
      : await createStore(join(tempFolder(), 'clinic.db'), settings);
  const context: SchedulerContext = {
    store,
    clock: () => now,
    newId: () => {
      id += 1;
      return id;
    },
    actor: 'nightly',
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    sha256,
    protocols: new Map(),
  };
  const clinic = ok(await createClinic(context, { code: 'NORTH', zone: 'Europe/Berlin' }));
  const protocol = 'staged-risk-adapted';
  ok(await approveProtocol(context, { clinic, protocol, clinician: 'Dr. Lee' }));

  const begin = (
    deliver: NightlyWork['deliver'],
    more: Partial<NightlyWork> = {},
  ): Promise<ServiceOutcome<NightlyReport>> =>
    runNightly(context, {
      clinic,
      soonDays: 28,
      holder: 'host-a:1',
      leaseMs: 60_000,
      deliver,
      ...more,
    });

  return {
    context,
    store,
    clinic,
    begin,
    now: () => now,
    /** Sets the clock: `2026-06-16T04:15` at the clinic, in its summer time. */
    at: (text: string) => {
      now = Date.parse(`${text}:00+02:00`);
    },
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    register: async (externalId: string, ablated: string, events: readonly Json[] = []) => {
      const episode = { id: externalId, patientRef: `P-${externalId}`, laterality: 'left' };
      const document = { episode: { ...episode, ablation: { date: ablated } }, events };
      ok(await registerEpisode(context, { clinic, document }));
      const [head] = await store.findEpisodes(clinic.id, { externalId });
      return head?.id ?? 0;
    },
    record: async (episode: string, ...events: readonly Json[]) =>
      ok(await recordEvents(context, { clinic, episode, events, acceptContradictions: true })),
    /** Runs a whole night. */
    night: async (asOf?: string): Promise<Night> => {
      const files = new Map<string, string>();
      const deliver: NightlyWork['deliver'] = async (report) => {
        for (const { name, text } of nightlyFiles(report)) files.set(name, text());
        return { ok: true, value: { digest: digestOf(files) } };
      };
      const report = ok(await begin(deliver, asOf === undefined ? {} : { asOf: day(asOf) }));
      return { report, files, digest: digestOf(files) };
    },
  };
}

export type NightClinic = Awaited<ReturnType<typeof nightClinic>>;

export function digestOf(files: NightFiles): string {
  const listed = [...files].map(([name, text]) => ({ name, sha256: sha256(text) }));
  return nightlyDigest({ sha256 }, listed);
}
