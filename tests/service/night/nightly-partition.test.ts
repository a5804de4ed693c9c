import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../../src/domain/case-file.ts';
import { addDays, type Day, dayFromCivil, formatDay } from '../../../src/domain/civil-date.ts';
import type { CaseEvent } from '../../../src/domain/event.ts';
import { BUCKET_NAMES } from '../../../src/plan/worklist-buckets.ts';
import type { RowChange } from '../../../src/plan/worklist-diff.ts';
import type { WorklistRow } from '../../../src/plan/worklist-row.ts';
import { approveProtocol } from '../../../src/service/clinic/approve-protocol.ts';
import { createClinic } from '../../../src/service/clinic/create-clinic.ts';
import { planStored } from '../../../src/service/episode/plan-stored.ts';
import { listDue } from '../../../src/service/night/list-due.ts';
import type { NightlyReport } from '../../../src/service/night/nightly-report.ts';
import { runNightly } from '../../../src/service/night/run-nightly.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import type { ProtocolPin } from '../../../src/store/stored-protocol.ts';
import { openItems } from '../../../src/worklist/open-items.ts';
import { ok } from '../../cli/clinic-store.ts';
import { shippedProtocol } from '../../cli/memory-surroundings.ts';
import { cases, RUNS, read } from '../../properties/arbitraries.ts';
import { SEAL, value } from '../../store/fixtures.ts';
import { tempFolder } from '../../store/temp-stores.ts';
import { KINDS, type StoreKind } from './night-clinic.ts';

/** Each run of a property walks through many nights of a whole cohort. */
const COHORTS = { numRuns: Math.max(2, Math.ceil(RUNS.numRuns / 12)) };
const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** Some histories, each of which becomes known event by event as nights go by, and what else happens. */
const cohorts = fc.record({
  histories: fc.array(cases, { minLength: 1, maxLength: 4 }),
  start: fc.integer({ min: 0, max: 1500 }),
  strides: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 6 }),
  /** Night and place of an episode of which something else than an event is changed. */
  erased: fc.tuple(fc.nat(5), fc.nat(3)),
  adopted: fc.tuple(fc.nat(5), fc.nat(3)),
  revised: fc.tuple(fc.nat(5), fc.nat(3)),
});

type Cohort = typeof cohorts extends fc.Arbitrary<infer T> ? T : never;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A clinic that lives through the nights of a generated cohort. */
class GeneratedClinic {
  readonly context: SchedulerContext;
  readonly #clinic: Awaited<ReturnType<typeof clinicIn>>['clinic'];
  readonly #pins: readonly ProtocolPin[];
  readonly #cases: readonly CaseFile[];
  readonly #numbers = new Map<number, number>();
  readonly #told = new Map<number, Set<string>>();
  readonly #clock: { now: number };
  erased = 0;

  private constructor(
    made: Awaited<ReturnType<typeof clinicIn>>,
    cases: readonly CaseFile[],
    clock: { now: number },
  ) {
    this.context = made.context;
    this.#clinic = made.clinic;
    this.#pins = made.pins;
    this.#cases = cases;
    this.#clock = clock;
  }

  static async of(kind: StoreKind, { histories, start }: Cohort) {
    const cases = histories.map(({ document }, place) => {
      const episode = { ...document.episode, id: `E${place}`, patientRef: `P${place}` };
      return read({ ...document, episode });
    });
    const clock = { now: addDays(dayFromCivil(2026, 1, 31), start) * DAY_MS };
    return new GeneratedClinic(await clinicIn(kind, clock), cases, clock);
  }

