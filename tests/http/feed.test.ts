import { describe, expect, test } from 'vitest';
import { newFeedDesk } from '../../src/http/feed/feed-desk.ts';
import { FeedThrottle } from '../../src/http/feed/feed-throttle.ts';
import { nextTurn } from '../../src/http/feed/next-turn.ts';
import { revokeSubscription } from '../../src/service/access/revoke-subscription.ts';
import { rotateSubscription } from '../../src/service/access/rotate-subscription.ts';
import { FeedShelf } from '../../src/service/calendar/feed-shelf.ts';
import { assignClinician } from '../../src/service/episode/assign-clinician.ts';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { updateEpisode } from '../../src/service/episode/update-episode.ts';
import { erasePatient } from '../../src/service/keeping/erase-patient.ts';
import { runNightly } from '../../src/service/night/run-nightly.ts';
import { StoreFault } from '../../src/store/store-fault.ts';
import { ok } from '../cli/clinic-store.ts';
import { readEvents } from '../export/read-calendar.ts';
import { type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { feed, subscribe, subscriber } from './subscribed.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Registers an episode of an ablation on 1 June 2026: nothing of it has happened yet. */
async function register(
  { access, clinic }: HttpClinic,
  id: string,
  patientRef: string,
): Promise<void> {
  const episode = { id, patientRef, laterality: 'left', ablation: { date: '2026-06-01' } };
  const document = { episode, events: [] };
  ok(await registerEpisode(access, { clinic, document, acceptContradictions: true }));
}

async function withPatients(...patients: readonly string[]): Promise<HttpClinic> {
  const http = await httpClinic({ sample: false });
  for (const [index, patient] of patients.entries()) {
    await register(http, `EP-${index + 1}`, patient);
  }
  return http;
}

const PATIENT = { kind: 'patient', patientRef: 'P-1' } as const;
const CLINIC = { kind: 'clinic' } as const;

/** What tells one answer from another, without the number of the request. */
async function told(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
  return { status: answer.status, headers, body: await answer.text() };
}

async function night({ access, clinic }: HttpClinic): Promise<void> {
  const deliver = async () => ({ ok: true as const, value: { digest: '0' } });
  const about = { clinic, soonDays: 28, holder: 'test', leaseMs: 60_000, deliver };
  ok(await runNightly(access, about));
}

/** The same answer of the store for everything. */
function failing(http: HttpClinic, question: 'pageCalendar' | 'findSubscription' | 'auditHead') {
  const { store } = http.access;
  const fault = async () => {
    throw new StoreFault('io', 'the file cannot be read');
  };
  return Object.assign(store, { [question]: fault });
}

describe('a calendar that is subscribed to', () => {
  test('is sent as text/calendar with a strong tag, to be asked for anew each time', async () => {
    const http = await withPatients('P-1');
    const answer = await (await subscribe(http, PATIENT)).fetch();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    const text = await answer.text();
    expect(answer.headers.get('Content-Length')).toBe(String(Buffer.byteLength(text)));
    expect(readEvents(text).length).toBeGreaterThan(5);
  });

  test('is not sent again to who has it already, and has the same bytes while nothing changes', async () => {
    const http = await withPatients('P-1');
    const { fetch, text } = await subscribe(http, PATIENT);
    const first = await fetch();
    const tag = first.headers.get('ETag') ?? '';
    http.pass(5 * MINUTE);
    for (const has of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await fetch({ 'If-None-Match': has });
      expect(again.status).toBe(304);
      expect(again.headers.get('ETag')).toBe(tag);
      expect(await again.text()).toBe('');
    }
    expect(await text()).toBe(await first.text());
    expect((await fetch({ 'If-None-Match': '"other"' })).status).toBe(200);
  });

  test('has the same bytes after a restart of the service', async () => {
    const http = await withPatients('P-1', 'P-2');
    const { text } = await subscribe(http, CLINIC);
    const before = await text();
    Object.assign(http.service, { feeds: newFeedDesk(http.access.clock) });
    expect(await text()).toBe(before);
  });

  test('answers HEAD with the head alone', async () => {
    const http = await withPatients('P-1');
    const { token, fetch } = await subscribe(http, PATIENT);
    const whole = await fetch();
    const head = await http.fetch(new Request(`${ORIGIN}/f/${token}.ics`, { method: 'HEAD' }));
    expect(head.status).toBe(200);
    expect(head.headers.get('ETag')).toBe(whole.headers.get('ETag'));
    expect(head.headers.get('Content-Length')).toBe(whole.headers.get('Content-Length'));
    expect(await head.text()).toBe('');
  });

  test('writes nothing to the store when it is read', async () => {
    const http = await withPatients('P-1');
    const { text } = await subscribe(http, PATIENT, { privacy: 'coded' });
    const before = await http.access.store.auditHead();
    http.pass(DAY);
    await text();
    expect(await http.access.store.auditHead()).toEqual(before);
  });

  test('follows what is recorded: a visit is booked, one is done and cancelled here', async () => {
    const http = await withPatients('P-1');
    const { access, clinic } = http;
    const { text } = await subscribe(http, PATIENT, { privacy: 'coded', days: 365 });
    const before = readEvents(await text());
    const [first] = [...before].sort((a, b) => (a.start < b.start ? -1 : 1));
    const booking = {
      type: 'booking',
      date: '2026-06-15',
      visit: 'a1.baseline',
      appointment: '2026-09-02T09:30[Europe/Berlin]',
    };
    http.pass(MINUTE);
    ok(await recordEvents(access, { clinic, episode: 'EP-1', events: [booking] }));
    const booked = readEvents(await text()).find(({ uid }) => uid === first?.uid);
    expect(booked).toMatchObject({ start: '2026-09-02T07:30:00Z', status: 'CONFIRMED' });
    http.pass(80 * DAY);
    const exam = { type: 'imaging', date: '2026-09-02', modality: 'MRI', biRads: '2' };
    ok(await recordEvents(access, { clinic, episode: 'EP-1', events: [exam] }));
    const done = readEvents(await text()).find(({ uid }) => uid === first?.uid);
    expect(done).toMatchObject({ status: 'CANCELLED', alarms: [] });
    http.pass(91 * DAY);
    expect(readEvents(await text()).map(({ uid }) => uid)).not.toContain(first?.uid);
  });

  test('shows an episode that was registered after it was subscribed to, at each level of privacy', async () => {
    const http = await withPatients('P-1');
    const feeds = [];
    for (const privacy of ['minimal', 'coded', 'named'] as const) {
      feeds.push(await subscribe(http, CLINIC, { privacy }));
    }
    await register(http, 'EP-2', 'P-2');
    for (const { text } of feeds) {
      const uids = readEvents(await text()).map(({ uid }) => uid);
      expect(new Set(uids).size).toBe(uids.length);
      expect(uids.length).toBeGreaterThan(3);
    }
    const [minimal] = feeds;
    const only = await subscribe(http, { kind: 'patient', patientRef: 'P-2' });
    const all = readEvents((await minimal?.text()) ?? '').map(({ uid }) => uid);
    const ahead = readEvents(await only.text()).filter(({ start }) => start < '2027-07');
    expect(all).toEqual(expect.arrayContaining(ahead.map(({ uid }) => uid)));
  });

  test('shows an episode that became of its patient, and no longer one that became of another', async () => {
    const http = await withPatients('P-1', 'P-2');
    const { access, clinic } = http;
    const one = await subscribe(http, PATIENT);
    const two = await subscribe(http, { kind: 'patient', patientRef: 'P-2' });
    const uids = readEvents(await one.text()).map(({ uid }) => uid);
    const facts = { fields: { patientRef: 'P-2' } };
    ok(await updateEpisode(access, { clinic, episode: 'EP-1', facts }));
    expect(readEvents(await two.text()).map(({ uid }) => uid)).toEqual(
      expect.arrayContaining(uids),
    );
    expect((await one.fetch()).status).toBe(404);
  });

  test('opens nothing any more after an episode turned out to be of another patient, whoever has the reference later', async () => {
    const http = await withPatients('P-1', 'P-2');
    const { access, clinic } = http;
    const one = await subscribe(http, PATIENT);
    const facts = { fields: { patientRef: 'P-2' } };
    ok(await updateEpisode(access, { clinic, episode: 'EP-1', facts }));
    const refused = await told(await one.fetch());
    expect(refused.status).toBe(404);
    expect(refused).toEqual(
      await told(await feed(http, `${'0'.repeat(16)}.${'0'.repeat(32)}`).fetch()),
    );
    // The patient whose reference it is comes to the clinic.
    await register(http, 'EP-3', 'P-1');
    expect(await told(await one.fetch())).toEqual(refused);
    expect((await (await subscribe(http, PATIENT)).fetch()).status).toBe(200);
  });

  test('opens nothing any more where the reference is that of another patient, too', async () => {
    const http = await withPatients('P-1', 'P-1');
    const { access, clinic } = http;
    const one = await subscribe(http, PATIENT);
    expect((await one.fetch()).status).toBe(200);
    const facts = { fields: { patientRef: 'P-2' } };
    ok(await updateEpisode(access, { clinic, episode: 'EP-1', facts }));
    expect((await one.fetch()).status).toBe(404);
    expect(await access.store.verifyAudit()).toMatchObject({ breach: null });
  });
});

describe('what a full disk prevented', () => {
  test.each([
    ['the clinic', CLINIC],
    ['its patient', { kind: 'patient', patientRef: 'P-1' }],
    ['who is responsible', 'mine'],
  ] as const)('is in the calendar of %s after the next night', async (_, subject) => {
    const http = await withPatients('P-1');
    const { access, clinic } = http;
    const caller = await subscriber(http);
    const work = { clinic, episode: 'EP-1', account: caller.name, caller, assigned: true };
    ok(await assignClinician(access, work));
    const { store } = access;
    const works = store.saveCalendar;
    Object.assign(store, {
      saveCalendar: async () => {
        throw new StoreFault('full', 'the disk is full');
      },
    });
    const { text } = await subscribe(http, subject);
    expect(readEvents(await text())).toEqual([]);
    Object.assign(store, { saveCalendar: works });
    http.pass(DAY);
    await night(http);
    expect(readEvents(await text()).length).toBeGreaterThan(1);
  });
});

describe('a calendar of many patients', () => {
  test('goes 400 days ahead, the one of a patient goes to the end', async () => {
    const http = await withPatients('P-1');
    const [clinic, patient] = [await subscribe(http, CLINIC), await subscribe(http, PATIENT)];
    const all = readEvents(await patient.text()).map(({ start }) => start);
    const near = readEvents(await clinic.text()).map(({ start }) => start);
    expect(all.some((start) => start > '2030')).toBe(true);
    expect(near.sort()).toEqual(all.filter((start) => start <= '2027-07-20').sort());
  });

  test('keeps a visit that is overdue for years', async () => {
    const http = await withPatients('P-1');
    http.pass(1000 * DAY);
    const { text } = await subscribe(http, CLINIC);
    expect(readEvents(await text()).filter(({ start }) => start < '2026-10')).toHaveLength(1);
  });
});

describe('the calendar of a clinician', () => {
  test('shows the episodes that they are responsible for, and is empty while there are none', async () => {
    const http = await withPatients('P-1', 'P-2');
    const { access, clinic } = http;
    const { text } = await subscribe(http, 'mine');
    expect(readEvents(await text())).toEqual([]);
    const caller = await subscriber(http);
    const work = { clinic, episode: 'EP-2', account: caller.name, caller };
    ok(await assignClinician(access, { ...work, assigned: true }));
    const mine = readEvents(await text()).map(({ uid }) => uid);
    const one = await subscribe(http, { kind: 'patient', patientRef: 'P-2' });
    const ofPatient = readEvents(await one.text()).map(({ uid }) => uid);
    expect(mine.length).toBeGreaterThan(1);
    expect(ofPatient).toEqual(expect.arrayContaining(mine));
    ok(await assignClinician(access, { ...work, assigned: false }));
    expect(readEvents(await text())).toEqual([]);
  });

  test('opens nothing once the account is disabled', async () => {
    const http = await withPatients('P-1');
    const { fetch } = await subscribe(http, 'mine');
    expect((await fetch()).status).toBe(200);
    const { id } = await subscriber(http);
    const act = { actor: 'tester', at: http.access.clock() };
    const done = await http.access.store.reviseAccount(act, {
      id,
      changes: { disabled: true },
    });
    expect(done.outcome).toBe('ok');
    expect((await fetch()).status).toBe(404);
  });
});

describe('a token that opens nothing', () => {
  test('is answered in the same words whatever is wrong with it', async () => {
    const http = await withPatients('P-1');
    const [known, revoked, expired] = [
      await subscribe(http, PATIENT),
      await subscribe(http, PATIENT),
      await subscribe(http, PATIENT, { days: 1 }),
    ];
    const caller = await subscriber(http);
    const { access, clinic } = http;
    ok(await revokeSubscription(access, { clinic, selector: revoked.selector, caller }));
    http.pass(DAY);
    const [selector = '', verifier = ''] = known.token.split('.');
    const bad = [
      revoked.token,
      expired.token,
      `${selector}.${'0'.repeat(32)}`,
      `${'0'.repeat(16)}.${verifier}`,
      `${verifier}.${selector}`,
      known.token.toUpperCase(),
      `${known.token}0`,
      selector,
      'x',
      '%00',
      '..%2f..%2fetc%2fpasswd',
      `${selector}.${verifier}.ics/..`,
      'é'.repeat(200),
    ];
    const answers = [];
    for (const token of bad) answers.push(await told(await feed(http, token).fetch()));
    const [first, ...others] = answers;
    expect(first).toMatchObject({ status: 404, body: 'Not found\n' });
    for (const other of others) expect(other).toEqual(first);
    expect((await known.fetch()).status).toBe(200);
  });

  test('is what a token becomes at the moment it expires, is revoked or gets another address', async () => {
    const http = await withPatients('P-1');
    const { access, clinic } = http;
    const [old, ending] = [
      await subscribe(http, PATIENT),
      await subscribe(http, PATIENT, { days: 2 }),
    ];
    const tag = (await old.fetch()).headers.get('ETag') ?? '';
    const caller = await subscriber(http);
    const rotation = { clinic, caller, selector: old.selector, days: 10 };
    const { token } = ok(await rotateSubscription(access, rotation));
    expect((await old.fetch({ 'If-None-Match': tag })).status).toBe(404);
    expect((await feed(http, token).fetch({ 'If-None-Match': tag })).status).toBe(304);
    http.pass(2 * DAY - 1);
    expect((await ending.fetch()).status).toBe(200);
    http.pass(1);
    expect((await ending.fetch()).status).toBe(404);
  });

  test('is that of a patient who was erased', async () => {
    const http = await withPatients('P-1', 'P-2');
    const { access, clinic } = http;
    const [gone, whole] = [await subscribe(http, PATIENT), await subscribe(http, CLINIC)];
    const before = readEvents(await whole.text()).length;
    const whose = { patientRef: 'P-1' };
    ok(await erasePatient(access, { clinic, whose, ground: 'patient-request', confirm: 'P-1' }));
    expect((await gone.fetch()).status).toBe(404);
    expect(readEvents(await whole.text()).length).toBe(before / 2);
  });
});

describe('what a calendar tells', () => {
  const CANARY = 'CANARY-4711';

  test.each([
    { privacy: 'minimal', subject: { kind: 'patient', patientRef: CANARY }, tells: [false, false] },
    { privacy: 'coded', subject: { kind: 'patient', patientRef: CANARY }, tells: [false, true] },
    { privacy: 'minimal', subject: CLINIC, tells: [false, false] },
    { privacy: 'coded', subject: CLINIC, tells: [false, true] },
    { privacy: 'named', subject: CLINIC, tells: [true, true] },
  ] as const)('$privacy of $subject.kind: reference and episode are told $tells', async (row) => {
    const http = await withPatients(CANARY);
    const { text } = await subscribe(http, row.subject, { privacy: row.privacy });
    const calendar = (await text()).replaceAll('\r\n ', '');
    expect([calendar.includes(CANARY), calendar.includes('EP-1')]).toEqual(row.tells);
    if (row.privacy !== 'minimal') return;
    expect(calendar).not.toMatch(/ablation|cryo|breast|left|right|BI-RADS|MRI/i);
  });

  test('is of its own patient and clinic only', async () => {
    const http = await withPatients('P-1', 'P-2');
    const [one, two] = [
      await subscribe(http, PATIENT, { privacy: 'coded' }),
      await subscribe(http, { kind: 'patient', patientRef: 'P-2' }, { privacy: 'coded' }),
    ];
    expect(await one.text()).not.toContain('EP-2');
    expect(await two.text()).not.toContain('EP-1');
    const caller = await subscriber(http);
    const elsewhere = { ...caller, roles: new Map([[http.other.id, new Set(['administrator'])]]) };
    const foreign = await revokeSubscription(http.access, {
      clinic: http.other,
      selector: one.selector,
      caller: elsewhere as typeof caller,
    });
    expect(foreign).toMatchObject({ ok: false, fault: 'not-found' });
    expect((await one.fetch()).status).toBe(200);
  });

  test('leaves the token in no log line and in no row of the audit log', async () => {
    const http = await withPatients('P-1');
    const { token, fetch, selector } = await subscribe(http, PATIENT);
    await fetch();
    await feed(http, `${token}x`).fetch();
    failing(http, 'findSubscription');
    await fetch();
    const log = http.log.join('\n');
    expect(log).toContain('"route":"/f/:token{.+\\\\.ics}"');
    const [, verifier = 'none'] = token.split('.');
    expect(log).not.toContain(selector);
    expect(log).not.toContain(verifier);
    const rows = await http.access.store.pageAudit({ after: 0, limit: 1000 });
    expect(JSON.stringify(rows)).not.toContain(verifier);
  });
});

describe('a fault of the store', () => {
  test.each(['findSubscription', 'auditHead', 'pageCalendar'] as const)(
    'in %s is a 503, never an empty calendar, and is not kept',
    async (question) => {
      const http = await withPatients('P-1');
      const { fetch } = await subscribe(http, PATIENT);
      const { store } = http.access;
      const works = store[question];
      failing(http, question);
      const answer = await fetch();
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toContain('VCALENDAR');
      Object.assign(store, { [question]: works });
      expect((await fetch()).status).toBe(200);
    },
  );
});

describe('who asks too often', () => {
  test('waits: for one subscription after 30 requests, and is told for how long', async () => {
    const http = await withPatients('P-1');
    const [one, two] = [await subscribe(http, PATIENT), await subscribe(http, PATIENT)];
    for (let count = 0; count < 30; count += 1) expect((await one.fetch()).status).toBe(200);
    const answer = await one.fetch();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Retry-After')).toBe('10');
    expect((await two.fetch()).status).toBe(200);
    http.pass(10_000);
    expect((await one.fetch()).status).toBe(200);
    expect((await one.fetch()).status).toBe(429);
  });

  test('waits for anything after 300 requests from one address, good or bad', async () => {
    const http = await withPatients('P-1');
    const { fetch, selector } = await subscribe(http, PATIENT);
    const guess = feed(http, `${selector}.${'1'.repeat(32)}`);
    for (let count = 0; count < 300; count += 1) await guess.fetch();
    expect((await guess.fetch()).status).toBe(429);
    expect((await fetch()).status).toBe(429);
    http.pass(1000);
    expect((await fetch()).status).toBe(200);
  });

  test('cannot lock out a subscription whose selector they know', async () => {
    const http = await withPatients('P-1');
    const { fetch, selector } = await subscribe(http, PATIENT);
    const guess = feed(http, `${selector}.${'1'.repeat(32)}`);
    for (let count = 0; count < 100; count += 1) await guess.fetch();
    expect((await fetch()).status).toBe(200);
  });

  test('is forgotten longest unseen first, so that memory is bounded', () => {
    const throttle = new FeedThrottle(() => 0, { ofSource: { burst: 1, perSecond: 1 }, most: 2 });
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map((source) => throttle.ofSource(source))).toEqual([
      0, 0, 1, 0, 1, 0,
    ]);
  });

  test('gains nothing by a clock that is set back', () => {
    let now = 10_000;
    const throttle = new FeedThrottle(() => now, { ofSource: { burst: 1, perSecond: 1 } });
    expect(throttle.ofSource('a')).toBe(0);
    now = 0;
    expect(throttle.ofSource('a')).toBe(1);
  });
});

