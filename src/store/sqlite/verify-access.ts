import {
  accountContent,
  apiKeyContent,
  assignmentContent,
  operationContent,
  subscriptionContent,
  viewsContent,
} from '../access-audit.ts';
import { contentSeal, type Seal } from '../audit-chain.ts';
import { listAccounts } from './accounts.ts';
import { readApiKey } from './api-keys.ts';
import type { Connection, Row } from './connection.ts';
import { readOperation } from './operations.ts';
import { json, text, whole } from './rows.ts';
import { listViews } from './saved-views.ts';
import { readSubscription } from './subscriptions.ts';

/** Something that stands in the tables, or that the log knows: what finds it, and how a finding names it. */
interface Thing {
  readonly key: string;
  /** Never a selector, a name or a patient's reference. */
  readonly said: string;
}

interface Standing extends Thing {
  readonly content: string;
}

/**
 * Compares accounts, API keys, subscriptions, responsible clinicians, saved views and operations with
 * the newest audit row about each.
 */
export function* accessFindings(connection: Connection, seal: Seal): Generator<string> {
  const known = knownThings(connection, seal);
  for (const { key, said, content } of standing(connection)) {
    const digest = known.get(key)?.digest;
    known.delete(key);
    if (contentSeal(seal, content) !== digest) yield `${said} changed`;
  }
  for (const { said } of known.values()) yield `${said} taken away`;
}

interface Known extends Thing {
  readonly digest: unknown;
}

/** What the log says that stands, each with its newest digest. */
function knownThings(connection: Connection, seal: Seal): Map<string, Known> {
  const known = new Map<string, Known>();
  const rows = connection.each(
    `SELECT action, clinic_id, episode_id, detail, content FROM audit WHERE action IN
       ('account.created', 'account.revised', 'api-key.created', 'api-key.revoked',
        'subscription.created', 'subscription.revoked', 'episode.assigned', 'episode.unassigned',
        'view.saved', 'view.removed', 'operation.recorded', 'patient.erased') ORDER BY seq`,
  );
  for (const row of rows) {
    const detail = json(row, 'detail', isDetail);
    if (row.action === 'patient.erased') {
      for (const key of erasedKeys(whole(row, 'clinic_id'), detail)) known.delete(key);
      continue;
    }
    const thing = thingOf(row, detail);
    if (row.content === emptyDigest(seal, row, detail)) known.delete(thing.key);
    else known.set(thing.key, { ...thing, digest: row.content });
  }
  return known;
}

type Detail = Readonly<Record<string, unknown>>;

function isDetail(value: unknown): value is Detail {
  return typeof value === 'object' && value !== null;
}

function erasedKeys(clinic: number, detail: Detail): string[] {
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return [
    ...list(detail.subscriptions).map((selector) => `subscription ${selector}`),
    ...list(detail.episodes).map((episode) => `clinicians ${clinic} ${episode}`),
  ];
}

/** What an audit row is about. */
function thingOf(row: Row, detail: Detail): Thing {
  const [kind] = text(row, 'action').split('.');
  switch (kind) {
    case 'account':
      return accountThing(detail.account);
    case 'api-key':
      return apiKeyThing(detail.selector, detail.account);
    case 'subscription':
      return subscriptionThing(detail.selector, row.clinic_id);
    case 'episode':
      return cliniciansThing(row.clinic_id, row.episode_id);
    case 'view':
      return viewsThing(row.clinic_id, detail.account);
    default:
      return operationThing(detail.operation);
  }
}

/** The digest of a list that became empty: then there is nothing that could stand. */
function emptyDigest(seal: Seal, row: Row, detail: Detail): string | undefined {
  const clinic = Number(row.clinic_id);
  if (row.action === 'episode.unassigned') {
    return contentSeal(seal, assignmentContent({ clinic, episode: whole(row, 'episode_id') }, []));
  }
  if (row.action !== 'view.removed') return undefined;
  return contentSeal(seal, viewsContent({ clinic, account: Number(detail.account) }, []));
}

const accountThing = (id: unknown) => ({
  key: `account ${id}`,
  said: `account ${id} was`,
});
const apiKeyThing = (selector: unknown, account: unknown) => ({
  key: `api-key ${selector}`,
  said: `an API key of account ${account} was`,
});
const subscriptionThing = (selector: unknown, clinic: unknown) => ({
  key: `subscription ${selector}`,
  said: `a subscription of clinic ${clinic} was`,
});
const cliniciansThing = (clinic: unknown, episode: unknown) => ({
  key: `clinicians ${clinic} ${episode}`,
  said: `the clinicians of episode ${episode} were`,
});
const viewsThing = (clinic: unknown, account: unknown) => ({
  key: `views ${clinic} ${account}`,
  said: `the saved views of account ${account} were`,
});
const operationThing = (seq: unknown) => ({
  key: `operation ${seq}`,
  said: `operation ${seq} was`,
});

/** All that stands in the tables. */
function* standing(connection: Connection): Generator<Standing> {
  for (const account of listAccounts(connection)) {
    yield { ...accountThing(account.id), content: accountContent(account) };
  }
  for (const row of connection.each('SELECT * FROM api_key')) {
    const key = readApiKey(row);
    yield { ...apiKeyThing(key.selector, key.account), content: apiKeyContent(key) };
  }
  for (const row of connection.each('SELECT * FROM subscription')) {
    const made = readSubscription(row);
    yield {
      ...subscriptionThing(made.selector, made.clinic),
      content: subscriptionContent(made),
    };
  }
  yield* assignments(connection);
  const owners = connection.all('SELECT DISTINCT clinic_id, account_id FROM saved_view');
  for (const row of owners) {
    const scope = { clinic: whole(row, 'clinic_id'), account: whole(row, 'account_id') };
    const content = viewsContent(scope, listViews(connection, scope));
    yield { ...viewsThing(scope.clinic, scope.account), content };
  }
  for (const row of connection.each('SELECT * FROM operation')) {
    const seq = whole(row, 'seq');
    yield { ...operationThing(seq), content: operationContent(seq, readOperation(row)) };
  }
}

function* assignments(connection: Connection): Generator<Standing> {
  const rows = connection.all(
    'SELECT * FROM episode_clinician ORDER BY clinic_id, episode_id, account_id',
  );
  const byEpisode = Map.groupBy(rows, (row) => `${row.clinic_id} ${row.episode_id}`);
  for (const [first, ...others] of byEpisode.values()) {
    if (first === undefined) continue;
    const scope = { clinic: whole(first, 'clinic_id'), episode: whole(first, 'episode_id') };
    const accounts = [first, ...others].map((row) => whole(row, 'account_id'));
    yield {
      ...cliniciansThing(scope.clinic, scope.episode),
      content: assignmentContent(scope, accounts),
    };
  }
}
