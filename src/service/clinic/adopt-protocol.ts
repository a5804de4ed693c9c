import { type Day, formatDay, parseDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SavedPlan } from '../../store/due-item.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { afterChange } from '../episode/after-change.ts';
import { dueItems } from '../episode/due-items.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { findEpisode } from '../episode/find-episode.ts';
import { pinnedProtocol } from '../episode/pinned-protocol.ts';
import { planStored } from '../episode/plan-stored.ts';
import { BETWEEN_RESTS, NO_REST, type Rest } from '../rest.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { Adoption, EpisodeAdoption } from './adoption.ts';
import { adoptionDifference } from './adoption-difference.ts';
import { adoptionTotals } from './adoption-totals.ts';
import { approvedProtocol, type WantedProtocol } from './approved-protocol.ts';
import { findProtocolVersion } from './find-protocol-version.ts';

/** Which episodes of a clinic are to follow which protocol. */
export interface AdoptionWork {
  readonly clinic: Clinic;
  /** Without a version its newest approved one. */
  readonly protocol: WantedProtocol & { readonly id: string };
  /** Only episodes that follow this one; absent: those that follow another version of the same protocol. */
  readonly from?: WantedProtocol | undefined;
  /** The clinic's ids of the only episodes meant, whatever they follow; absent: the whole cohort. */
  readonly episodes?: readonly string[] | undefined;
  /** True: episodes whose surveillance has ended too. */
  readonly ended?: boolean | undefined;
  /** True: says what would change, and writes nothing. */
  readonly dryRun?: boolean | undefined;
  /** True, and only in a dry run: a version that nobody has approved may be tried too, of the catalog as well. */
  readonly unapproved?: boolean | undefined;
  /**
   * The dry run that somebody looked at: an episode that is not as it was then is not moved but told as a
   * conflict, and plans are as of its day. Absent: each episode is moved as it is found.
   */
  readonly seen?: Adoption | undefined;
  /** Waited for between some episodes. */
  readonly rest?: Rest | undefined;
  /** Told after each page, with how many episodes were looked at. */
  readonly progress?: ((episodes: number) => Promise<void>) | undefined;
}

/**
 * Lets a cohort follow another approved protocol version, and says of each episode what that changes.
 * Each episode is a change of its own, made from the version that was looked at: what was killed or met
 * a conflict is finished by adopting again.
 */
export async function adoptProtocol(
  context: SchedulerContext,
  work: AdoptionWork,
): Promise<ServiceOutcome<Adoption>> {
  const { clinic, dryRun = false, seen } = work;
  const approved = await wantedPin(context, work);
  if (!approved.ok) return approved;
  const pin = approved.value;
  const readable = await pinnedProtocol(context, clinic.id, pin);
  if (!readable.ok) return readable;
  const asOf = parseDay(seen?.asOf ?? '') ?? dayInZone(context.clock(), clinic.zone);
  const pass = new AdoptionPass(context, work, { pin, asOf });
  for await (const page of pagesOf(context, work)) {
    if (!page.ok) return page;
    const taken = await pass.take(page.value);
    if (!taken.ok) return taken;
  }
  const { already, others, episodes } = pass;
  const told = {
    clinic: clinic.code,
    protocol: pin,
    asOf: formatDay(asOf),
    dryRun,
    already,
    others,
    totals: adoptionTotals(episodes),
    episodes,
  };
  return succeed({ ...told, digest: digestOf(context, told) });
}

/** Short enough to be copied by hand: it guards against a change, not against an enemy. */
const DIGEST_LENGTH = 16;

/** What is shown of each episode; how many others there are is no part of what is confirmed. */
function digestOf(
  { sha256 }: SchedulerContext,
  { clinic, protocol, asOf, episodes }: Omit<Adoption, 'digest'>,
): string {
  const shown = episodes.map(({ version: _, ...each }) => each);
  const { id, version, hash } = protocol;
  const told = JSON.stringify([clinic, id, version, hash, asOf, shown]);
  return sha256(told).slice(0, DIGEST_LENGTH);
}

/** An adoption needs an approval; a look at what it would do may come before it. */
async function wantedPin(
  context: SchedulerContext,
  { clinic, protocol, dryRun = false, unapproved = false }: AdoptionWork,
): Promise<ServiceOutcome<ProtocolPin>> {
  const { id, version } = protocol;
  if (!dryRun || !unapproved || version === undefined) {
    return approvedProtocol(context, clinic, protocol);
  }
  const found = await findProtocolVersion(context, clinic, { id, version });
  if (!found.ok) return found;
  const { pin } = found.value;
  context.protocols.set(pin.hash, found.value.protocol);
  return succeed(pin);
}

