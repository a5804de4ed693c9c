import { type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Worklist, WorklistRow } from '../../plan/worklist-row.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
import { makeWorklist, replaceRows } from '../../worklist/worklist.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';
import { BETWEEN_RESTS, NO_REST, type Rest } from '../rest.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { WholeClinicTurns } from '../whole-clinic-turns.ts';
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

/** So many rows and episodes of lists are kept, some 600 bytes each; the list that was asked for longest ago goes first. */
const MOST_KEPT = 600_000;

/**
 * The worklists of today, kept between requests. They rest on the audit log: every change of the store,
 * whoever makes it, adds a row to it, and what was changed behind the last row that was read is planned
 * anew before a list is handed out. Nothing is told that is older than the request.
 */
export class WorklistBook {
  readonly #rest: Rest;
  readonly #turns: WholeClinicTurns;
  readonly #most: number;
  /** The longest unasked first. */
  readonly #kept = new Map<string, Kept>();
  #size = 0;
  /** Lists that are brought up to date: who asks meanwhile for the same waits for the same answer. */
  readonly #telling = new Map<string, Promise<ServiceOutcome<Kept>>>();
  /** Lists that are told as a whole: who asks meanwhile waits, and has it brought up to date then. */
  readonly #wholes = new Map<string, Promise<ServiceOutcome<Kept>>>();

  /** `rest` gives others their turn while the whole list of a clinic is told; `turns`: one such list at a time. */
  constructor(rest: Rest = NO_REST, turns = new WholeClinicTurns(), most = MOST_KEPT) {
    this.#rest = rest;
    this.#turns = turns;
    this.#most = most;
  }

  /** `busy`: too many whole lists are asked for. */
  async worklist(
    context: SchedulerContext,
    request: BookRequest,
  ): Promise<ServiceOutcome<OpenWorklist>> {
    const { clinic, soonDays } = request;
    const { store } = context;
    const asOf = dayInZone(context.clock(), clinic.zone);
    const key = `${clinic.id} ${asOf} ${soonDays}`;
    for (;;) {
      // The head is read before the cases: what changes in between is told once more the next time.
      const { seq } = await store.auditHead();
      const unchanged = this.#kept.get(key);
      if (unchanged?.upTo === seq) {
        this.#keep(key, unchanged);
        return succeed(unchanged);
      }
      const closedDays = await store.clinicCalendar(clinic.id);
      const moment = { context, ...request, asOf, key, seq, closedDays };
      const kept = this.#kept.get(key);
      if (kept !== undefined && kept.upTo <= seq && kept.closedDays === closedDays) {
        return this.#upToDate(moment, kept);
      }
      const whole = this.#wholes.get(key);
      if (whole === undefined) return this.#whole(moment);
      // A fault is told to who asked first; the others ask themselves.
      await whole.catch(() => undefined);
    }
  }

  #upToDate(moment: Moment, kept: Kept): Promise<ServiceOutcome<Kept>> {
    const name = `${moment.key} ${moment.seq}`;
    const telling = this.#telling.get(name);
    if (telling !== undefined) return telling;
    return inMap(
      this.#telling,
      name,
      this.#tell(moment, (one) => changedSince(moment, kept, one, this.#rest)),
    );
  }

  /** Many who ask for many lists would keep the process from all else. */
  #whole(moment: Moment): Promise<ServiceOutcome<Kept>> {
    const tell = (one: TellOne) => allEpisodes(moment, one, this.#rest);
    const told = this.#turns.take(moment.context.actor, () => this.#tell(moment, tell));
    return inMap(this.#wholes, moment.key, told);
  }

  async #tell(
    { context, clinic, soonDays, asOf, key, seq: upTo, closedDays }: Moment,
    tell: (one: TellOne) => Promise<Told>,
  ): Promise<ServiceOutcome<Kept>> {
    const settings = await rowSettings(context, clinic, { soonDays, codes: 'all' });
    if (!settings.ok) return settings;
    const { episodes, worklist } = await tell((stored) =>
      rowsOfEpisode(context, clinic, stored, asOf, settings.value),
    );
    const unplanned = [...episodes.values()].flatMap((each) => each.unplanned ?? []);
    const told = { worklist, unplanned, upTo, closedDays, episodes };
    if ((this.#kept.get(key)?.upTo ?? -1) < upTo) this.#keep(key, told);
    return succeed(told);
  }

  /** The newest is kept whatever its size. */
  #keep(key: string, kept: Kept): void {
    this.#drop(key);
    this.#kept.set(key, kept);
    this.#size += sizeOf(kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#most || oldest === key) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined) this.#size -= sizeOf(kept);
    this.#kept.delete(key);
  }
}

/** Episodes count too: one that cannot be planned has no row. A list without either takes room as well. */
function sizeOf({ worklist, episodes }: Kept): number {
  return worklist.rows.length + episodes.size + SIZE_OF_EMPTY;
}

const SIZE_OF_EMPTY = 10;

/** The rows of episodes, by episode and as one list. */
type Told = Pick<Kept, 'episodes' | 'worklist'>;

type TellOne = (stored: StoredCase) => Promise<EpisodeRows>;

/** A request at one state of the store. */
interface Moment extends BookRequest {
  readonly context: SchedulerContext;
  readonly asOf: Day;
  /** Names the list, whenever it is told. */
  readonly key: string;
  /** Number of the newest audit row. */
  readonly seq: number;
  readonly closedDays: string | null;
}

/** Keeps work in a map for as long as it takes. */
function inMap<T>(map: Map<string, Promise<T>>, key: string, work: Promise<T>): Promise<T> {
  const kept = work.finally(() => map.delete(key));
  map.set(key, kept);
  return kept;
}

async function allEpisodes(
  { context, clinic, soonDays, asOf }: Moment,
  one: TellOne,
  rest: Rest,
): Promise<Told> {
  const episodes = new Map<number, EpisodeRows>();
  for await (const page of pagesOfCases(context, clinic.id)) {
    for (const stored of page) {
      episodes.set(stored.id, await one(stored));
      if (episodes.size % BETWEEN_RESTS === 0) await rest();
    }
  }
  const rows = [...episodes.values()].flatMap((each) => each.rows);
  return { episodes, worklist: makeWorklist(rows, { asOf: formatDay(asOf), soonDays }) };
}

async function changedSince(
  { context: { store }, clinic }: Moment,
  kept: Kept,
  one: TellOne,
  rest: Rest,
): Promise<Told> {
  const { changed, erased } = await store.listChanges({ clinic: clinic.id, afterAudit: kept.upTo });
  const episodes = new Map(kept.episodes);
  const gone = new Set<WorklistRow>();
  const added: WorklistRow[] = [];
  const news = [...erased, ...changed.map((each) => each.episode)];
  for (const [place, episode] of news.entries()) {
    // After an import or an adoption all of a clinic is news.
    if (place % BETWEEN_RESTS === BETWEEN_RESTS - 1) await rest();
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