  get today(): Day {
    return Math.floor(this.#clock.now / DAY_MS) as Day;
  }

  passDays(days: number): void {
    this.#clock.now += days * DAY_MS;
  }

  /** Records all that has happened by now and is not recorded yet. Gives the ids of the events. */
  async recordWhatHappened(): Promise<ReadonlySet<string>> {
    const recorded = new Set<string>();
    for (const [place, { episode, events }] of this.#cases.entries()) {
      if (this.#isErased(place) || episode.ablation.date > this.today) continue;
      const known = this.#told.get(place) ?? new Set();
      const fresh = events.filter(({ id, date }) => date <= this.today && !known.has(id));
      for (const { id } of fresh) {
        known.add(id);
        recorded.add(id);
      }
      this.#told.set(place, known);
      await this.#record(place, fresh);
    }
    return recorded;
  }

  async #record(place: number, events: readonly CaseEvent[]): Promise<void> {
    const { store } = this.context;
    const clinic = this.#clinic.id;
    const id = this.#numbers.get(place);
    const facts = this.#cases[place]?.episode;
    const [protocol] = this.#pins;
    if (facts === undefined || protocol === undefined) throw new Error('no such case');
    if (id === undefined) {
      const made = this.context.newId();
      const episodes = [{ id: made, facts, protocol, events }];
      value(await store.registerEpisodes(this.#act(), { clinic, episodes }));
      this.#numbers.set(place, made);
    } else if (events.length > 0) {
      const { version } = value(await store.loadCase({ clinic, episode: id }));
      const work = { clinic, episode: id, expected: version, events };
      value(await store.appendEvents(this.#act(), work));
    }
  }

  async erase(place: number): Promise<boolean> {
    const episode = this.#numbers.get(place);
    if (episode === undefined || this.#isErased(place)) return false;
    const work = {
      clinic: this.#clinic.id,
      whose: { episode },
      ground: 'patient-request',
    } as const;
    value(await this.context.store.erasePatient(this.#act(), work));
    this.#numbers.set(place, Number.NaN);
    this.erased += 1;
    return true;
  }

  async adopt(place: number): Promise<boolean> {
    const stored = await this.#stored(place);
    const pin = this.#pins[1];
    if (stored === undefined || pin === undefined) return false;
    const scope = { clinic: this.#clinic.id, episode: stored.id, expected: stored.version };
    value(await this.context.store.pinProtocol(this.#act(), { ...scope, protocol: pin }));
    return true;
  }

  async revise(place: number): Promise<boolean> {
    const stored = await this.#stored(place);
    if (stored === undefined) return false;
    const facts = { ...stored.caseFile.episode, tumor: { sizeMm: 19, grade: 3 } } as const;
    const scope = { clinic: this.#clinic.id, episode: stored.id, expected: stored.version };
    value(await this.context.store.reviseEpisode(this.#act(), { ...scope, facts }));
    return true;
  }

  async night(): Promise<NightlyReport> {
    const deliver = async () => ({ ok: true, value: { digest: 'd' } }) as const;
    const about = { clinic: this.#clinic, soonDays: SOON_DAYS, holder: 'h', leaseMs: 60_000 };
    return ok(await runNightly(this.context, { ...about, deliver }));
  }

  /** The rows of `due` on a day, later ones too. */
  async due(asOf: Day): Promise<readonly WorklistRow[]> {
    const request = { clinics: [this.#clinic], asOf, soonDays: SOON_DAYS };
    const { worklist, unplanned } = ok(await listDue(this.context, request));
    expect(unplanned).toEqual([]);
    return worklist.rows;
  }

  /** What is open on a day, straight from the plans: episode and item. */
  async open(asOf: Day): Promise<string[]> {
    const { store } = this.context;
    const stored = await store.pageCases({ clinic: this.#clinic.id, after: 0, limit: 99 });
    const keys: string[] = [];
    for (const each of stored) {
      const plan = ok(await planStored(this.context, this.#clinic.id, each, { asOf }));
      const { escalations, staged, lanes } = openItems(plan);
      const open = [...escalations, ...lanes, ...(staged === null ? [] : [staged])];
      keys.push(...open.map(({ key }) => `${plan.episode.id} ${key}`));
    }
    return keys;
  }

  async #stored(place: number) {
    const episode = this.#numbers.get(place);
    if (episode === undefined || this.#isErased(place)) return undefined;
    return value(await this.context.store.loadCase({ clinic: this.#clinic.id, episode }));
  }

  #isErased(place: number): boolean {
    return Number.isNaN(this.#numbers.get(place));
  }

  #act() {
    return { actor: 'nurse', at: this.#clock.now };
  }
}

async function clinicIn(kind: StoreKind, clock: { readonly now: number }) {
  const settings = { seal: SEAL, uidSecret: 's', act: { actor: 'a', at: clock.now } };
  const store =
    kind === 'memory'
      ? createMemoryStore(settings)
      : await createStore(join(tempFolder(), 'clinic.db'), settings);
  let id = 100;
  const context: SchedulerContext = {
    store,
    clock: () => clock.now,
    newId: () => {
      id += 1;
      return id;
    },
    actor: 'nightly',
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    sha256,
    protocols: new Map(),
  };
  const clinic = ok(await createClinic(context, { code: 'NORTH', zone: 'UTC' }));
  const shipped = shippedProtocol('staged-risk-adapted');
  const baseline = { earliestMonths: 2, targetMonths: 4, latestMonths: 6, modalities: ['MRI'] };
  const other = { ...shipped, version: '9.0.0', baseline };
  const pins: ProtocolPin[] = [];
  for (const protocol of [shipped, other]) {
    pins.push(ok(await approveProtocol(context, { clinic, protocol, clinician: 'L' })).pin);
  }
  return { context, clinic, pins };
}

const nameOf = ({ episode, item }: WorklistRow) => `${episode} ${item}`;

function leftBetween(before: NightlyReport, after: NightlyReport): WorklistRow[] {
  const kept = new Set(after.worklist.rows.map(nameOf));
  return before.worklist.rows.filter((row) => !kept.has(nameOf(row)));
}

function changesByName({ changes }: NightlyReport): Map<string, RowChange> {
  const {
    becameOverdue = [],
    appeared = [],
    moved = [],
    changed = [],
    resolved = [],
  } = changes ?? {};
  return new Map(
    [becameOverdue, appeared, moved, changed, resolved].flat().flatMap((change) => {
      const row = change.after ?? change.before;
      return row === null ? [] : [[nameOf(row), change] as const];
    }),
  );
}

/** What was done between two nights. */
interface Between {
  readonly recorded: ReadonlySet<string>;
  readonly erased: boolean;
  readonly adopted: boolean;
  readonly revised: boolean;
}

/** Whoever left the list did so because of something that was done. */
function expectCauses(before: NightlyReport, after: NightlyReport, between: Between): void {
  const told = changesByName(after);
  const present = new Set(after.worklist.rows.map(({ episode }) => episode));
  for (const row of leftBetween(before, after)) {
    const change = told.get(nameOf(row));
    if (change === undefined) {
      // Of an erased patient no more is told than that there was one.
      expect(between.erased).toBe(true);
      expect(present).not.toContain(row.episode);
    } else expectCause(change, between);
  }
}

function expectCause({ cause, after }: RowChange, { recorded, adopted, revised }: Between): void {
  switch (cause.kind) {
    case 'event':
      expect(recorded).toContain(cause.event);
      break;
    case 'protocol':
      expect(adopted).toBe(true);
      break;
    case 'facts':
      // A correction of a correction leaves no event that could be named.
      expect(revised || recorded.size > 0).toBe(true);
      break;
    case 'as-of':
      // A suspension is over, and the visit that waited for it lies far ahead: it is open still.
      expect(after?.bucket).toBe('later');
      break;
    default:
      expect([cause.kind, recorded.size > 0]).toEqual(['event-removed', true]);
  }
}

/** Whoever is on the list anew, or in another bucket, is told of. */
function expectChangesTold(before: NightlyReport, after: NightlyReport): void {
  const told = changesByName(after);
  const buckets = new Map(before.worklist.rows.map((row) => [nameOf(row), row.bucket]));
  for (const row of after.worklist.rows) {
    if (buckets.get(nameOf(row)) !== row.bucket) expect(told.has(nameOf(row))).toBe(true);
  }
}

describe.each(KINDS)('a generated cohort in a store in %s', (kind) => {
  it('has on every day each open item in exactly one bucket', async () => {
    await fc.assert(
      fc.asyncProperty(cohorts, async (cohort) => {
        const clinic = await GeneratedClinic.of(kind, cohort);
        clinic.passDays(60);
        await clinic.recordWhatHappened();
        for (let step = 0; step <= 120; step += 6) {
          const asOf = addDays(clinic.today, step - 60);
          const rows = await clinic.due(asOf);
          const items = rows.map(nameOf);
          expect(new Set(items).size).toBe(items.length);
          for (const { bucket } of rows) expect(BUCKET_NAMES).toContain(bucket);
          const timed = rows.filter(({ kind: item }) =>
            ['escalation', 'staged', 'lane'].includes(item),
          );
          expect(timed.map(nameOf).sort()).toEqual((await clinic.open(asOf)).sort());
        }
        await clinic.context.store.close();
      }),
      COHORTS,
    );
  });

  it('loses nobody from one night to the next without a line that names the cause', async () => {
    await fc.assert(
      fc.asyncProperty(cohorts, async (cohort) => {
        const clinic = await GeneratedClinic.of(kind, cohort);
        await clinic.recordWhatHappened();
        let before = await clinic.night();
        for (const [night, stride] of cohort.strides.entries()) {
          clinic.passDays(stride);
          const recorded = await clinic.recordWhatHappened();
          const [erased, adopted, revised] = [
            cohort.erased[0] === night && (await clinic.erase(cohort.erased[1])),
            cohort.adopted[0] === night && (await clinic.adopt(cohort.adopted[1])),
            cohort.revised[0] === night && (await clinic.revise(cohort.revised[1])),
          ];
          const after = await clinic.night();
          expect(after).toMatchObject({ since: before.asOf, missedNights: stride - 1 });
          expect(after.erased).toBe(erased ? 1 : 0);
          expectCauses(before, after, { recorded, erased, adopted, revised });
          expectChangesTold(before, after);
          before = after;
        }
        expect(formatDay(clinic.today)).toBe(before.asOf);
        await clinic.context.store.close();
      }),
      COHORTS,
    );
  });
});
