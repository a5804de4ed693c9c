import { type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Worklist, WorklistRow } from '../../plan/worklist-row.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
import { makeWorklist, replaceRows, type WorklistDay } from '../../worklist/worklist.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { type RowSettingsOf, rowSettings } from './row-settings.ts';

/** Asks for the whole worklist of a clinic, today at the clinic. */
interface BookRequest {
  readonly clinic: Clinic;
  /** How many days ahead a window that opens is "soon"; 0 or more. */
  readonly soonDays: number;
}

/** The worklist of a clinic, with every bucket. */
interface OpenWorklist {
  readonly worklist: Worklist;
  /** Whoever reads the list must be told of these. */
  readonly unplanned: readonly UnplannedEpisode[];
}

/** What is kept of one episode. */
interface EpisodeRows {
  readonly rows: readonly WorklistRow[];
  readonly unplanned: UnplannedEpisode | null;
}

interface Kept extends OpenWorklist {
  /** Number of the audit row up to which it is told. */
  readonly upTo: number;
  readonly closedDays: string | null;
  /** By the store's number of the episode. */
  readonly episodes: ReadonlyMap<number, EpisodeRows>;
}

/** So many episodes are planned between two rests. */
const AT_ONCE = 20;

/** Gives others their turn. */
type Rest = () => Promise<void>;

const NO_REST: Rest = async () => undefined;

/** So many rows of lists are kept, some 600 bytes each; the list that was asked for longest ago goes first. */
const MOST_ROWS = 500_000;

/**
 * The worklists of today, kept between requests. They rest on the audit log: every change of the store,
 * whoever makes it, adds a row to it, and what was changed behind the last row that was read is planned
 * anew before a list is handed out. Nothing is told that is older than the request.
 */
export class WorklistBook {
  readonly #rest: Rest;
  readonly #mostRows: number;
  /** The longest unasked first. */
  readonly #kept = new Map<string, Kept>();
  #rows = 0;
  /** Those being told: who asks meanwhile for the same waits for the same answer. */
  readonly #telling = new Map<string, Promise<ServiceOutcome<Kept>>>();

  /** `rest` gives others their turn while the whole list of a clinic is told. */
  constructor(rest: Rest = NO_REST, mostRows = MOST_ROWS) {
    this.#rest = rest;
    this.#mostRows = mostRows;
  }

  async worklist(
    context: SchedulerContext,
    request: BookRequest,
  ): Promise<ServiceOutcome<OpenWorklist>> {
    const { clinic, soonDays } = request;
    const asOf = dayInZone(context.clock(), clinic.zone);
    const key = `${clinic.id} ${asOf} ${soonDays}`;
    const { seq } = await context.store.auditHead();
    const kept = this.#kept.get(key);
    if (kept?.upTo === seq) {
      this.#keep(key, kept);
      return succeed(kept);
    }
    const moment = `${key} ${seq}`;
    const telling =
      this.#telling.get(moment) ??
      this.#tell(context, request, asOf, seq, kept).finally(() => this.#telling.delete(moment));
    this.#telling.set(moment, telling);
    const told = await telling;
    if (told.ok && (this.#kept.get(key)?.upTo ?? -1) < seq) this.#keep(key, told.value);
    return told;
  }

  /** The audit head is read before the cases: what changes in between is told once more the next time. */
  async #tell(
    context: SchedulerContext,
    { clinic, soonDays }: BookRequest,
    asOf: Day,
    upTo: number,
    kept: Kept | undefined,
  ): Promise<ServiceOutcome<Kept>> {
    const settings = await rowSettings(context, clinic, { soonDays, codes: 'all' });
    if (!settings.ok) return settings;
    const closedDays = await context.store.clinicCalendar(clinic.id);
    const one = (stored: StoredCase) =>
      rowsOfEpisode(context, clinic, stored, asOf, settings.value);
    const stands = kept !== undefined && kept.upTo <= upTo && kept.closedDays === closedDays;
    const { episodes, worklist } = stands
      ? await changedSince(context, clinic, kept, one)
      : await allEpisodes(context, clinic, { asOf: formatDay(asOf), soonDays }, one, this.#rest);
    const unplanned = [...episodes.values()].flatMap((each) => each.unplanned ?? []);
    return succeed({ worklist, unplanned, upTo, closedDays, episodes });
  }

  /** The newest is kept whatever its size. */
  #keep(key: string, kept: Kept): void {
    this.#drop(key);
    this.#kept.set(key, kept);
    this.#rows += kept.worklist.rows.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#rows <= this.#mostRows || oldest === key) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#rows -= this.#kept.get(key)?.worklist.rows.length ?? 0;
    this.#kept.delete(key);
  }
}

/** The rows of episodes, by episode and as one list. */
type Told = Pick<Kept, 'episodes' | 'worklist'>;

type TellOne = (stored: StoredCase) => Promise<EpisodeRows>;

async function allEpisodes(
  context: SchedulerContext,
  clinic: Clinic,
  day: WorklistDay,
  one: TellOne,
  rest: Rest,
): Promise<Told> {
  const episodes = new Map<number, EpisodeRows>();
  for await (const page of pagesOfCases(context, clinic.id)) {
    for (const stored of page) {
      episodes.set(stored.id, await one(stored));
      if (episodes.size % AT_ONCE === 0) await rest();
    }
  }
  const rows = [...episodes.values()].flatMap((each) => each.rows);
  return { episodes, worklist: makeWorklist(rows, day) };
}

async function changedSince(
  { store }: SchedulerContext,
  clinic: Clinic,
  kept: Kept,
  one: TellOne,
): Promise<Told> {
  const { changed, erased } = await store.listChanges({ clinic: clinic.id, afterAudit: kept.upTo });
  const episodes = new Map(kept.episodes);
  const gone = new Set<WorklistRow>();
  const added: WorklistRow[] = [];
  for (const episode of [...erased, ...changed.map((each) => each.episode)]) {
    for (const row of episodes.get(episode)?.rows ?? []) gone.add(row);
    episodes.delete(episode);
    const loaded = await store.loadCase({ clinic: clinic.id, episode });
    if (loaded.outcome !== 'ok') continue;
    const told = await one(loaded.value);
    episodes.set(episode, told);
    added.push(...told.rows);
  }
  return { episodes, worklist: replaceRows(kept.worklist, gone, added) };
}

async function rowsOfEpisode(
  context: SchedulerContext,
  clinic: Clinic,
  stored: StoredCase,
  asOf: Day,
  settings: RowSettingsOf,
): Promise<EpisodeRows> {
  const plan = await planStored(context, clinic.id, stored, { asOf, explain: false });
  if (plan.ok) return { rows: rowsOfPlan(plan.value, settings(stored.id)), unplanned: null };
  const { id: episode } = stored.caseFile.episode;
  return { rows: [], unplanned: { clinic: clinic.code, episode, problems: plan.problems } };
}