describe('the shelf of calendars', () => {
  test('looks at no episode while the store and the day stay the same', async () => {
    const http = await withPatients('P-1');
    const { fetch, text } = await subscribe(http, PATIENT);
    const calendar = await text();
    failing(http, 'pageCalendar');
    expect(await text()).toBe(calendar);
    http.pass(DAY);
    expect((await fetch()).status).toBe(503);
  });

  test('keeps no more bytes than it may', async () => {
    const http = await withPatients('P-1', 'P-2');
    const { access, clinic } = http;
    await subscribe(http, CLINIC);
    const of = (patientRef: string) => ({
      clinic: clinic.id,
      subject: { kind: 'patient' as const, patientRef },
      privacy: 'minimal' as const,
    });
    const size = (await new FeedShelf(nextTurn).take(access, of('P-1')))?.bytes.length ?? 0;
    const shelf = new FeedShelf(nextTurn, size * 1.5);
    const one = await shelf.take(access, of('P-1'));
    expect(await shelf.take(access, of('P-1'))).toBe(one);
    await shelf.take(access, of('P-2'));
    expect(await shelf.take(access, of('P-1'))).not.toBe(one);
    expect(await shelf.take(access, of('P-1'))).toEqual(one);
  });

  test('makes a calendar once for those who ask at one time', async () => {
    const http = await withPatients('P-1');
    const shelf = new FeedShelf(nextTurn);
    const content = { clinic: http.clinic.id, subject: PATIENT, privacy: 'minimal' as const };
    const [one, two] = await Promise.all([
      shelf.take(http.access, content),
      shelf.take(http.access, content),
    ]);
    expect(one).toBe(two);
  });
});
