import type { Episode } from '../domain/episode.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { Account, AccountChange, AccountScope, NewAccount } from './account.ts';
import type { Acknowledgement, LoggedAcknowledgement } from './acknowledgement.ts';
import type { Act, ClockReason } from './act.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';
import type { AuditHead, AuditQuery, AuditReport, AuditRow } from './audit.ts';
import type { CalendarEntry, CalendarQuery, StoredCalendarEntry } from './calendar-entry.ts';
import type { Clinic } from './clinic.ts';
import type { DueQuery, DueRow, PlanOutcome, SavedPlan } from './due-item.ts';
import type { ChangesQuery, EpisodeChanges } from './episode-changes.ts';
import type { Erased, Erasure } from './erasure.ts';
import type { NewRun, NightlyRun, RunQuery, RunReport, RunScope } from './nightly-run.ts';
import type { LoggedOperation, Operation } from './operation.ts';
import type { Result } from './result.ts';
import type { SavedView } from './saved-view.ts';
import type {
  EpisodeHead,
  EpisodeKey,
  EpisodeScope,
  LoggedEvent,
  NewEpisode,
  StoredCase,
} from './stored-case.ts';
import type {
  Approval,
  Followers,
  ProtocolPin,
  ProtocolVersion,
  StoredProtocol,
} from './stored-protocol.ts';
import type {
  NewSubscription,
  Subscription,
  SubscriptionQuery,
  SubscriptionReplacement,
} from './subscription.ts';

/** A change of one episode, made from the version that its author saw. */
export interface EpisodeChange extends EpisodeScope {
  readonly expected: number;
}

/** New revisions of an episode's calendar events. */
export interface CalendarChange extends EpisodeScope {
  /** The version of the episode that they tell; `conflict` at another one. Absent: whichever it stands at. */
  readonly restsOn?: number | undefined;
  readonly entries: readonly CalendarEntry[];
}

/** Asks for the episodes of a clinic in the order of their numbers, erased ones left out. */
export interface CasePage {
  readonly clinic: number;
  /** Episodes behind this number; 0: from the start. */
  readonly after: number;
  readonly limit: number;
}

/**
 * The changes. Each is one whole unit of work: done with its audit row, or not at all. A promise that
 * resolves to `ok` means that it is kept, through a crash of the process or the machine. Work that
 * cannot be done comes back as a value; a fault of the file is a thrown `StoreFault`. A change that
 * changes nothing is `ok` and writes nothing, not even an audit row.
 */
export interface StoreWrites {
  createClinic(act: Act, clinic: Clinic): Promise<Result<null>>;

  /** Keeps a clinic's calendar of closed days, as the JSON text that was checked; it replaces the former one. */
  setClinicCalendar(
    act: Act,
    work: { readonly clinic: number; readonly document: string },
  ): Promise<Result<{ readonly changed: boolean }>>;

  /** Keeps a version of a protocol. The same document again is `ok` with `recorded: false`. */
  recordProtocol(
    act: Act,
    work: { readonly clinic: number; readonly protocol: ProtocolVersion },
  ): Promise<Result<{ readonly recorded: boolean }>>;

  /** A named clinician approves a recorded version; from then on episodes may be pinned to it. */
  approveProtocol(
    act: Act,
    work: { readonly clinic: number; readonly approval: Approval },
  ): Promise<Result<null>>;

  /** Registers episodes of one clinic, all or none, each at version 1 and pinned to an approved protocol. */
  registerEpisodes(
    act: Act,
    work: { readonly clinic: number; readonly episodes: readonly NewEpisode[] },
  ): Promise<Result<null>>;

  /**
   * Records other facts; the earlier ones are kept. `facts.id` and `facts.patientRef` may change too:
   * subscriptions of the reference of before are revoked by that.
   */
  reviseEpisode(
    act: Act,
    work: EpisodeChange & { readonly facts: Episode },
  ): Promise<Result<{ readonly version: number }>>;

  /** Moves an episode to another approved protocol version. */
  pinProtocol(
    act: Act,
    work: EpisodeChange & { readonly protocol: ProtocolPin },
  ): Promise<Result<{ readonly version: number }>>;

  /** Records what happened, all events or none. Events are never changed: a correction is an event. */
  appendEvents(
    act: Act,
    work: EpisodeChange & {
      readonly events: readonly CaseEvent[];
      /** Kept with the events, when they end a surveillance while escalations are open; without events it is nothing. */
      readonly acknowledgement?: Acknowledgement | undefined;
    },
  ): Promise<Result<{ readonly version: number }>>;

