import { describe, expect, test } from 'vitest';
import type { EventType } from '../../../src/domain/event.ts';
import { listDue } from '../../../src/service/night/list-due.ts';
import { day, NORTH, value } from '../../store/fixtures.ts';
import {
  BASELINE,
  clinicOf,
  done,
  type RecordingClinic,
  recordingClinic,
  refusal,
  SUSPICIOUS,
  TODAY,
} from './recording-clinic.ts';

const EXAM = { type: 'imaging', date: '2026-06-10', modality: 'MRI', biRads: '2' } as const;

/** Fields of one event of each type; a missing type does not compile. */
const EVERY_TYPE: Readonly<
  Record<EventType, { readonly fields: object; readonly before?: readonly object[] }>
> = {
  imaging: {
    fields: {
      modality: 'MRI',
      laterality: 'bilateral',
      quality: 'diagnostic',
      biRads: '2',
      findings: { enhancement: { present: false } },
    },
  },
  report: {
    before: [{ type: 'imaging', id: 'x3', date: '2026-06-05', modality: 'MG' }],
    fields: { of: 'x3', biRads: '1' },
  },
  pathology: {
    fields: { result: 'benign-concordant', specimenDate: '2026-06-08', answers: ['esc.x2'] },
  },
  ablation: { fields: { technique: 'percutaneous', freezeThawCycles: 2, freezeMinutes: [8, 8] } },
  constraint: { fields: { kind: 'claustrophobia', from: '2026-06-01', to: '2027-06-01' } },
  deferral: { fields: { visit: 'a1.interval-1', until: '2027-04-01', reason: 'abroad' } },
  decline: { fields: { visit: 'a1.interval-1', reason: 'no wish' } },
  booking: {
    fields: {
      visit: 'a1.interval-1',
      appointment: '2027-01-20T09:30[Europe/Berlin]',
      location: 'B',
    },
  },
  contact: { fields: { method: 'call', outcome: 'no-answer', item: 'esc.x2', note: 'twice' } },
  decision: { fields: { escalation: 'esc.x2', reason: 'conference' } },
  suspension: { fields: { until: '2026-08-01', reason: 'radiotherapy' } },
  resumption: {
    before: [{ type: 'suspension', id: 's1', date: '2026-06-02' }],
    fields: { reason: 'well again' },
  },
  surgery: { fields: { reason: 'resection' } },
  closure: { fields: { reason: 'death', note: 'told by her family' } },
  reopening: {
    before: [{ type: 'closure', id: 'c1', date: '2026-06-02', reason: 'death' }],
    fields: { reason: 'entered by mistake' },
  },
  correction: { fields: { of: 'x2', reason: 'another patient' } },
};

