import { describe, expect, test } from 'vitest';
import {
  callerOfApiKey,
  issueApiKey,
  listApiKeys,
  revokeApiKey,
} from '../../../src/service/access/api-keys.ts';
import { reviseAccount } from '../../../src/service/access/revise-account.ts';
import { parseToken, tokenDigest, tokenText } from '../../../src/service/access/tokens.ts';
import { ok } from '../../cli/clinic-store.ts';
import { accessClinic, DAY_MS, failure, KINDS, NOON } from './access-clinic.ts';

const WORK = { account: 'bridge', label: ' ehr ', days: 30 };

describe.each(KINDS)('an API key, with a store in %s', (kind) => {
  async function bridged() {
    const clinic = await accessClinic(kind);
    const bridge = await clinic.machine('bridge');
    const { token, key } = ok(await issueApiKey(clinic.access, WORK));
    if (token === null) throw new Error('no token');
    const who = (text: string) => callerOfApiKey(clinic.access, text);
    return { ...clinic, bridge, token, key, who };
  }

  test('is told once, opens its account, and stands in the list without its secret half', async () => {
    const { access, bridge, token, key, who } = await bridged();
    expect(await who(token)).toEqual(bridge);
    const [selector, verifier = 'none'] = token.split('.');
    const row = {
      selector,
      label: 'ehr',
      state: 'active',
      createdAt: NOON,
      createdBy: 'tester',
      expiresAt: NOON + 30 * DAY_MS,
    };
    expect(key).toEqual(row);
    expect(ok(await listApiKeys(access, 'Bridge'))).toEqual([row]);
    const kept = JSON.stringify([
      await access.store.listApiKeys(bridge.id),
      await access.store.pageAudit({ after: 0, limit: 100 }),
    ]);
    expect(kept).not.toContain(verifier);
  });

  test('opens nothing once expired, revoked, or its account disabled', async () => {
    const { access, token, key, who, pass } = await bridged();
    pass(30 * DAY_MS - 1);
    expect(await who(token)).not.toBeNull();
    ok(await reviseAccount(access, { name: 'bridge', disabled: true }));
    expect(await who(token)).toBeNull();
    ok(await reviseAccount(access, { name: 'bridge', disabled: false }));
    expect(await who(token)).not.toBeNull();
    pass(1);
    expect(await who(token)).toBeNull();
    expect(ok(await listApiKeys(access, 'bridge'))[0]?.state).toBe('expired');
    const other = ok(await issueApiKey(access, WORK));
    expect(await who(other.token ?? '')).not.toBeNull();
    const { selector } = other.key;
    expect(ok(await revokeApiKey(access, { selector, dryRun: true }))).toEqual({ changed: true });
    expect(await who(other.token ?? '')).not.toBeNull();
    expect(ok(await revokeApiKey(access, { selector }))).toEqual({ changed: true });
    expect(await who(other.token ?? '')).toBeNull();
    expect(ok(await revokeApiKey(access, { selector }))).toEqual({ changed: false });
    expect(ok(await revokeApiKey(access, { selector, dryRun: true }))).toEqual({ changed: false });
    expect(key.selector).not.toBe(selector);
  });

  test('opens nothing with another’s half, in capitals, or under another key', async () => {
    const { access, token, who } = await bridged();
    const other = ok(await issueApiKey(access, WORK)).token ?? '';
    const [selector, verifier] = [token.split('.')[0], other.split('.')[1]];
    for (const text of [
      `${selector}.${verifier}`,
      token.toUpperCase(),
      `${token} `,
      '',
      selector ?? '',
    ]) {
      expect(await who(text)).toBeNull();
    }
    expect(await callerOfApiKey({ ...access, tokenKey: 'another' }, token)).toBeNull();
  });

  test('that fails makes the store look once, whatever is wrong', async () => {
    const { access, token } = await bridged();
    const looks: string[] = [];
    const { store } = access;
    const counting = {
      ...access,
      store: {
        ...store,
        findApiKey: (selector: string) => {
          looks.push(`look for ${selector.length}`);
          return store.findApiKey(selector);
        },
      },
    };
    const wrong = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const text of ['', 'malformed', wrong, `${'0'.repeat(16)}.${'0'.repeat(32)}`]) {
      expect(await callerOfApiKey(counting, text)).toBeNull();
      expect(looks.splice(0)).toEqual(['look for 16']);
    }
  });

  test('of a person, which some other program kept, opens nothing', async () => {
    const { access, person, token, who } = await bridged();
    const nurse = await person('nurse-a', ['clinician']);
    const parsed = parseToken(token.replace(/^.{4}/, '0000'));
    if (parsed === null) throw new Error('no token');
    const { selector } = parsed;
    const digest = tokenDigest(access, parsed);
    const key = { selector, account: nurse.id, digest, label: 'odd', expiresAt: NOON + DAY_MS };
    await access.store.createApiKey({ actor: 'tester', at: NOON }, key);
    expect(await access.store.findApiKey(selector)).toMatchObject({ outcome: 'ok' });
    expect(await who(tokenText(parsed))).toBeNull();
  });

  test.each([
    [{ account: 'nobody' }, 'not-found name: there is no such account'],
    [{ account: 'nurse-a' }, 'refused account: this account is of a person'],
    [{ label: '' }, 'invalid label: a label is needed'],
    [{ label: 'x'.repeat(81) }, 'invalid label: a label is needed'],
    [{ days: 0 }, 'invalid days: it cannot hold for so long'],
    [{ days: 366 }, 'invalid days: it cannot hold for so long'],
    [{ days: 1.5 }, 'invalid days: it cannot hold for so long'],
    [
      { days: Number.NaN, label: '' },
      'invalid label: a label is needed, to know it again in the list: where it is used; days',
    ],
  ])('is not made with %j', async (part, says) => {
    const { access, person, bridge } = await bridged();
    await person('nurse-a', ['clinician']);
    expect(failure(await issueApiKey(access, { ...WORK, ...part }))).toContain(says);
    expect(await access.store.listApiKeys(bridge.id)).toHaveLength(1);
  });

  test('is made for a year at most, and not at all on a dry run', async () => {
    const { access, bridge } = await bridged();
    const year = ok(await issueApiKey(access, { ...WORK, days: 365 }));
    expect(year.key.expiresAt).toBe(NOON + 365 * DAY_MS);
    expect(ok(await issueApiKey(access, { ...WORK, dryRun: true })).token).toBeNull();
    expect(await access.store.listApiKeys(bridge.id)).toHaveLength(2);
  });

  test('is made and revoked by who administers its clinics, and nobody else', async () => {
    const { access, person, key, south } = await bridged();
    const admin = await person('admin', ['administrator']);
    const nurse = await person('nurse-a', ['clinician', 'scheduler']);
    const far = await person('far', ['administrator'], south);
    const { selector } = key;
    for (const caller of [nurse, far]) {
      expect(failure(await issueApiKey(access, { ...WORK, caller }))).toContain('refused');
      expect(failure(await revokeApiKey(access, { selector, caller }))).toContain('refused');
    }
    expect((await issueApiKey(access, { ...WORK, caller: admin })).ok).toBe(true);
    expect(ok(await revokeApiKey(access, { selector, caller: admin }))).toEqual({ changed: true });
    const unknown = await revokeApiKey(access, { selector: 'nothing', caller: admin });
    expect(failure(unknown)).toBe('not-found : there is no such API key');
    expect(failure(await listApiKeys(access, 'nobody'))).toContain('not-found');
  });
});