  /**
   * Replaces the due items of episodes, each on its own: one that has moved on since its plan was
   * computed is left as it is. The outcomes stand in the order of the plans.
   */
  savePlans(
    act: Act,
    work: { readonly clinic: number; readonly plans: readonly SavedPlan[] },
  ): Promise<Result<readonly PlanOutcome[]>>;

  /**
   * Keeps new revisions of an episode's calendar events; what is not named stays. An entry that
   * changed must have a higher SEQUENCE than the one kept.
   */
  saveCalendar(act: Act, work: CalendarChange): Promise<Result<{ readonly changed: number }>>;

  /**
   * Starts a run of the nightly job, unless another one of the clinic holds a lease that has not run
   * out: `run-in-progress`. A run that was killed leaves its row unfinished.
   */
  startRun(act: Act, work: NewRun): Promise<Result<NightlyRun>>;

  /**
   * Puts off the end of the lease, and never puts it forward; `leaseMs: 0` gives it back, of a run that
   * failed. `lease-lost`: another run has started, this one is
   * finished, or it is not the holder's. A lease that ran out counts until another run takes over.
   */
  renewRun(
    act: Act,
    work: RunScope & { readonly leaseMs: number },
  ): Promise<Result<{ readonly leaseUntil: number }>>;

  /** Finishes a run and gives the lease back. `lease-lost` as for `renewRun`. */
  finishRun(act: Act, work: RunScope & { readonly report: RunReport }): Promise<Result<null>>;

  /**
   * Creates an account. Refused: `id-taken`, `name-taken`, `name-malformed`; a role in a clinic that does not
   * exist is not found.
   */
  createAccount(act: Act, account: NewAccount): Promise<Result<null>>;

  /**
   * Changes an account. Another password, other roles, disabled or enabled: `credentialsVersion` rises by
   * one. A password that is only encoded anew raises nothing.
   */
  reviseAccount(
    act: Act,
    work: AccountChange,
  ): Promise<Result<{ readonly credentialsVersion: number }>>;

  /** Creates an API key of an account. `expiry-out-of-range`: it would end before it begins. */
  createApiKey(act: Act, key: NewApiKey): Promise<Result<null>>;

  /** Ends an API key at the time of the act, for ever. One that was revoked before stays as it is. */
  revokeApiKey(
    act: Act,
    work: { readonly selector: string },
  ): Promise<Result<{ readonly changed: boolean }>>;

  /**
   * Creates a calendar subscription. A patient is one with an episode in the clinic, a clinician an account
   * with a role in it; others are not found. `expiry-out-of-range`: not after the act, or more than 365 days.
   */
  createSubscription(act: Act, subscription: NewSubscription): Promise<Result<null>>;

  /** Ends a subscription of the clinic at the time of the act, for ever. */
  revokeSubscription(
    act: Act,
    work: { readonly clinic: number; readonly selector: string },
  ): Promise<Result<{ readonly changed: boolean }>>;

  /** Ends a subscription and creates another in its place. One that was revoked before stays so, and none is created. */
  replaceSubscription(
    act: Act,
    work: SubscriptionReplacement,
  ): Promise<Result<{ readonly changed: boolean }>>;

  /**
   * Makes an account responsible for an episode, or no longer. Only one with a role in the clinic can
   * become it; one without is not found.
   */
  assignClinician(
    act: Act,
    work: EpisodeScope & { readonly account: number; readonly assigned: boolean },
  ): Promise<Result<{ readonly changed: boolean }>>;

  /** Keeps a view of an account with a role in the clinic, in place of its view of that name. `too-long` */
  saveView(
    act: Act,
    work: AccountScope & { readonly view: SavedView },
  ): Promise<Result<{ readonly changed: boolean }>>;

  /** A view that is not there is `ok`, and nothing is changed. */
  removeView(
    act: Act,
    work: AccountScope & { readonly name: string },
  ): Promise<Result<{ readonly changed: boolean }>>;

  /** Notes what was done with the store as a whole, and how it went, for those who look after it. */
  recordOperation(act: Act, operation: Operation): Promise<Result<null>>;

  /**
   * Takes away all that is known of a patient, subscriptions too. The audit keeps that it happened, and
   * nothing else.
   */
  erasePatient(act: Act, work: Erasure): Promise<Result<Erased>>;
}