describe('recording an event', () => {
  test.each(Object.entries(EVERY_TYPE))(
    'keeps a whole %s',
    async (type, { fields, before = [] }) => {
      const clinic = await recordingClinic([BASELINE, SUSPICIOUS, ...before]);
      const event = { type, id: 'new', date: '2026-06-10', ...fields };
      const acknowledgement =
        type === 'surgery' ? { escalations: ['esc.x2'], reason: 'resected' } : undefined;
      const recorded = done(await clinic.record([event], { acknowledgement }));
      expect(recorded).toMatchObject({ version: 2, knownBefore: 0, episode: 'EP-1' });
      expect(await clinic.recorded()).toContain('new');
      const again = done(await clinic.record([event]));
      expect(again).toMatchObject({ version: 2, knownBefore: 1, events: [] });
    },
  );

  test('answers with the escalation, the visit that is on hold, and what changed', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const recorded = done(await clinic.record([{ ...EXAM, biRads: '4C', modality: 'US' }]));
    expect(recorded.newEscalations).toMatchObject([
      { key: 'esc.e0002', action: 'biopsy', status: 'open', triggers: ['birads-4c'] },
    ]);
    expect(recorded.nextVisit).toMatchObject({ key: 'a1.interval-1', status: 'on-hold' });
    expect(recorded.diff.escalations.added.map(({ key }) => key)).toEqual(['esc.e0002']);
    expect(recorded.after.phase).toBe('escalated');
  });

  test('keeps the dates that follow from it', async () => {
    const clinic = await recordingClinic();
    const dueKeys = async () =>
      (await clinic.store.findDue({ clinic: NORTH.id, to: day('2027-12-31'), limit: 50 })).map(
        ({ key }) => key,
      );
    expect(await dueKeys()).toContain('a1.baseline');
    done(await clinic.record([BASELINE]));
    expect(await dueKeys()).not.toContain('a1.baseline');
    expect(await dueKeys()).toContain('a1.interval-1');
  });

  test('tells warnings that were not there before', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const booking = { type: 'booking', date: '2026-06-15', visit: 'a1.interval-1' };
    const { warnings } = done(await clinic.record([{ ...booking, appointment: '2026-07-01' }]));
    expect(warnings.map(({ code }) => code)).toEqual(['booking-outside-window']);
    const next = done(await clinic.record([{ ...EXAM, id: 'x9' }]));
    expect(next.warnings.map(({ code }) => code)).not.toContain('booking-outside-window');
  });

  test('a dry run answers the same and writes nothing', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const rows = await clinic.auditRows();
    const dry = done(await clinic.record([EXAM], { dryRun: true }));
    expect(dry.events.map(({ id }) => id)).toEqual(['e0002']);
    expect(await clinic.auditRows()).toBe(rows);
    const real = done(await clinic.record([EXAM]));
    expect(real.diff).toEqual(dry.diff);
  });

  test('of two bookings on one day the one that was recorded last counts', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const booking = { type: 'booking', date: '2026-06-15', visit: 'a1.interval-1' };
    done(await clinic.record([{ ...booking, id: 'zz', appointment: '2027-01-20' }]));
    done(await clinic.record([{ ...booking, appointment: '2027-01-27' }]));
    const { nextVisit } = done(await clinic.record([{ ...booking, appointment: '2027-01-21' }]));
    expect(nextVisit?.booking?.appointment).toBe('2027-01-21');
  });
});

