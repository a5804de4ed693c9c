import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../src/domain/event.ts';
import { CLOCK_TOLERANCE_MS } from '../../src/store/act.ts';
import type { Store, StoreWrites } from '../../src/store/store.ts';
import { accessContract } from './access-contract.ts';
import { apiKey, MEYER, subscription, withAccounts } from './access-fixtures.ts';
import {
  act,
  approvalOf,
  day,
  entry,
  exam,
  FIRST,
  facts,
  furnish,
  item,
  NORTH,
  newEpisode,
  protocolVersion,
  SECOND,
  SOUTH,
  UID_SECRET,
  value,
} from './fixtures.ts';
import { nightlyContract } from './nightly-contract.ts';

const clinic = NORTH.id;
const at10 = { clinic, episode: 10 };

/** A run whose lease has run out at once. */
const RUN = { clinic, asOf: day('2026-03-01'), holder: 'host-a 1', leaseMs: 0 };

const VIEW = { name: 'CANARY-VIEW', query: 'tier=high' };

const PATIENT_FEED = subscription('s-1', {
  subject: { kind: 'patient', patientRef: 'P-E-10' },
  label: 'CANARY-LABEL',
});

const meyer = { clinic, account: MEYER.id };

/** A change of every kind on a furnished store with episode 10. A new method needs a line here. */
const CHANGES: { readonly [M in keyof StoreWrites]: (store: Store) => Promise<unknown> } = {
  createClinic: (store) => store.createClinic(act(), { ...SOUTH, id: 3, code: 'EAST' }),
  setClinicCalendar: (store) => store.setClinicCalendar(act(), { clinic, document: '{}' }),
  recordProtocol: (store) =>
    store.recordProtocol(act(), { clinic, protocol: protocolVersion('3.0.0') }),
  approveProtocol: (store) =>
    store.approveProtocol(act(), { clinic, approval: approvalOf(FIRST, 'Dr. Roy') }),
  registerEpisodes: (store) =>
    store.registerEpisodes(act(), { clinic, episodes: [newEpisode(20)] }),
  reviseEpisode: (store) =>
    store.reviseEpisode(act(), {
      ...at10,
      expected: 1,
      facts: facts('E-10', { intent: 'curative' }),
    }),
  pinProtocol: async (store) => {
    value(await store.approveProtocol(act(), { clinic, approval: approvalOf(SECOND) }));
    return store.pinProtocol(act(), { ...at10, expected: 1, protocol: SECOND });
  },
  appendEvents: (store) =>
    store.appendEvents(act(), { ...at10, expected: 1, events: [exam('new')] }),
  savePlans: (store) =>
    store.savePlans(act(), { clinic, plans: [{ episode: 10, restsOn: 1, items: [] }] }),
  saveCalendar: (store) => store.saveCalendar(act(), { ...at10, entries: [entry('a1.baseline')] }),
  startRun: (store) => store.startRun(act(), RUN),
  finishRun: async (store) => {
    const { run } = value(await store.startRun(act(), RUN));
    const report = { digest: '00', episodes: 1, counts: { due: 1 } };
    return store.finishRun(act(), { ...RUN, run, report });
  },
  renewRun: async (store) => {
    const { run } = value(await store.startRun(act(), RUN));
    return store.renewRun(act(), { ...RUN, run, leaseMs: 1000 });
  },
  createAccount: (store) =>
    store.createAccount(act(), { ...MEYER, id: 510, name: 'b.roy', password: 'CANARY-HASH' }),
  reviseAccount: (store) =>
    store.reviseAccount(act(), { id: MEYER.id, changes: { password: 'CANARY-HASH-2' } }),
  createApiKey: (store) => store.createApiKey(act(), apiKey('k-1')),
  revokeApiKey: async (store) => {
    value(await store.createApiKey(act(), apiKey('k-2')));
    return store.revokeApiKey(act(), { selector: 'k-2' });
  },
  createSubscription: (store) => store.createSubscription(act(), PATIENT_FEED),
  revokeSubscription: async (store) => {
    value(await store.createSubscription(act(), subscription('s-2')));
    return store.revokeSubscription(act(), { clinic, selector: 's-2' });
  },
  replaceSubscription: async (store) => {
    value(await store.createSubscription(act(), subscription('s-3')));
    return store.replaceSubscription(act(), { selector: 's-3', by: subscription('s-4') });
  },
  assignClinician: (store) =>
    store.assignClinician(act(), { ...at10, account: MEYER.id, assigned: true }),
  saveView: (store) => store.saveView(act(), { ...meyer, view: VIEW }),
  removeView: async (store) => {
    value(await store.saveView(act(), { ...meyer, view: { ...VIEW, name: 'CANARY-VIEW-2' } }));
    return store.removeView(act(), { ...meyer, name: 'CANARY-VIEW-2' });
  },
  recordOperation: (store) =>
    store.recordOperation(act(), { kind: 'backup', outcome: 'ok', detail: 'CANARY-DETAIL' }),
  erasePatient: (store) =>
    store.erasePatient(act(), { clinic, whose: { episode: 10 }, ground: 'patient-request' }),
};