/** The questions. None of them changes anything; each sees one moment of the store. */
export interface StoreReads {
  /** The secret from which calendar UIDs are derived, made when the store was created. calendar.md. */
  uidSecret(): Promise<string>;
  /** All clinics, in the order of their numbers. */
  listClinics(): Promise<readonly Clinic[]>;
  /** All protocol versions of a clinic, in the order of id and time of recording. */
  listProtocols(clinic: number): Promise<readonly StoredProtocol[]>;
  findProtocol(
    clinic: number,
    protocol: { readonly id: string; readonly version: string },
  ): Promise<Result<StoredProtocol>>;
  /** The episodes with an external id (at most one), or with one that differs from it at most in capitals A-Z, or of a patient, in the order of their numbers. */
  findEpisodes(clinic: number, by: EpisodeKey): Promise<readonly EpisodeHead[]>;
  /** `version`: the case as it stood then, with that number as its version; absent: as it stands. */
  loadCase(
    scope: EpisodeScope & { readonly version?: number | undefined },
  ): Promise<Result<StoredCase>>;
  /** Every acknowledgement of open escalations, in the order of recording. */
  loadAcknowledgements(scope: EpisodeScope): Promise<Result<readonly LoggedAcknowledgement[]>>;
  /** The clinic's calendar of closed days as it was kept; null: none. */
  clinicCalendar(clinic: number): Promise<string | null>;
  listRuns(query: RunQuery): Promise<readonly NightlyRun[]>;
  /** The episodes whose facts, protocol or events were changed behind a row of the audit log, in the order of their numbers. */
  listChanges(query: ChangesQuery): Promise<EpisodeChanges>;
  /** Every event with who recorded it and when, in the order of recording. */
  loadEventLog(scope: EpisodeScope): Promise<Result<readonly LoggedEvent[]>>;
  pageCases(page: CasePage): Promise<readonly StoredCase[]>;
  /**
   * How many episodes of the clinic follow each protocol version, in the order of id and version; erased
   * ones, and versions that none follows, are left out.
   */
  countFollowers(clinic: number): Promise<readonly Followers[]>;
  /** Open items, ordered by earliest day, kind, target, latest day, episode and place in the plan. */
  findDue(query: DueQuery): Promise<readonly DueRow[]>;
  pageCalendar(query: CalendarQuery): Promise<readonly StoredCalendarEntry[]>;
  /** Disabled accounts too. */
  findAccount(by: { readonly name: string } | { readonly id: number }): Promise<Result<Account>>;
  /** All accounts, in the order of their names. */
  listAccounts(): Promise<readonly Account[]>;
  /** Revoked and expired keys too: who asks decides what counts. */
  findApiKey(selector: string): Promise<Result<ApiKey>>;
  /** The keys of an account, revoked and expired ones too, in the order of making. */
  listApiKeys(account: number): Promise<readonly ApiKey[]>;
  /** Of whichever clinic; revoked and expired ones too: who asks decides what counts. */
  findSubscription(selector: string): Promise<Result<Subscription>>;
  listSubscriptions(query: SubscriptionQuery): Promise<readonly Subscription[]>;
  /** The numbers of the episodes of the clinic that an account is responsible for, in order. */
  episodesOfClinician(scope: AccountScope): Promise<readonly number[]>;
  /** The numbers of the accounts that are responsible for an episode, in order. */
  cliniciansOfEpisode(scope: EpisodeScope): Promise<Result<readonly number[]>>;
  /** The views of an account in a clinic, in the order of their names. */
  listViews(scope: AccountScope): Promise<readonly SavedView[]>;
  /** The newest operation of each kind that there was one of, backups first. */
  lastOperations(): Promise<readonly LoggedOperation[]>;
  pageAudit(query: AuditQuery): Promise<readonly AuditRow[]>;
  auditHead(): Promise<AuditHead>;
  /** Checks the audit log, row by row; `outside` is a head that was kept elsewhere. */
  verifyAudit(outside?: AuditHead): Promise<AuditReport>;
}

/**
 * Where a clinic's episodes are kept. Small and asynchronous, so that a database server can stand
 * behind it; without a transaction that callers could hold open.
 */
export interface Store extends StoreWrites, StoreReads {
  /**
   * Takes the last traces of erased patients out of the file, where an erasure could not: someone else
   * was using it. It writes the file anew, which takes time and room; without traces it does nothing.
   * @returns whether none is left
   */
  purge(): Promise<boolean>;

  /**
   * Accepts the time of the act although the newest audit row lies ahead of it, because an earlier
   * clock was wrong. That is itself a row of the audit log; the order of time counts from it. A clock
   * that is not behind is `ok` and writes nothing; one from before the store was made is `clock-behind`.
   */
  acceptClock(
    act: Act,
    work: { readonly reason: ClockReason },
  ): Promise<Result<{ readonly behindMs: number }>>;

  /** Lets go of the file. The store is of no use afterwards. */
  close(): Promise<void>;
}