describe('what cannot be recorded', () => {
  const decline = { type: 'decline', date: '2026-06-15', reason: 'no wish' };

  test.each([
    [
      'an exam in the future',
      { ...EXAM, date: '2026-06-16' },
      'events[0].date: the imaging lies in the future',
    ],
    [
      'tissue taken in the future',
      { type: 'pathology', date: '2026-06-15', result: 'malignant', specimenDate: '2026-06-16' },
      'events[0].specimenDate: the day on which the tissue was taken lies in the future',
    ],
    [
      'a decline of a forecast',
      { ...decline, visit: 'a1.interval-2' },
      'events[0].visit: this visit is not open: it is forecast',
    ],
    [
      'a decline of what is done',
      { ...decline, visit: 'a1.baseline' },
      'events[0].visit: this visit is not open: it is completed',
    ],
    [
      'a decline of an unknown visit',
      { ...decline, visit: 'a7.baseline' },
      'events[0].visit: the plan has no such visit',
    ],
    [
      'a decline before a recorded exam',
      { ...decline, date: '2026-04-18', visit: 'a1.baseline' },
      'events[0].visit: this visit is not open: it is completed',
    ],
    [
      'a deferral of what is done',
      { ...decline, type: 'deferral', until: '2026-07-01', visit: 'a1.baseline' },
      'events[0].visit: this visit is not open: it is completed',
    ],
    [
      'a booking of an unknown visit',
      { type: 'booking', date: '2026-06-15', visit: 'a2.baseline', appointment: '2026-07-01' },
      'events[0].visit: the plan has no such visit',
    ],
    [
      'a booking of what is done',
      { type: 'booking', date: '2026-06-15', visit: 'a1.baseline', appointment: '2026-07-01' },
      'events[0].visit: this visit is not open: it is completed',
    ],
    [
      'a report of an unknown exam',
      { type: 'report', date: '2026-06-15', of: 'x7', biRads: '2' },
      'events[0].of: the reported exam is not in the case',
    ],
    [
      'a report dated before its exam',
      { type: 'report', date: '2026-04-19', of: 'x1', biRads: '2' },
      'events[0].date: the report is dated before its exam',
    ],
    [
      'a correction of an unknown event',
      { type: 'correction', date: '2026-06-15', of: 'x7', reason: 'wrong' },
      'events[0].of: the corrected event is not in the case',
    ],
    [
      'a repeat ablation before the first',
      { type: 'ablation', date: '2026-01-01' },
      'events[0].date: a repeat ablation is dated before the first one',
    ],
    [
      'an unknown type',
      { type: 'imagin', date: '2026-06-15' },
      'events[0].type: the value is not allowed',
    ],
    ['an unknown field', { ...EXAM, side: 'left' }, 'events[0].side: this field is not known'],
    [
      'an impossible day',
      { ...EXAM, date: '2026-02-30' },
      'events[0].date: this day does not exist in the calendar',
    ],
    ['an unknown category', { ...EXAM, biRads: '7' }, 'events[0].biRads: the value is not allowed'],
    [
      'the same exam again',
      { ...BASELINE, id: 'other' },
      'events[0]: the same imaging of the same day is there already',
    ],
    [
      'the id of another event',
      { ...EXAM, id: 'x1' },
      'events[0].id: an event with this id is recorded with other content',
    ],
    ['what is no event', null, 'events[0]: the value has the wrong type'],
    [
      'an unknown contraindication',
      { type: 'constraint', date: '2026-06-15', kind: 'pacemaker', from: '2026-06-15' },
      expect.stringContaining('knows no "pacemaker"'),
    ],
    [
      'a decision about nothing',
      { type: 'decision', date: '2026-06-15', escalation: 'esc.x1', reason: 'none' },
      expect.stringContaining('changes nothing'),
    ],
    [
      'a resumption of what goes on',
      { type: 'resumption', date: '2026-06-15' },
      expect.stringContaining('changes nothing'),
    ],
    [
      'a reopening of what goes on',
      { type: 'reopening', date: '2026-06-15', reason: 'back' },
      expect.stringContaining('changes nothing'),
    ],
  ])('%s is told with its field', async (_, event, says) => {
    const clinic = await recordingClinic([BASELINE]);
    const rows = await clinic.auditRows();
    expect(refusal(await clinic.record([event]))).toEqual({ fault: 'invalid', says: [says] });
    expect(await clinic.auditRows()).toBe(rows);
  });

  test('one bad event keeps the good ones of its recording out', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const outcome = await clinic.record([EXAM, { ...EXAM, date: '2027-01-01' }]);
    expect(refusal(outcome).says).toEqual(['events[1].date: the imaging lies in the future']);
    expect(await clinic.recorded()).toEqual(['x1']);
  });

  test('problems name the place in what was handed in, also behind known events', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const outcome = await clinic.record([BASELINE, { ...EXAM, biRads: '9' }]);
    expect(refusal(outcome).says).toEqual(['events[1].biRads: the value is not allowed']);
  });

  test('an unknown episode', async () => {
    const clinic = await recordingClinic();
    const outcome = await clinic.record([EXAM], { episode: 'EP-7' });
    expect(refusal(outcome)).toEqual({
      fault: 'not-found',
      says: ['episode: clinic NORTH has no such episode'],
    });
  });

  test('a clock that is behind the audit log', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const yesterday = TODAY - 24 * 60 * 60_000;
    const late = clinicOf(clinic.store, { ...clinic.context, clock: () => yesterday });
    expect(refusal(await late.record([EXAM])).fault).toBe('refused');
    expect(await clinic.recorded()).toEqual(['x1']);
  });

  test('what contradicts is recorded where it is accepted, what is impossible is not', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const accepted = { acceptContradictions: true };
    done(await clinic.record([{ ...decline, visit: 'a1.interval-2' }], accepted));
    const future = await clinic.record([{ ...EXAM, date: '2026-06-16' }], accepted);
    expect(refusal(future).fault).toBe('invalid');
  });
});