/** What belongs to the store as a whole names no clinic. */
const WITHOUT_CLINIC = /^(account|api-key|operation)\./;

/** One event of every type, with every field that has a day. */
const EVENTS: readonly CaseEvent[] = [
  { ...exam('e1'), findings: { zone: { longestMm: 31.5 } } } as CaseEvent,
  { type: 'report', id: 'e2', date: day('2026-02-02'), of: 'e1', biRads: '4B' },
  {
    type: 'pathology',
    id: 'e3',
    date: day('2026-02-03'),
    result: 'malignant',
    specimenDate: day('2026-02-01'),
    answers: ['esc.e1'],
  },
  { type: 'ablation', id: 'e4', date: day('2026-02-04'), freezeMinutes: [10, 8] },
  {
    type: 'constraint',
    id: 'e5',
    date: day('2026-02-05'),
    kind: 'pacemaker',
    from: day('2026-02-05'),
    to: day('2027-02-05'),
  },
  {
    type: 'deferral',
    id: 'e6',
    date: day('2026-02-06'),
    visit: 'a1.baseline',
    until: day('2026-06-01'),
    reason: 'r',
  },
  {
    type: 'decline',
    id: 'e7',
    date: day('2026-02-07'),
    visit: 'a1.baseline',
    reason: 'Ä "quoted"\u0007 😀',
  },
  {
    type: 'booking',
    id: 'e8',
    date: day('2026-02-08'),
    visit: 'a1.baseline',
    appointment: '2026-04-20T09:30[Europe/Berlin]',
  },
  { type: 'decision', id: 'e9', date: day('2026-02-09'), escalation: 'esc.e1', reason: 'r' },
  { type: 'suspension', id: 'e10', date: day('2026-02-10'), until: day('2026-03-10') },
  { type: 'resumption', id: 'e11', date: day('2026-02-11') },
  { type: 'surgery', id: 'e12', date: day('2026-02-12') },
  { type: 'closure', id: 'e13', date: day('2026-02-13'), reason: 'transferred' },
  { type: 'reopening', id: 'e14', date: day('2026-02-14'), reason: 'came back' },
  { type: 'correction', id: 'e15', date: day('2026-02-15'), of: 'e12', reason: 'typing error' },
  { type: 'contact', id: 'e16', date: day('2026-02-16'), method: 'letter', outcome: 'no-answer' },
];

