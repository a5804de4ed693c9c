import type { Act } from '../act.ts';
import { done, type Result } from '../result.ts';
import type { Store } from '../store.ts';
import { acceptClock } from './accept-clock.ts';
import { createAccount, findAccount, listAccounts, reviseAccount } from './accounts.ts';
import { loadAcknowledgements } from './acknowledgements.ts';
import { createApiKey, findApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { logEnd, pageAudit, verifyLog } from './audit-log.ts';
import { pageCalendar, saveCalendar } from './calendars.ts';
import { countFollowers, loadCase, loadEventLog, pageCases } from './cases.ts';
import { listChanges } from './changes.ts';
import { clinicCalendar, setClinicCalendar } from './clinic-calendars.ts';
import { assignClinician, cliniciansOfEpisode, episodesOfClinician } from './clinicians.ts';
import { findDue, savePlans } from './due-items.ts';
import { findEpisodes } from './episode-heads.ts';
import { pinProtocol, registerEpisodes, reviseEpisode } from './episodes.ts';
import { erasePatient, purge } from './erasure.ts';
import { appendEvents } from './events.ts';
import { finishRun, listRuns, renewRun, startRun } from './nightly-runs.ts';
import { lastOperations, recordOperation } from './operations.ts';
import {
  approveProtocol,
  createClinic,
  findProtocol,
  listClinics,
  listProtocols,
  recordProtocol,
} from './protocols.ts';
import { text } from './rows.ts';
import { listViews, removeView, saveView } from './saved-views.ts';
import {
  createSubscription,
  findSubscription,
  listSubscriptions,
  replaceSubscription,
  revokeSubscription,
} from './subscriptions.ts';
import { type Note, type OpenFile, unitOfWork } from './unit-of-work.ts';

/** The store on an open file. Each change is one transaction, each question one moment. */
export function storeOn(file: OpenFile): Store {
  const { connection: c, seal } = file;
  const write = async <T>(act: Act, work: (note: Note) => Result<T>) => unitOfWork(file, act, work);
  const read = async <T>(work: () => T) => c.read(work);
  return {
    createClinic: (act, clinic) => write(act, (note) => createClinic(c, note, clinic)),
    setClinicCalendar: (act, work) => write(act, (note) => setClinicCalendar(c, act, note, work)),
    recordProtocol: (act, work) => write(act, (note) => recordProtocol(c, act, note, work)),
    approveProtocol: (act, work) => write(act, (note) => approveProtocol(c, act, note, work)),
    registerEpisodes: (act, work) => write(act, (note) => registerEpisodes(c, act, note, work)),
    reviseEpisode: (act, work) => write(act, (note) => reviseEpisode(c, act, note, work)),
    pinProtocol: (act, work) => write(act, (note) => pinProtocol(c, act, note, work)),
    appendEvents: (act, work) => write(act, (note) => appendEvents(c, act, note, work)),
    savePlans: (act, work) => write(act, (note) => savePlans(c, seal, note, work)),
    saveCalendar: (act, work) => write(act, (note) => saveCalendar(c, note, work)),
    startRun: (act, work) => write(act, (note) => startRun(c, act, note, work)),
    renewRun: (act, work) => write(act, (note) => renewRun(c, act, note, work)),
    finishRun: (act, work) => write(act, (note) => finishRun(c, act, note, work)),
    createAccount: (act, account) => write(act, (note) => createAccount(c, act, note, account)),
    reviseAccount: (act, work) => write(act, (note) => reviseAccount(c, act, note, work)),
    createApiKey: (act, key) => write(act, (note) => createApiKey(c, act, note, key)),
    revokeApiKey: (act, work) => write(act, (note) => revokeApiKey(c, act, note, work)),
    createSubscription: (act, made) => write(act, (note) => createSubscription(c, act, note, made)),
    revokeSubscription: (act, work) => write(act, (note) => revokeSubscription(c, act, note, work)),
    replaceSubscription: (act, work) =>
      write(act, (note) => replaceSubscription(c, act, note, work)),
    assignClinician: (act, work) => write(act, (note) => assignClinician(c, note, work)),
    saveView: (act, work) => write(act, (note) => saveView(c, note, work)),
    removeView: (act, work) => write(act, (note) => removeView(c, note, work)),
    recordOperation: (act, work) => write(act, (note) => recordOperation(c, act, note, work)),
    erasePatient: async (act, work) => {
      const erased = await write(act, (note) => erasePatient(c, act, note, work));
      return erased.outcome === 'ok' ? done({ ...erased.value, purged: purge(c) }) : erased;
    },
    uidSecret: () =>
      read(() => text(c.get("SELECT value FROM meta WHERE name = 'uid_secret'") ?? {}, 'value')),
    listClinics: () => read(() => listClinics(c)),
    listProtocols: (clinic) => read(() => listProtocols(c, clinic)),
    findProtocol: (clinic, protocol) => read(() => findProtocol(c, clinic, protocol)),
    findEpisodes: (clinic, by) => read(() => findEpisodes(c, clinic, by)),
    loadCase: (scope) => read(() => loadCase(c, scope)),
    loadAcknowledgements: (scope) => read(() => loadAcknowledgements(c, scope)),
    clinicCalendar: (clinic) => read(() => clinicCalendar(c, clinic)),
    listRuns: (query) => read(() => listRuns(c, query)),
    listChanges: (query) => read(() => listChanges(c, query)),
    loadEventLog: (scope) => read(() => loadEventLog(c, scope)),
    pageCases: (page) => read(() => pageCases(c, page)),
    countFollowers: (clinic) => read(() => countFollowers(c, clinic)),
    findDue: (query) => read(() => findDue(c, query)),
    pageCalendar: (query) => read(() => pageCalendar(c, query)),
    findAccount: (by) => read(() => findAccount(c, by)),
    listAccounts: () => read(() => listAccounts(c)),
    findApiKey: (selector) => read(() => findApiKey(c, selector)),
    listApiKeys: (account) => read(() => listApiKeys(c, account)),
    findSubscription: (selector) => read(() => findSubscription(c, selector)),
    listSubscriptions: (query) => read(() => listSubscriptions(c, query)),
    episodesOfClinician: (scope) => read(() => episodesOfClinician(c, scope)),
    cliniciansOfEpisode: (scope) => read(() => cliniciansOfEpisode(c, scope)),
    listViews: (scope) => read(() => listViews(c, scope)),
    lastOperations: () => read(() => lastOperations(c)),
    pageAudit: (query) => read(() => pageAudit(c, query)),
    // One statement is one moment without a transaction; this one is asked for at each request.
    auditHead: async () => {
      const { seq, seal: headSeal } = logEnd(c);
      return { seq, seal: headSeal };
    },
    verifyAudit: async (outside) => verifyLog(c, seal, outside),
    purge: async () => purge(c),
    acceptClock: async (act, work) =>
      unitOfWork(file, act, (note) => acceptClock(c, act, note, work), 'any'),
    close: async () => c.close(),
  };
}