describe('several events at once', () => {
  test('a later event may name what an earlier one opens', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const recorded = done(
      await clinic.record([
        { type: 'decline', date: '2026-06-14', visit: 'a1.interval-1', reason: 'no wish' },
        {
          type: 'deferral',
          date: '2026-06-15',
          visit: 'a1.interval-2',
          until: '2030-01-01',
          reason: 'abroad',
        },
        { ...SUSPICIOUS, id: 'x5' },
        { type: 'decision', date: '2026-06-15', escalation: 'esc.x5', reason: 'conference' },
      ]),
    );
    expect(recorded.events).toHaveLength(4);
    expect(recorded.newEscalations).toEqual([]);
  });

  test('a visit may be deferred and then done', async () => {
    const clinic = await recordingClinic();
    const deferral = {
      type: 'deferral',
      date: '2026-05-01',
      visit: 'a1.baseline',
      reason: 'abroad',
    };
    done(await clinic.record([{ ...deferral, until: '2026-06-14' }, EXAM]));
    expect(await clinic.recorded()).toHaveLength(2);
  });

  test('an event that the same recording takes back is not judged', async () => {
    const clinic = await recordingClinic([BASELINE]);
    done(
      await clinic.record([
        { type: 'decision', id: 'd1', date: '2026-06-15', escalation: 'esc.x1', reason: 'none' },
        { type: 'correction', date: '2026-06-15', of: 'd1', reason: 'other patient' },
      ]),
    );
  });

  test('what was taken back cannot be taken back again', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const correction = {
      type: 'correction',
      date: '2026-06-15',
      of: 'x1',
      reason: 'other patient',
    };
    done(await clinic.record([correction]));
    expect(refusal(await clinic.record([{ ...correction, reason: 'again' }])).says).toEqual([
      'events[0].of: this event was taken back by e0002',
    ]);
  });
});

describe('senders that repeat themselves, and two people at once', () => {
  test('the same events again are known, whatever the order of their fields, and nothing is written', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const events = [{ ...EXAM, id: 'm1' }, SUSPICIOUS];
    done(await clinic.record(events, { expected: 1 }));
    const rows = await clinic.auditRows();
    const turned = events.map((event) => Object.fromEntries(Object.entries(event).reverse()));
    const again = done(await clinic.record(turned, { expected: 1 }));
    expect(again).toMatchObject({ knownBefore: 2, version: 2, events: [] });
    expect(await clinic.auditRows()).toBe(rows);
  });

  test('known events beside a new one are left out', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const recorded = done(await clinic.record([BASELINE, EXAM]));
    expect(recorded.knownBefore).toBe(1);
    expect(await clinic.recorded()).toEqual(['x1', 'e0002']);
  });

  test('who saw an older version is told, and nothing is lost', async () => {
    const clinic = await recordingClinic([BASELINE]);
    done(await clinic.record([EXAM], { expected: 1 }));
    const second = await clinic.record([SUSPICIOUS], { expected: 1 });
    expect(refusal(second)).toEqual({
      fault: 'conflict',
      says: [': the episode was changed meanwhile and stands at version 2'],
    });
    expect(await clinic.recorded()).toEqual(['x1', 'e0002']);
  });

  test('without a version both are recorded, each judged by what stands', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const contact = { type: 'contact', date: '2026-06-15', method: 'call', outcome: 'no-answer' };
    const outcomes = await Promise.all([
      clinic.record([EXAM]),
      clinic.record([{ ...SUSPICIOUS, id: undefined }]),
      clinic.record([contact]),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect((await clinic.recorded()).toSorted()).toEqual(['e0002', 'e0003', 'e0004', 'x1']);
    expect(await clinic.version()).toBe(4);
  });
});

