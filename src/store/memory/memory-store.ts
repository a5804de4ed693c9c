import { type Act, CLOCK_TOLERANCE_MS } from '../act.ts';
import type { AuditEntry } from '../audit.ts';
import { nextRow, type Seal, sealedHead, verifyChain } from '../audit-chain.ts';
import { done, type Result, refused } from '../result.ts';
import type { Store } from '../store.ts';
import { createAccount, findAccount, listAccounts, reviseAccount } from './memory-accounts.ts';
import { createApiKey, findApiKey, listApiKeys, revokeApiKey } from './memory-api-keys.ts';
import type { Decided } from './memory-change.ts';
import { listChanges } from './memory-changes.ts';
import { assignClinician, cliniciansOfEpisode, episodesOfClinician } from './memory-clinicians.ts';
import { acceptClock } from './memory-clock.ts';
import { appendEvents, pinProtocol, registerEpisodes, reviseEpisode } from './memory-episodes.ts';
import { erasePatient } from './memory-erasure.ts';
import { lastOperations, recordOperation } from './memory-operations.ts';
import { saveCalendar, savePlans } from './memory-plans.ts';
import {
  approveProtocol,
  createClinic,
  recordProtocol,
  setClinicCalendar,
} from './memory-protocols.ts';
import * as reads from './memory-reads.ts';
import { finishRun, listRuns, renewRun, startRun } from './memory-runs.ts';
import { emptyState, type MemoryState } from './memory-state.ts';
import {
  createSubscription,
  findSubscription,
  listSubscriptions,
  replaceSubscription,
  revokeSubscription,
} from './memory-subscriptions.ts';
import { listViews, removeView, saveView } from './memory-views.ts';

/** What a memory store is made with. */
export interface MemoryStoreSettings {
  readonly seal: Seal;
  readonly uidSecret: string;
  /** Who makes the store, and when. */
  readonly act: Act;
}

/** A store that lasts as long as the process: for tests and for trying things out. */
export function createMemoryStore({ seal, uidSecret, act: made }: MemoryStoreSettings): Store {
  const state = emptyState();
  const write = <T>(act: Act, decide: () => Decided<T>) => writeTo(state, seal, act, decide);
  record(state, seal, made, [
    { action: 'store.created', detail: { schema: 0 }, content: uidSecret },
  ]);
  return {
    createClinic: async (act, clinic) => write(act, () => createClinic(state, clinic)),
    setClinicCalendar: async (act, work) => write(act, () => setClinicCalendar(state, work)),
    recordProtocol: async (act, work) => write(act, () => recordProtocol(state, work)),
    approveProtocol: async (act, work) => write(act, () => approveProtocol(state, work)),
    registerEpisodes: async (act, work) => write(act, () => registerEpisodes(state, act, work)),
    reviseEpisode: async (act, work) => write(act, () => reviseEpisode(state, act, work)),
    pinProtocol: async (act, work) => write(act, () => pinProtocol(state, work)),
    appendEvents: async (act, work) => write(act, () => appendEvents(state, act, work)),
    savePlans: async (act, work) => write(act, () => savePlans(state, work)),
    saveCalendar: async (act, work) => write(act, () => saveCalendar(state, work)),
    startRun: async (act, work) => write(act, () => startRun(state, act, work)),
    renewRun: async (act, work) => write(act, () => renewRun(state, act, work)),
    finishRun: async (act, work) => write(act, () => finishRun(state, act, work)),
    createAccount: async (act, account) => write(act, () => createAccount(state, act, account)),
    reviseAccount: async (act, work) => write(act, () => reviseAccount(state, act, work)),
    createApiKey: async (act, key) => write(act, () => createApiKey(state, act, key)),
    revokeApiKey: async (act, work) => write(act, () => revokeApiKey(state, act, work)),
    createSubscription: async (act, made) => write(act, () => createSubscription(state, act, made)),
    revokeSubscription: async (act, work) => write(act, () => revokeSubscription(state, act, work)),
    replaceSubscription: async (act, work) =>
      write(act, () => replaceSubscription(state, act, work)),
    assignClinician: async (act, work) => write(act, () => assignClinician(state, work)),
    saveView: async (act, work) => write(act, () => saveView(state, work)),
    removeView: async (act, work) => write(act, () => removeView(state, work)),
    recordOperation: async (act, work) => write(act, () => recordOperation(state, act, work)),
    erasePatient: async (act, work) => write(act, () => erasePatient(state, work)),
    uidSecret: async () => uidSecret,
    listClinics: async () => [...state.clinics.values()].sort((a, b) => a.id - b.id),
    listProtocols: async (clinic) => reads.listProtocols(state, clinic),
    findProtocol: async (clinic, protocol) => reads.findProtocol(state, clinic, protocol),
    findEpisodes: async (clinic, by) => reads.findEpisodes(state, clinic, by),
    loadCase: async (scope) => reads.loadCase(state, scope),
    loadAcknowledgements: async (scope) => reads.loadAcknowledgements(state, scope),
    clinicCalendar: async (clinic) => state.calendars.get(clinic) ?? null,
    listRuns: async (query) => listRuns(state, query),
    listChanges: async (query) => listChanges(state, query),
    loadEventLog: async (scope) => reads.loadEventLog(state, scope),
    pageCases: async (page) => reads.pageCases(state, page),
    countFollowers: async (clinic) => reads.countFollowers(state, clinic),
    findDue: async (query) => reads.findDue(state, query),
    pageCalendar: async (query) => reads.pageCalendar(state, query),
    findAccount: async (by) => findAccount(state, by),
    listAccounts: async () => listAccounts(state),
    findApiKey: async (selector) => findApiKey(state, selector),
    listApiKeys: async (account) => listApiKeys(state, account),
    findSubscription: async (selector) => findSubscription(state, selector),
    listSubscriptions: async (query) => listSubscriptions(state, query),
    episodesOfClinician: async (scope) => episodesOfClinician(state, scope),
    cliniciansOfEpisode: async (scope) => cliniciansOfEpisode(state, scope),
    listViews: async (scope) => listViews(state, scope),
    lastOperations: async () => lastOperations(state),
    pageAudit: async ({ after, limit }) => state.audit.slice(after, after + limit),
    auditHead: async () => state.head,
    verifyAudit: async (outside) => verifyChain(seal, state.audit, state.sealedHead, outside),
    purge: async () => true,
    acceptClock: async (act, work) =>
      decideOn(state, seal, act, () => acceptClock(state, act, work)),
    close: async () => {},
  };
}

function writeTo<T>(state: MemoryState, seal: Seal, act: Act, decide: () => Decided<T>): Result<T> {
  const newest = state.audit.at(-1)?.at ?? act.at;
  if (act.at < newest - CLOCK_TOLERANCE_MS) return refused('clock-behind');
  return decideOn(state, seal, act, decide);
}

function decideOn<T>(
  state: MemoryState,
  seal: Seal,
  act: Act,
  decide: () => Decided<T>,
): Result<T> {
  const decided = decide();
  if ('outcome' in decided) return decided;
  record(state, seal, act, decided.audit);
  decided.apply();
  return done(decided.value);
}

function record(state: MemoryState, seal: Seal, act: Act, entries: readonly AuditEntry[]): void {
  for (const entry of entries) {
    const row = nextRow(seal, state.head, act, entry);
    state.audit.push(row);
    state.head = { seq: row.seq, seal: row.seal };
  }
  state.sealedHead = sealedHead(seal, state.head);
}
