import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src/domain/role.ts';
import { listSubscriptions } from '../../../src/service/access/list-subscriptions.ts';
import { openSubscription } from '../../../src/service/access/open-subscription.ts';
import { resolveFeed } from '../../../src/service/access/resolve-feed.ts';
import { reviseAccount } from '../../../src/service/access/revise-account.ts';
import { revokeSubscription } from '../../../src/service/access/revoke-subscription.ts';
import { rotateSubscription } from '../../../src/service/access/rotate-subscription.ts';
import type { SubscriptionWork } from '../../../src/service/access/subscription-draft.ts';
import { approveProtocol } from '../../../src/service/clinic/approve-protocol.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { ok } from '../../cli/clinic-store.ts';
import { accessClinic, DAY_MS, failure, KINDS, NOON } from './access-clinic.ts';

const PATIENT = { kind: 'patient', patientRef: 'P-1' } as const;
const CLINIC = { kind: 'clinic' } as const;

describe.each(KINDS)('a calendar subscription, with a store in %s', (kind) => {
  async function subscribed() {
    const clinic = await accessClinic(kind);
    const { access, north } = clinic;
    const protocol = 'staged-risk-adapted';
    ok(await approveProtocol(access, { clinic: north, protocol, clinician: 'Dr. Lee' }));
    const episode = { id: 'EP-1', patientRef: 'P-1', laterality: 'left' };
    const document = { episode: { ...episode, ablation: { date: '2026-01-15' } }, events: [] };
    ok(await registerEpisode(access, { clinic: north, document }));
    const nurse = await clinic.person('nurse-a', ['scheduler']);
    const doctor = await clinic.person('dr-lee', ['clinician']);
    const admin = await clinic.person('admin', ['administrator']);
    const work: SubscriptionWork = {
      clinic: north,
      subject: PATIENT,
      privacy: 'minimal',
      label: 'phone',
      days: 365,
      caller: nurse,
    };
    const open = (part: Partial<SubscriptionWork> = {}) =>
      openSubscription(access, { ...work, ...part });
    const feed = (text: string) => resolveFeed(access, text);
    return { ...clinic, nurse, doctor, admin, open, feed };
  }

  test('is told once, opens its calendar, and stands in the list without its secret half', async () => {
    const { access, north, south, open, feed } = await subscribed();
    const { token, subscription } = ok(await open());
    expect(await feed(token)).toMatchObject({
      clinic: north.id,
      subject: PATIENT,
      privacy: 'minimal',
    });
    const [selector, verifier = 'none'] = token.split('.');
    expect(subscription).toEqual({
      selector,
      clinic: north.id,
      subject: PATIENT,
      privacy: 'minimal',
      label: 'phone',
      createdAt: NOON,
      createdBy: 'nurse-a',
      expiresAt: NOON + 365 * DAY_MS,
      state: 'active',
    });
    const all = ok(await open({ subject: CLINIC }));
    expect(await listSubscriptions(access, north, PATIENT)).toEqual([subscription]);
    const listed = await listSubscriptions(access, north);
    expect(new Set(listed)).toEqual(new Set([subscription, all.subscription]));
    expect(await listSubscriptions(access, south)).toEqual([]);
    const kept = JSON.stringify([
      await access.store.listSubscriptions({ clinic: north.id }),
      await access.store.pageAudit({ after: 0, limit: 100 }),
    ]);
    expect(kept).not.toContain(verifier);
  });

  test('opens nothing once it is expired or revoked', async () => {
    const { access, north, nurse, open, feed, pass } = await subscribed();
    const { token } = ok(await open({ days: 1 }));
    const other = ok(await open());
    pass(DAY_MS - 1);
    expect(await feed(token)).not.toBeNull();
    pass(1);
    expect(await feed(token)).toBeNull();
    const { selector } = other.subscription;
    const scope = { clinic: north, selector, caller: nurse };
    expect(ok(await revokeSubscription(access, scope))).toEqual({ changed: true });
    expect(await feed(other.token)).toBeNull();
    expect(ok(await revokeSubscription(access, scope))).toEqual({ changed: false });
    const states = (await listSubscriptions(access, north)).map(({ state }) => state);
    expect(states.sort()).toEqual(['expired', 'revoked']);
  });

  test('of a clinician opens nothing once they are disabled or have no role in the clinic', async () => {
    const { access, north, doctor, open, feed } = await subscribed();
    const subject = { kind: 'clinician', account: doctor.id } as const;
    const { token } = ok(await open({ subject, privacy: 'coded', caller: doctor }));
    const change = (work: Omit<Parameters<typeof reviseAccount>[1], 'name'>) =>
      reviseAccount(access, { name: 'dr-lee', ...work });
    expect(await feed(token)).toMatchObject({ clinic: north.id, subject, privacy: 'coded' });
    ok(await change({ disabled: true }));
    expect(await feed(token)).toBeNull();
    ok(await change({ disabled: false }));
    expect(await feed(token)).not.toBeNull();
    ok(await change({ roles: { clinic: north, are: [] } }));
    expect(await feed(token)).toBeNull();
    expect(failure(await open({ subject }))).toBe(
      'not-found subject: the clinic has no such clinician',
    );
  });

  test.each([
    ['minimal', 'dr-lee', 'clinician'],
    ['coded', 'admin', 'administrator'],
    ['named', 'admin', 'administrator'],
  ] as const)(
    'of the whole clinic, %s, opens nothing once %s is disabled or may no longer make it',
    async (privacy, name, role) => {
      const { access, north, south, doctor, admin, open, feed } = await subscribed();
      const caller = name === 'admin' ? admin : doctor;
      const { token } = ok(await open({ subject: CLINIC, privacy, caller }));
      const change = async (work: Omit<Parameters<typeof reviseAccount>[1], 'name'>) => {
        ok(await reviseAccount(access, { name, ...work }));
        return (await feed(token)) !== null;
      };
      const roles = (clinic: typeof north, ...are: readonly Role[]) =>
        change({ roles: { clinic, are } });
      expect(await feed(token)).toMatchObject({ subject: CLINIC, privacy });
      expect(await change({ disabled: true })).toBe(false);
      expect(await change({ disabled: false })).toBe(true);
      expect(await roles(south, role)).toBe(true);
      expect(await roles(north)).toBe(false);
      expect(await roles(north, 'viewer')).toBe(false);
      expect(await roles(north, 'scheduler')).toBe(privacy !== 'named');
      expect(await roles(north, role)).toBe(true);
    },
  );

  test('of a patient goes on when whoever handed it out leaves', async () => {
    const { access, open, feed } = await subscribed();
    const { token } = ok(await open());
    ok(await reviseAccount(access, { name: 'nurse-a', disabled: true }));
    expect(await feed(token)).not.toBeNull();
  });

  test('that opens nothing takes one look at the store, one digest and one comparison, whatever is wrong', async () => {
    const { access, north, nurse, open, pass } = await subscribed();
    const short = ok(await open({ days: 1 }));
    const revoked = ok(await open());
    const { selector } = revoked.subscription;
    ok(await revokeSubscription(access, { clinic: north, selector, caller: nurse }));
    pass(DAY_MS);
    const good = ok(await open());
    const work: string[] = [];
    const { store, hmac, sameText } = access;
    const counting = {
      ...access,
      hmac: (key: string, text: string) => {
        work.push(`digest of ${text.length}`);
        return hmac(key, text);
      },
      sameText: (a: string, b: string) => {
        work.push(`compare ${a.length} with ${b.length}`);
        return sameText(a, b);
      },
      store: {
        ...store,
        findSubscription: (wanted: string) => {
          work.push(`look for ${wanted.length}`);
          return store.findSubscription(wanted);
        },
      },
    };
    expect(await resolveFeed(counting, good.token)).not.toBeNull();
    const whole = work.splice(0);
    expect(whole).toEqual(['look for 16', 'digest of 49', 'compare 64 with 64']);
    const wrong = good.token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const unknown = `${'0'.repeat(16)}.${'0'.repeat(32)}`;
    for (const text of ['', '../../etc/passwd', wrong, unknown, short.token, revoked.token]) {
      expect([text, await resolveFeed(counting, text)]).toEqual([text, null]);
      expect(work.splice(0)).toEqual(whole);
    }
  });

  test.each([
    [{ days: 0 }, 'invalid days: it cannot hold for so long'],
    [{ days: 366 }, 'invalid days: it cannot hold for so long'],
    [{ label: ' ' }, 'invalid label: a label is needed'],
    [
      { privacy: 'named' },
      'invalid privacy: only the calendar of a whole clinic may name patients',
    ],
    [{ privacy: 'named', subject: { kind: 'clinician', account: 1 } }, 'invalid privacy'],
    [
      { privacy: 'named', subject: CLINIC },
      'refused : this account may not make calendars that name',
    ],
    [
      { subject: { kind: 'patient', patientRef: 'P-2' } },
      'not-found subject: the clinic has no episode',
    ],
    [
      { subject: { kind: 'patient', patientRef: '' } },
      'not-found subject: the clinic has no episode',
    ],
    [{ subject: { kind: 'clinician', account: 9 } }, 'not-found subject: the clinic has no such'],
  ] as const)('is not made with %j', async (part, says) => {
    const { access, north, open } = await subscribed();
    expect(failure(await open(part))).toContain(says);
    expect(await listSubscriptions(access, north)).toEqual([]);
  });

  test('that names patients is made by who administers the clinic', async () => {
    const { admin, doctor, open } = await subscribed();
    const named = { privacy: 'named', subject: CLINIC } as const;
    expect((await open({ ...named, caller: admin })).ok).toBe(true);
    expect(failure(await open({ ...named, caller: doctor }))).toContain('refused');
    const ofPatient = await open({ ...named, subject: PATIENT, caller: admin });
    expect(failure(ofPatient)).toContain('invalid privacy');
  });

  test('is not made by who may only read, nor for another clinic', async () => {
    const { access, north, south, person, machine, nurse, open } = await subscribed();
    const others = [
      await person('reader', ['viewer']),
      await machine('bridge'),
      await person('far', ['administrator', 'clinician'], south),
    ];
    for (const caller of others) {
      expect(failure(await open({ caller }))).toBe(
        'refused : this account may not make calendar subscriptions in the clinic',
      );
    }
    expect(failure(await open({ clinic: south, subject: CLINIC }))).toContain('refused');
    expect(failure(await open({ clinic: south, subject: CLINIC, caller: nurse }))).toContain(
      'refused',
    );
    expect(await listSubscriptions(access, north)).toEqual([]);
  });

  test('of a patient of another clinic is not made', async () => {
    const { south, person, open } = await subscribed();
    const far = await person('far', ['scheduler'], south);
    expect(failure(await open({ clinic: south, caller: far }))).toContain('not-found subject');
  });

  test('gets a new address; the old one opens nothing from then on', async () => {
    const { access, north, nurse, open, feed, pass } = await subscribed();
    const old = ok(await open({ privacy: 'coded' }));
    pass(DAY_MS);
    const scope = { clinic: north, selector: old.subscription.selector, caller: nurse };
    expect(failure(await rotateSubscription(access, { ...scope, days: 366 }))).toContain('days');
    expect(await feed(old.token)).not.toBeNull();
    const fresh = ok(await rotateSubscription(access, { ...scope, days: 30 }));
    expect(await feed(old.token)).toBeNull();
    expect(await feed(fresh.token)).toMatchObject({
      clinic: north.id,
      subject: PATIENT,
      privacy: 'coded',
    });
    expect(fresh.subscription).toMatchObject({ label: 'phone', expiresAt: NOON + 31 * DAY_MS });
    const again = await rotateSubscription(access, { ...scope, days: 30 });
    expect(failure(again)).toBe('conflict : the subscription was revoked');
    expect(await listSubscriptions(access, north)).toHaveLength(2);
  });

  test('keeps its address where the store cannot give it a new one', async () => {
    const { access, north, nurse, open, feed } = await subscribed();
    const { token, subscription } = ok(await open());
    const full = {
      ...access,
      store: { ...access.store, replaceSubscription: () => Promise.reject(new Error('no room')) },
    };
    const scope = { clinic: north, selector: subscription.selector, caller: nurse, days: 30 };
    await expect(rotateSubscription(full, scope)).rejects.toThrow('no room');
    expect(await feed(token)).not.toBeNull();
    expect(await listSubscriptions(access, north)).toHaveLength(1);
  });

  /** As if so many were open, each made by one of these in turn. */
  async function crowded(count: number, makers: readonly string[]) {
    const clinic = await subscribed();
    const { access, north } = clinic;
    const { subscription } = ok(await clinic.open({ days: 1, caller: clinic.admin }));
    const found = await access.store.findSubscription(subscription.selector);
    if (found.outcome !== 'ok') throw new Error('it was made');
    const kept = found.value;
    const others = Array.from({ length: count }, (_, place) => ({
      ...kept,
      expiresAt: NOON + 2 * DAY_MS,
      createdBy: makers[place % makers.length] ?? '',
    }));
    const store = { ...access.store, listSubscriptions: async () => others };
    const crowd = { ...access, store };
    const work = { clinic: north, subject: PATIENT, privacy: 'minimal', label: 'phone' } as const;
    const more = (caller = clinic.nurse) => openSubscription(crowd, { ...work, days: 9, caller });
    return { ...clinic, crowd, more, selector: subscription.selector };
  }

  test('is one of at most 500 that somebody made and that work', async () => {
    expect((await (await crowded(499, ['nurse-a'])).more()).ok).toBe(true);
    const { more, doctor, pass } = await crowded(500, ['nurse-a']);
    expect(failure(await more())).toBe(
      'refused : you made 500 calendars that work, and no more can be open at once',
    );
    expect((await more(doctor)).ok).toBe(true);
    pass(2 * DAY_MS);
    expect((await more()).ok).toBe(true);
  });

  test('is one of at most 5000 of a clinic; giving one that works a new address needs no room', async () => {
    const makers = Array.from({ length: 20 }, (_, place) => `somebody-${place}`);
    const { more, crowd, north, admin, selector, pass } = await crowded(5000, makers);
    expect(failure(await more())).toContain('the clinic has 5000 calendars that work');
    const rotation = { clinic: north, selector, caller: admin, days: 1 };
    const fresh = ok(await rotateSubscription(crowd, rotation));
    pass(DAY_MS);
    const { selector: expired } = fresh.subscription;
    expect(failure(await rotateSubscription(crowd, { ...rotation, selector: expired }))).toContain(
      'the clinic has 5000 calendars',
    );
  });

  test('rotated by two at one time has one new address', async () => {
    const { access, north, nurse, open, feed } = await subscribed();
    const { subscription } = ok(await open());
    const rotation = { clinic: north, selector: subscription.selector, caller: nurse, days: 30 };
    const both = await Promise.all([
      rotateSubscription(access, rotation),
      rotateSubscription(access, rotation),
    ]);
    const [done] = both.flatMap((each) => (each.ok ? [each.value] : []));
    expect(both.filter((each) => each.ok)).toHaveLength(1);
    expect(await feed(done?.token ?? '')).not.toBeNull();
    const states = (await listSubscriptions(access, north)).map(({ state }) => state);
    expect(states.filter((state) => state === 'active')).toHaveLength(1);
  });

  test('is ended and rotated by who made it or administers the clinic, and by nobody else', async () => {
    const { access, north, south, nurse, doctor, admin, person, open, feed } = await subscribed();
    const reader = await person('reader', ['viewer']);
    const far = await person('far', ['administrator'], south);
    const { token, subscription } = ok(await open());
    const { selector } = subscription;
    for (const caller of [doctor, reader, far]) {
      const scope = { clinic: north, selector, caller };
      expect(failure(await revokeSubscription(access, scope))).toContain('refused');
      expect(failure(await rotateSubscription(access, { ...scope, days: 1 }))).toContain('refused');
    }
    const elsewhere = { clinic: south, selector, caller: far };
    expect(failure(await revokeSubscription(access, elsewhere))).toBe(
      'not-found : there is no such subscription',
    );
    const rotated = await rotateSubscription(access, { ...elsewhere, days: 1 });
    expect(failure(rotated)).toBe('not-found : there is no such subscription');
    expect(await listSubscriptions(access, south)).toEqual([]);
    const unknown = { clinic: north, selector: 'nothing', caller: nurse };
    expect(failure(await revokeSubscription(access, unknown))).toContain('not-found');
    expect(await feed(token)).not.toBeNull();
    const done = await revokeSubscription(access, { clinic: north, selector, caller: admin });
    expect(ok(done)).toEqual({ changed: true });
  });
});