describe('ending surveillance', () => {
  const withdrew = { type: 'closure', date: '2026-06-15', reason: 'withdrew' };
  const acknowledgement = { escalations: ['esc.x2'], reason: 'she knows and does not want it' };

  async function kept({ store }: RecordingClinic) {
    const [head] = await store.findEpisodes(NORTH.id, { externalId: 'EP-1' });
    return value(await store.loadAcknowledgements({ clinic: NORTH.id, episode: head?.id ?? 0 }));
  }

  test('needs an acknowledgement of each open escalation, which is kept', async () => {
    const clinic = await recordingClinic([BASELINE, SUSPICIOUS]);
    expect(refusal(await clinic.record([withdrew])).says).toEqual([
      expect.stringContaining(
        'acknowledgement.escalations: an open escalation would be closed unanswered: esc.x2',
      ),
    ]);
    done(await clinic.record([withdrew], { acknowledgement }));
    expect(await kept(clinic)).toMatchObject([{ ...acknowledgement, actor: 'dr-lee', version: 2 }]);
  });

  test('needs it also for an escalation that the same recording raises', async () => {
    const clinic = await recordingClinic([BASELINE]);
    expect(refusal(await clinic.record([SUSPICIOUS, withdrew])).says).toEqual([
      expect.stringContaining('closed unanswered: esc.x2'),
    ]);
    done(await clinic.record([SUSPICIOUS, withdrew], { acknowledgement }));
  });

  test.each([
    ['the day of the end', '2026-06-15'],
    ['a day before the end', '2026-06-05'],
  ])('needs it for a suspicious exam of %s that is recorded afterwards', async (_, date) => {
    const clinic = await recordingClinic([BASELINE]);
    done(await clinic.record([withdrew]));
    const exam = { ...SUSPICIOUS, date };
    expect(refusal(await clinic.record([exam])).says).toEqual([
      expect.stringContaining('closed unanswered: esc.x2'),
    ]);
    done(await clinic.record([exam], { acknowledgement }));
    expect(await kept(clinic)).toMatchObject([{ version: 3 }]);
  });

  test('needs it where a correction brings an earlier end back', async () => {
    const clinic = await recordingClinic([
      BASELINE,
      { ...withdrew, id: 'c1', date: '2026-05-01' },
      { type: 'reopening', id: 'o1', date: '2026-05-20', reason: 'came back' },
      { ...SUSPICIOUS, date: '2026-04-25' },
    ]);
    const correction = {
      type: 'correction',
      date: '2026-06-15',
      of: 'o1',
      reason: 'other patient',
    };
    expect(refusal(await clinic.record([correction])).says).toEqual([
      expect.stringContaining('closed unanswered: esc.x2'),
    ]);
  });

  test('a reason and the right keys belong to it', async () => {
    const clinic = await recordingClinic([BASELINE, SUSPICIOUS]);
    const without = { acknowledgement: { ...acknowledgement, reason: ' ' } };
    expect(refusal(await clinic.record([withdrew], without)).says).toEqual([
      'acknowledgement.reason: the acknowledgement gives no reason',
    ]);
    const needless = { ...acknowledgement, escalations: ['esc.x2', 'esc.x7'] };
    expect(refusal(await clinic.record([withdrew], { acknowledgement: needless })).says).toEqual([
      'acknowledgement.escalations: this recording closes no such escalation',
    ]);
  });

  test('by death needs none', async () => {
    const clinic = await recordingClinic([BASELINE, SUSPICIOUS]);
    done(await clinic.record([{ ...withdrew, reason: 'death' }]));
    expect(await kept(clinic)).toEqual([]);
  });

  test('as lost to follow-up needs a reason in words, where the protocol sets no attempts', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const lost = { ...withdrew, reason: 'lost-to-follow-up' };
    expect(refusal(await clinic.record([SUSPICIOUS, lost], { acknowledgement })).says).toEqual([
      expect.stringMatching(/^events\[1\]\.note: .*a reason must be stated$/),
    ]);
    done(await clinic.record([{ ...lost, note: 'three letters came back' }]));
  });

  test('a suspicious exam of an ended episode is on the worklist again', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const rows = async () => {
      const due = await listDue(clinic.context, { clinics: [NORTH], soonDays: 28 });
      return done(due).worklist.rows.map(({ item, bucket }) => `${item} ${bucket}`);
    };
    done(await clinic.record([{ ...withdrew, date: '2026-05-30' }]));
    expect(await rows()).toEqual([]);
    const recorded = done(await clinic.record([SUSPICIOUS]));
    expect(recorded.newEscalations.map(({ key }) => key)).toEqual(['esc.x2']);
    expect(recorded.nextVisit).toBeNull();
    expect(await rows()).toEqual(['esc.x2 escalation']);
  });

  test('an end of what has ended is asked for twice', async () => {
    const clinic = await recordingClinic([BASELINE, { ...withdrew, id: 'c1', date: '2026-05-30' }]);
    expect(refusal(await clinic.record([{ ...withdrew, reason: 'death' }])).says).toEqual([
      expect.stringContaining('surveillance had already ended'),
    ]);
  });
});