/** The episodes that are named, all of them looked up before the first is changed; else the whole clinic. */
async function* pagesOf(
  context: SchedulerContext,
  { clinic, episodes }: AdoptionWork,
): AsyncGenerator<ServiceOutcome<readonly StoredCase[]>> {
  if (episodes === undefined) {
    for await (const page of pagesOfCases(context, clinic.id)) yield succeed(page);
    return;
  }
  const named: StoredCase[] = [];
  for (const id of new Set(episodes)) {
    const found = await findEpisode(context, clinic, id);
    if (!found.ok) yield found;
    else named.push(found.value);
  }
  yield succeed(named);
}

class AdoptionPass {
  readonly episodes: EpisodeAdoption[] = [];
  already = 0;
  others = 0;
  readonly #context: SchedulerContext;
  readonly #work: AdoptionWork;
  readonly #pin: ProtocolPin;
  readonly #asOf: Day;
  /** The version of each episode that was shown, by the clinic's id; null: nobody was shown any. */
  readonly #shown: ReadonlyMap<string, number> | null;
  #looked = 0;

  constructor(
    context: SchedulerContext,
    work: AdoptionWork,
    { pin, asOf }: { readonly pin: ProtocolPin; readonly asOf: Day },
  ) {
    this.#context = context;
    this.#work = work;
    this.#pin = pin;
    this.#asOf = asOf;
    const { seen } = work;
    this.#shown =
      seen === undefined
        ? null
        : new Map(seen.episodes.map(({ episode, version }) => [episode, version]));
  }

  async take(page: readonly StoredCase[]): Promise<ServiceOutcome<null>> {
    const { clinic, progress, rest = NO_REST } = this.#work;
    const plans: SavedPlan[] = [];
    for (const [place, stored] of page.entries()) {
      if (place % BETWEEN_RESTS === 0) await rest();
      if (!this.#isMeant(stored)) continue;
      const adopted = await this.#adopt(stored, plans);
      if (!adopted.ok) return adopted;
      const { protocol, caseFile, version } = stored;
      const from = { id: protocol.id, version: protocol.version };
      this.episodes.push({ episode: caseFile.episode.id, version, from, ...adopted.value });
    }
    if (plans.length > 0) {
      await afterChange(async () => {
        await this.#context.store.savePlans(actNow(this.#context), { clinic: clinic.id, plans });
      });
    }
    this.#looked += page.length;
    await progress?.(this.#looked);
    return succeed(null);
  }

  #isMeant({ protocol: { id, version, hash }, caseFile }: StoredCase): boolean {
    if (hash === this.#pin.hash && id === this.#pin.id && version === this.#pin.version) {
      this.already += 1;
      return false;
    }
    const { from, episodes } = this.#work;
    const wanted = from ?? (episodes === undefined ? { id: this.#pin.id } : {});
    // One that was shown is told of even where somebody gave it another protocol since.
    const meant =
      this.#shown?.has(caseFile.episode.id) === true ||
      ((wanted.id ?? id) === id && (wanted.version === undefined || wanted.version === version));
    if (!meant) this.others += 1;
    return meant;
  }

  /** Whether it is not as it was shown; one that was registered since never was. */
  #isChanged({ version, caseFile }: StoredCase): boolean {
    return this.#shown !== null && this.#shown.get(caseFile.episode.id) !== version;
  }

  async #adopt(
    stored: StoredCase,
    plans: SavedPlan[],
  ): Promise<ServiceOutcome<Pick<EpisodeAdoption, 'outcome' | 'difference' | 'problems'>>> {
    const { clinic, ended = false, dryRun = false } = this.#work;
    const nothing = { difference: null, problems: [] };
    if (this.#isChanged(stored)) {
      const { problems } = notDone({ outcome: 'conflict', version: stored.version });
      return succeed({ ...nothing, outcome: 'conflict' as const, problems });
    }
    const settings = { asOf: this.#asOf, explain: false };
    const next = { caseFile: stored.caseFile, protocol: this.#pin };
    const after = await planStored(this.#context, clinic.id, next, settings);
    if (!after.ok) return after;
    if (after.value.endedBy !== null && !ended) {
      return succeed({ ...nothing, outcome: 'ended' as const });
    }
    const before = await planStored(this.#context, clinic.id, stored, settings);
    const difference = before.ok ? adoptionDifference(before.value, after.value) : null;
    const adopted = { outcome: 'adopted' as const, difference, problems: [] };
    if (dryRun) return succeed(adopted);
    const pinned = await this.#context.store.pinProtocol(actNow(this.#context), {
      clinic: clinic.id,
      episode: stored.id,
      expected: stored.version,
      protocol: this.#pin,
    });
    if (pinned.outcome === 'ok') {
      const { version: restsOn } = pinned.value;
      plans.push({ episode: stored.id, restsOn, items: dueItems(after.value) });
      return succeed(adopted);
    }
    const { problems } = notDone(pinned);
    if (pinned.outcome === 'conflict') {
      return succeed({ ...nothing, outcome: 'conflict' as const, problems });
    }
    return pinned.outcome === 'refused' && pinned.why === 'erased'
      ? succeed({ ...nothing, outcome: 'erased' as const })
      : notDone(pinned);
  }
}