/** What every store promises. `make` gives an empty one. */
export function storeContract(name: string, make: () => Promise<Store>): void {
  nightlyContract(name, make);
  accessContract(name, make);

  const furnished = async () => furnish(await make());
  const withEpisode = async () => {
    const store = await furnished();
    value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(10)] }));
    return store;
  };

  describe(`${name}: clinics and protocols`, () => {
    test('clinics are listed in the order of their numbers; number and code are unique', async () => {
      const store = await furnished();
      expect(await store.listClinics()).toEqual([NORTH, SOUTH]);
      expect(await store.createClinic(act(), { ...SOUTH, id: 1, code: 'WEST' })).toEqual({
        outcome: 'refused',
        why: 'id-taken',
      });
      expect(await store.createClinic(act(), { ...SOUTH, id: 3 })).toEqual({
        outcome: 'refused',
        why: 'code-taken',
      });
    });

    test('the UID secret is the one that the store was made with', async () => {
      expect(await (await make()).uidSecret()).toBe(UID_SECRET);
    });

    test('a protocol version is kept for ever: the same again is done, another document is refused', async () => {
      const store = await furnished();
      const again = await store.recordProtocol(act(), { clinic, protocol: FIRST });
      expect(again).toEqual({ outcome: 'ok', value: { recorded: false } });
      const other = await store.recordProtocol(act(), {
        clinic,
        protocol: protocolVersion('1.0.0', '{}'),
      });
      expect(other).toEqual({ outcome: 'refused', why: 'protocol-differs' });
      const { approvals, ...kept } = value(await store.findProtocol(clinic, FIRST));
      expect(kept).toEqual(FIRST);
      expect(approvals).toEqual([approvalOf(FIRST)]);
      expect((await store.listProtocols(clinic)).map(({ version }) => version)).toEqual([
        '1.0.0',
        '2.0.0',
      ]);
    });

    test('a clinician approves a recorded version once; a second one may too', async () => {
      const store = await furnished();
      const approve = (approval: ReturnType<typeof approvalOf>) =>
        store.approveProtocol(act(), { clinic, approval });
      expect(await approve(approvalOf(FIRST))).toEqual({
        outcome: 'refused',
        why: 'already-approved',
      });
      expect(await approve(approvalOf(protocolVersion('9.0.0')))).toEqual({
        outcome: 'not-found',
        what: 'protocol',
      });
      value(await approve(approvalOf(FIRST, 'Dr. Roy')));
      expect(value(await store.findProtocol(clinic, FIRST)).approvals).toHaveLength(2);
    });

    test('what is done in a clinic that does not exist is not found', async () => {
      const store = await furnished();
      const none = { outcome: 'not-found', what: 'clinic' };
      expect(await store.recordProtocol(act(), { clinic: 9, protocol: FIRST })).toEqual(none);
      expect(
        await store.approveProtocol(act(), { clinic: 9, approval: approvalOf(FIRST) }),
      ).toEqual(none);
      expect(await store.registerEpisodes(act(), { clinic: 9, episodes: [] })).toEqual(none);
      expect(await store.savePlans(act(), { clinic: 9, plans: [] })).toEqual(none);
      expect(await store.findProtocol(9, FIRST)).toEqual({
        outcome: 'not-found',
        what: 'protocol',
      });
    });
  });

  describe(`${name}: registering episodes`, () => {
    test('an episode comes back as it was handed in', async () => {
      const store = await withEpisode();
      expect(value(await store.loadCase(at10))).toEqual({
        id: 10,
        version: 1,
        planVersion: null,
        protocol: { id: 'staged', version: '1.0.0', hash: FIRST.hash },
        caseFile: { episode: facts('E-10'), events: [exam('x1')] },
      });
    });

    test('an episode without a patient reference and without a side is one too', async () => {
      const store = await furnished();
      const bare = { id: 'E-1', ablation: { date: day('2026-01-15') } };
      value(
        await store.registerEpisodes(act(), {
          clinic,
          episodes: [{ id: 1, facts: bare, protocol: FIRST }],
        }),
      );
      expect(value(await store.loadCase({ clinic, episode: 1 })).caseFile).toEqual({
        episode: bare,
        events: [],
      });
    });

    test.each([
      [
        'a number that is taken',
        newEpisode(10, { facts: facts('E-new') }),
        { outcome: 'refused', why: 'id-taken', index: 1 },
      ],
      [
        'an external id that is taken',
        newEpisode(12, { facts: facts('E-10') }),
        { outcome: 'refused', why: 'external-id-taken', index: 1 },
      ],
      [
        'an external id that stands twice in the batch',
        newEpisode(12, { facts: facts('E-11') }),
        { outcome: 'refused', why: 'external-id-taken', index: 1 },
      ],
      [
        'an event id that stands twice',
        newEpisode(12, { events: [exam('x'), exam('x')] }),
        { outcome: 'refused', why: 'event-id-taken', index: 1 },
      ],
      [
        'a protocol that was never recorded',
        newEpisode(12, { protocol: protocolVersion('9.0.0') }),
        { outcome: 'not-found', what: 'protocol', index: 1 },
      ],
      [
        'a protocol with another hash',
        newEpisode(12, { protocol: { ...FIRST, hash: SECOND.hash } }),
        { outcome: 'refused', why: 'protocol-differs', index: 1 },
      ],
      [
        'a protocol that no one approved',
        newEpisode(12, { protocol: SECOND }),
        { outcome: 'refused', why: 'not-approved', index: 1 },
      ],
    ])('%s refuses the whole batch', async (_, second, refusal) => {
      const store = await withEpisode();
      const head = await store.auditHead();
      expect(
        await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(11), second] }),
      ).toEqual(refusal);
      expect(await store.loadCase({ clinic, episode: 11 })).toEqual({
        outcome: 'not-found',
        what: 'episode',
      });
      expect(await store.auditHead()).toEqual(head);
    });

    test('an episode is found by its external id, and with the others of its patient', async () => {
      const store = await furnished();
      const episodes = [30, 29].map((id) =>
        newEpisode(id, { facts: facts(`E-${id}`, { patientRef: 'P-1' }) }),
      );
      value(await store.registerEpisodes(act(), { clinic, episodes }));
      const head = (id: number) => ({ id, externalId: `E-${id}`, patientRef: 'P-1', version: 1 });
      expect(await store.findEpisodes(clinic, { externalId: 'E-30' })).toEqual([head(30)]);
      expect(await store.findEpisodes(clinic, { patientRef: 'P-1' })).toEqual([head(29), head(30)]);
      expect(await store.findEpisodes(clinic, { patientRef: 'P-2' })).toEqual([]);
    });

    test('an episode is found by an id that differs in capitals alone', async () => {
      const store = await furnished();
      const episodes = ['É-30', 'e-30', 'E-30', 'E-3'].map((id, index) =>
        newEpisode(index + 1, { facts: facts(id) }),
      );
      value(await store.registerEpisodes(act(), { clinic, episodes }));
      const ids = async (externalIdInAnyCase: string) =>
        (await store.findEpisodes(clinic, { externalIdInAnyCase })).map(({ id }) => id);
      expect(await ids('E-30')).toEqual([2, 3]);
      expect(await ids('É-30')).toEqual([1]);
      expect(await ids('é-30')).toEqual([]);
      expect(await store.findEpisodes(SOUTH.id, { externalIdInAnyCase: 'E-30' })).toEqual([]);
    });

    test('two clinics may give the same external id', async () => {
      const store = await withEpisode();
      value(await store.recordProtocol(act(), { clinic: SOUTH.id, protocol: FIRST }));
      value(await store.approveProtocol(act(), { clinic: SOUTH.id, approval: approvalOf(FIRST) }));
      value(
        await store.registerEpisodes(act(), {
          clinic: SOUTH.id,
          episodes: [newEpisode(11, { facts: facts('E-10') })],
        }),
      );
      expect(await store.findEpisodes(SOUTH.id, { externalId: 'E-10' })).toMatchObject([
        { id: 11 },
      ]);
    });
  });

  describe(`${name}: the scope of a clinic`, () => {
    test('no question and no change of one clinic reaches an episode of another', async () => {
      const store = await withEpisode();
      const plans = [{ episode: 10, restsOn: 1, items: [item('a1.baseline', '2026-04-01')] }];
      value(await store.savePlans(act(), { clinic, plans }));
      value(await store.saveCalendar(act(), { ...at10, entries: [entry('a1.baseline')] }));
      const elsewhere = { clinic: SOUTH.id, episode: 10 };
      const none = { outcome: 'not-found', what: 'episode' };
      const before = await store.loadCase(at10);
      expect(await store.loadCase(elsewhere)).toEqual(none);
      expect(await store.loadEventLog(elsewhere)).toEqual(none);
      expect(
        await store.appendEvents(act(), { ...elsewhere, expected: 1, events: [exam('y')] }),
      ).toEqual(none);
      expect(
        await store.reviseEpisode(act(), { ...elsewhere, expected: 1, facts: facts('E') }),
      ).toEqual(none);
      expect(
        await store.pinProtocol(act(), { ...elsewhere, expected: 1, protocol: FIRST }),
      ).toEqual(none);
      expect(await store.saveCalendar(act(), { ...elsewhere, entries: [entry('k')] })).toEqual(
        none,
      );
      expect(value(await store.savePlans(act(), { clinic: SOUTH.id, plans }))).toEqual([
        'not-found',
      ]);
      for (const whose of [{ episode: 10 }, { patientRef: 'P-E-10' }]) {
        expect(
          await store.erasePatient(act(), { clinic: SOUTH.id, whose, ground: 'patient-request' }),
        ).toEqual(none);
      }
      expect(await store.findEpisodes(SOUTH.id, { externalId: 'E-10' })).toEqual([]);
      expect(await store.pageCases({ clinic: SOUTH.id, after: 0, limit: 9 })).toEqual([]);
      expect(await store.findDue({ clinic: SOUTH.id, to: day('2030-01-01'), limit: 9 })).toEqual(
        [],
      );
      expect(await store.pageCalendar({ clinic: SOUTH.id, privacy: 'minimal', limit: 9 })).toEqual(
        [],
      );
      expect(await store.loadCase(at10)).toEqual(before);
    });
  });

  describe(`${name}: what happened`, () => {
    test('every type of event comes back as it was recorded, in the order of recording', async () => {
      const store = await withEpisode();
      value(await store.appendEvents(act(5, 'nurse'), { ...at10, expected: 1, events: EVENTS }));
      const { caseFile, version } = value(await store.loadCase(at10));
      expect(caseFile.events).toEqual([exam('x1'), ...EVENTS]);
      expect(version).toBe(2);
      const log = value(await store.loadEventLog(at10));
      expect(log[0]).toEqual({ event: exam('x1'), actor: 'dr-lee', at: act().at, version: 1 });
      expect(log[1]).toEqual({ event: EVENTS[0], actor: 'nurse', at: act(5).at, version: 2 });
    });

    test('a stale version is a conflict, and nothing of it is kept', async () => {
      const store = await withEpisode();
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('first')] }));
      const stale = { ...at10, expected: 1 };
      const answer = { outcome: 'conflict', version: 2 };
      expect(await store.appendEvents(act(), { ...stale, events: [exam('second')] })).toEqual(
        answer,
      );
      expect(
        await store.reviseEpisode(act(), {
          ...stale,
          facts: facts('E-10', { intent: 'curative' }),
        }),
      ).toEqual(answer);
      expect(await store.pinProtocol(act(), { ...stale, protocol: FIRST })).toEqual(answer);
      const ids = value(await store.loadCase(at10)).caseFile.events.map(({ id }) => id);
      expect(ids).toEqual(['x1', 'first']);
    });

    test('an event id stands once in an episode', async () => {
      const store = await withEpisode();
      const again = await store.appendEvents(act(), {
        ...at10,
        expected: 1,
        events: [exam('y'), exam('x1')],
      });
      expect(again).toEqual({ outcome: 'refused', why: 'event-id-taken' });
      expect(value(await store.loadCase(at10)).caseFile.events).toHaveLength(1);
    });

    test('what the caller does with its objects afterwards changes nothing in the store', async () => {
      const store = await furnished();
      const mine = { ...facts('E-10'), tumor: { sizeMm: 1 } };
      value(
        await store.registerEpisodes(act(), {
          clinic,
          episodes: [newEpisode(10, { facts: mine })],
        }),
      );
      mine.tumor.sizeMm = 99;
      expect(value(await store.loadCase(at10)).caseFile.episode.tumor).toEqual({ sizeMm: 1 });
    });

    test('revised facts hold, with other names; an external id that is taken is refused', async () => {
      const store = await withEpisode();
      value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(11)] }));
      const taken = await store.reviseEpisode(act(), {
        ...at10,
        expected: 1,
        facts: facts('E-11'),
      });
      expect(taken).toEqual({ outcome: 'refused', why: 'external-id-taken' });
      const revised = facts('E-10b', { patientRef: 'P-2', intent: 'palliative' });
      expect(
        value(await store.reviseEpisode(act(), { ...at10, expected: 1, facts: revised })),
      ).toEqual({ version: 2 });
      expect(value(await store.loadCase(at10)).caseFile.episode).toEqual(revised);
      expect(await store.findEpisodes(clinic, { patientRef: 'P-2' })).toMatchObject([
        { id: 10, version: 2 },
      ]);
      expect(await store.findEpisodes(clinic, { externalId: 'E-10' })).toEqual([]);
    });

    test('an episode moves to another protocol version only when that one is approved', async () => {
      const store = await withEpisode();
      const move = () => store.pinProtocol(act(), { ...at10, expected: 1, protocol: SECOND });
      expect(await move()).toEqual({ outcome: 'refused', why: 'not-approved' });
      value(await store.approveProtocol(act(), { clinic, approval: approvalOf(SECOND) }));
      expect(value(await move())).toEqual({ version: 2 });
      const { protocol, caseFile } = value(await store.loadCase(at10));
      expect(protocol).toEqual({ id: 'staged', version: '2.0.0', hash: SECOND.hash });
      expect(caseFile.episode).toEqual(facts('E-10'));
    });

    test('cases come page by page, each with its own events', async () => {
      const store = await furnished();
      const episodes = [3, 1, 2, 5].map((id) =>
        newEpisode(id, { events: [exam(`x${id}`), exam('y')].slice(0, id % 3) }),
      );
      value(await store.registerEpisodes(act(), { clinic, episodes }));
      const all = await store.pageCases({ clinic, after: 0, limit: 9 });
      expect(all.map(({ id }) => id)).toEqual([1, 2, 3, 5]);
      for (const kept of all)
        expect(value(await store.loadCase({ clinic, episode: kept.id }))).toEqual(kept);
      const ids = async (after: number) =>
        (await store.pageCases({ clinic, after, limit: 2 })).map(({ id }) => id);
      expect([await ids(0), await ids(2), await ids(5)]).toEqual([[1, 2], [3, 5], []]);
    });

    test('the followers of each protocol version are counted, as they stand now', async () => {
      const store = await withEpisode();
      expect(await store.countFollowers(clinic)).toEqual([
        { id: 'staged', version: '1.0.0', episodes: 1 },
      ]);
      value(
        await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(11), newEpisode(12)] }),
      );
      const approval = approvalOf(SECOND);
      value(await store.approveProtocol(act(), { clinic, approval }));
      value(await store.pinProtocol(act(), { ...at10, expected: 1, protocol: SECOND }));
      expect(await store.countFollowers(clinic)).toEqual([
        { id: 'staged', version: '1.0.0', episodes: 2 },
        { id: 'staged', version: '2.0.0', episodes: 1 },
      ]);
      const whose = { episode: 10 };
      value(await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' }));
      expect(await store.countFollowers(clinic)).toEqual([
        { id: 'staged', version: '1.0.0', episodes: 2 },
      ]);
      expect(await store.countFollowers(SOUTH.id)).toEqual([]);
    });
  });

  describe(`${name}: due items`, () => {
    const items = [
      item('a1.baseline', '2026-04-01', { kind: 'baseline' }),
      item('a1.interval-1', '2026-07-01'),
      item('a1.annual-12', '2026-07-01', { kind: 'lane', open: false }),
      item('esc.x1', '2026-02-01', { kind: 'escalation' }),
    ];

    test('a plan is saved with the version it rests on; the same again writes nothing', async () => {
      const store = await withEpisode();
      const save = (restsOn: number) =>
        store.savePlans(act(), { clinic, plans: [{ episode: 10, restsOn, items }] });
      expect(value(await save(1))).toEqual(['saved']);
      const head = await store.auditHead();
      expect(value(await save(1))).toEqual(['unchanged']);
      expect(await store.auditHead()).toEqual(head);
      expect(value(await store.loadCase(at10)).planVersion).toBe(1);
    });

    test('an episode that has moved on keeps its items, and the others of the batch are saved', async () => {
      const store = await withEpisode();
      value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(11)] }));
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      const plans = [10, 11, 99].map((episode) => ({ episode, restsOn: 1, items }));
      expect(value(await store.savePlans(act(), { clinic, plans }))).toEqual([
        'conflict',
        'saved',
        'not-found',
      ]);
      expect(
        (await store.findDue({ clinic, to: day('2027-01-01'), limit: 99 })).map(
          ({ episode }) => episode,
        ),
      ).toEqual([11, 11, 11]);
    });

    test('a plan that rests on a newer version replaces the items, also when they are the same', async () => {
      const store = await withEpisode();
      const save = (restsOn: number, some: typeof items) =>
        store.savePlans(act(), { clinic, plans: [{ episode: 10, restsOn, items: some }] });
      value(await save(1, items));
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      expect(value(await save(2, items))).toEqual(['saved']);
      expect(value(await save(2, items.slice(0, 1)))).toEqual(['saved']);
      expect(
        (await store.findDue({ clinic, to: day('2027-01-01'), limit: 99 })).map(({ key }) => key),
      ).toEqual(['a1.baseline']);
    });

    test('open items are found by their earliest day, both ends inclusive, in order, page by page', async () => {
      const store = await withEpisode();
      value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(9)] }));
      const plans = [10, 9].map((episode) => ({ episode, restsOn: 1, items }));
      value(await store.savePlans(act(), { clinic, plans }));
      const names = (rows: Awaited<ReturnType<Store['findDue']>>) =>
        rows.map(({ episode, key }) => `${episode} ${key}`);
      const all = await store.findDue({ clinic, to: day('2026-07-01'), limit: 99 });
      expect(names(all)).toEqual([
        '9 esc.x1',
        '10 esc.x1',
        '9 a1.baseline',
        '10 a1.baseline',
        '9 a1.interval-1',
        '10 a1.interval-1',
      ]);
      expect(all[0]).toEqual({
        ...items[3],
        open: undefined,
        episode: 9,
        seq: 4,
        externalId: 'E-9',
        patientRef: 'P-E-9',
      });
      expect(
        names(
          await store.findDue({
            clinic,
            from: day('2026-04-01'),
            to: day('2026-06-30'),
            limit: 99,
          }),
        ),
      ).toEqual(['9 a1.baseline', '10 a1.baseline']);
      expect(await store.findDue({ clinic, to: day('2026-01-31'), limit: 99 })).toEqual([]);
      const paged: string[] = [];
      for (let after = all.at(-1); ; ) {
        const page = await store.findDue({
          clinic,
          to: day('2026-07-01'),
          limit: 1,
          ...(paged.length === 0 ? {} : { after }),
        });
        if (page.length === 0) break;
        paged.push(...names(page));
        after = page.at(-1);
      }
      expect(paged).toEqual(names(all));
    });
  });

  describe(`${name}: calendar revisions`, () => {
    test('a revision is kept as it was written; the same again changes nothing', async () => {
      const store = await withEpisode();
      const entries = [
        entry('a1.baseline'),
        entry('a1.baseline', { privacy: 'named' }),
        entry('esc.x1', { cancelled: true }),
      ];
      expect(value(await store.saveCalendar(act(), { ...at10, entries }))).toEqual({ changed: 3 });
      expect(value(await store.saveCalendar(act(), { ...at10, entries }))).toEqual({ changed: 0 });
      const minimal = await store.pageCalendar({ clinic, privacy: 'minimal', limit: 9 });
      expect(minimal).toEqual([entries[0], entries[2]].map((kept) => ({ ...kept, episode: 10 })));
      expect(
        await store.pageCalendar({ clinic, episode: 10, privacy: 'named', limit: 9 }),
      ).toHaveLength(1);
      const after = { episode: 10, key: 'a1.baseline' };
      expect(
        await store.pageCalendar({ clinic, privacy: 'minimal', after, limit: 9 }),
      ).toMatchObject([{ key: 'esc.x1' }]);
    });

    test('a change needs a higher SEQUENCE and keeps its UID', async () => {
      const store = await withEpisode();
      value(await store.saveCalendar(act(), { ...at10, entries: [entry('k')] }));
      const save = (more: object) =>
        store.saveCalendar(act(), { ...at10, entries: [entry('other'), entry('k', more)] });
      expect(await save({ vevent: 'changed' })).toEqual({
        outcome: 'refused',
        why: 'sequence-not-higher',
        index: 1,
      });
      expect(await save({ sequence: 2, uid: 'another' })).toEqual({
        outcome: 'refused',
        why: 'uid-changed',
        index: 1,
      });
      expect(await store.pageCalendar({ clinic, privacy: 'minimal', limit: 9 })).toHaveLength(1);
      expect(value(await save({ sequence: 2, vevent: 'changed', cancelled: true }))).toEqual({
        changed: 2,
      });
    });

    test('revisions that rest on an earlier version of the episode are a conflict', async () => {
      const store = await withEpisode();
      const save = (restsOn: number) =>
        store.saveCalendar(act(), { ...at10, restsOn, entries: [entry('k')] });
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      expect(await save(1)).toEqual({ outcome: 'conflict', version: 2 });
      expect(await store.pageCalendar({ clinic, privacy: 'minimal', limit: 9 })).toEqual([]);
      expect(value(await save(2))).toEqual({ changed: 1 });
    });

    test('no two events of a clinic share a UID', async () => {
      const store = await withEpisode();
      value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(11)] }));
      value(await store.saveCalendar(act(), { ...at10, entries: [entry('k')] }));
      const twin = await store.saveCalendar(act(), { clinic, episode: 11, entries: [entry('k')] });
      expect(twin).toEqual({ outcome: 'refused', why: 'uid-taken', index: 0 });
    });
  });

  describe(`${name}: erasing a patient`, () => {
    test('all episodes of the patient are empty afterwards, their numbers stay taken', async () => {
      const store = await furnished();
      const episodes = [10, 11].map((id) =>
        newEpisode(id, { facts: facts(`E-${id}`, { patientRef: 'P-1' }) }),
      );
      value(
        await store.registerEpisodes(act(), { clinic, episodes: [...episodes, newEpisode(12)] }),
      );
      value(
        await store.savePlans(act(), {
          clinic,
          plans: [{ episode: 10, restsOn: 1, items: [item('k', '2026-04-01')] }],
        }),
      );
      value(await store.saveCalendar(act(), { ...at10, entries: [entry('k')] }));
      const whose = { patientRef: 'P-1' };
      const erased = await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' });
      expect(erased).toEqual({
        outcome: 'ok',
        value: { episodes: [10, 11], events: 2, purged: true },
      });
      expect(await store.purge()).toBe(true);
      const gone = { outcome: 'refused', why: 'erased' };
      expect(await store.loadCase(at10)).toEqual(gone);
      expect(await store.loadEventLog(at10)).toEqual(gone);
      expect(
        await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }),
      ).toEqual(gone);
      expect(await store.saveCalendar(act(), { ...at10, entries: [entry('k')] })).toEqual(gone);
      expect(
        await store.erasePatient(act(), {
          clinic,
          whose: { episode: 10 },
          ground: 'retention-ended',
        }),
      ).toEqual(gone);
      expect(
        value(
          await store.savePlans(act(), { clinic, plans: [{ episode: 10, restsOn: 1, items: [] }] }),
        ),
      ).toEqual(['erased']);
      expect(
        await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(10)] }),
      ).toMatchObject({ why: 'id-taken' });
      expect(await store.findEpisodes(clinic, whose)).toEqual([]);
      expect(await store.findDue({ clinic, to: day('2030-01-01'), limit: 9 })).toEqual([]);
      expect(await store.pageCalendar({ clinic, privacy: 'minimal', limit: 9 })).toEqual([]);
      expect((await store.pageCases({ clinic, after: 0, limit: 9 })).map(({ id }) => id)).toEqual([
        12,
      ]);
      expect(await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' })).toEqual(
        { outcome: 'not-found', what: 'episode' },
      );
    });

    test('the external id may be given anew, and the audit says that there was an erasure', async () => {
      const store = await withEpisode();
      value(
        await store.erasePatient(act(9, 'privacy-officer'), {
          clinic,
          whose: { episode: 10 },
          ground: 'patient-request',
        }),
      );
      const row = (await store.pageAudit({ after: 0, limit: 99 })).at(-1);
      expect(row).toMatchObject({
        action: 'patient.erased',
        actor: 'privacy-officer',
        at: act(9).at,
        clinic,
      });
      expect(JSON.parse(row?.detail ?? '')).toEqual({
        episodes: [10],
        events: 1,
        ground: 'patient-request',
      });
      value(
        await store.registerEpisodes(act(9), {
          clinic,
          episodes: [newEpisode(11, { facts: facts('E-10') })],
        }),
      );
    });
  });

  describe(`${name}: the audit log`, () => {
    test.each(Object.entries(CHANGES))('%s writes its row: who, when, what', async (_, change) => {
      const store = await withAccounts(await withEpisode());
      const { seq } = await store.auditHead();
      expect(await change(store)).toMatchObject({ outcome: 'ok' });
      const rows = await store.pageAudit({ after: seq, limit: 9 });
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatchObject({ actor: 'dr-lee', at: act().at });
      expect(await store.verifyAudit()).toMatchObject({ breach: null, rows: seq + rows.length });
    });

    test('every change names its clinic, and no row names a patient, an event, a fact or a secret', async () => {
      const store = await withAccounts(await withEpisode());
      for (const [name, change] of Object.entries(CHANGES)) {
        if (name !== 'erasePatient' && name !== 'reviseEpisode' && name !== 'appendEvents')
          await change(store);
      }
      const rows = await store.pageAudit({ after: 1, limit: 99 });
      for (const row of rows) {
        expect([row.action, row.clinic === null]).toEqual([
          row.action,
          WITHOUT_CLINIC.test(row.action),
        ]);
      }
      expect(JSON.stringify(rows)).not.toMatch(/E-10|P-E-10|x1|MRI|2026-01-15/);
      expect(JSON.stringify(rows)).not.toMatch(/CANARY|a\.meyer|Meyer|(cd){32}|(ef){32}/);
    });

    test('a refusal, a conflict and a change that changes nothing write no row', async () => {
      const store = await withEpisode();
      const head = await store.auditHead();
      await store.createClinic(act(), NORTH);
      await store.recordProtocol(act(), { clinic, protocol: FIRST });
      await store.appendEvents(act(), { ...at10, expected: 7, events: [exam('y')] });
      await store.appendEvents(act(), { ...at10, expected: 1, events: [] });
      await store.reviseEpisode(act(), { ...at10, expected: 1, facts: facts('E-10') });
      await store.pinProtocol(act(), { ...at10, expected: 1, protocol: FIRST });
      await store.registerEpisodes(act(), { clinic, episodes: [] });
      expect(await store.auditHead()).toEqual(head);
    });

    test('a clock well before the newest row is refused, a small difference of hosts is not', async () => {
      const store = await withEpisode();
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      const at = (later: number) =>
        store.appendEvents(act(later), { ...at10, expected: 2, events: [exam('z')] });
      expect(await at(-CLOCK_TOLERANCE_MS - 1)).toEqual({
        outcome: 'refused',
        why: 'clock-behind',
      });
      expect(value(await at(-CLOCK_TOLERANCE_MS))).toEqual({ version: 3 });
    });

    test('the newest row decides on the clock, also when it was written with a slower one', async () => {
      const store = await withEpisode();
      value(await store.appendEvents(act(-1000), { ...at10, expected: 1, events: [exam('y')] }));
      expect(
        await store.appendEvents(act(-1000 - CLOCK_TOLERANCE_MS), {
          ...at10,
          expected: 2,
          events: [exam('z')],
        }),
      ).toMatchObject({ outcome: 'ok' });
    });

    test('a head that was kept outside proves that the log was not exchanged', async () => {
      const store = await withEpisode();
      const head = await store.auditHead();
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      expect((await store.verifyAudit(head)).breach).toBeNull();
      expect((await store.verifyAudit({ ...head, seal: '00' })).breach).toEqual({
        kind: 'head',
        seq: head.seq,
      });
      expect((await store.verifyAudit({ seq: 999, seal: '00' })).breach).toEqual({
        kind: 'head',
        seq: 999,
      });
    });

    test('rows come page by page, numbered without a gap', async () => {
      const store = await withEpisode();
      const all = await store.pageAudit({ after: 0, limit: 99 });
      expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
      expect(await store.pageAudit({ after: 2, limit: 2 })).toEqual(all.slice(2, 4));
      expect(all[0]).toMatchObject({ action: 'store.created', clinic: null });
    });
  });
}
