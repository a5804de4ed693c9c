import { describe, expect, it } from 'vitest';
import { BI_RADS_CATEGORIES } from '../../src/domain/bi-rads.ts';
import { formatDay } from '../../src/domain/civil-date.ts';
import { MODALITIES } from '../../src/domain/modality.ts';
import { parseCase } from '../../src/input/parse-case.ts';

type Json = Readonly<Record<string, unknown>>;

const EPISODE: Json = { id: 'E', laterality: 'left', ablation: { date: '2026-01-15' } };

function withEvents(...events: readonly Json[]): Json {
  return { episode: EPISODE, events };
}

function withEpisode(changes: Json): Json {
  return { episode: { ...EPISODE, ...changes }, events: [] };
}

function problems(document: unknown) {
  const parsed = parseCase(document);
  return parsed.ok ? [] : parsed.problems;
}

const imaging: Json = {
  id: 'x',
  type: 'imaging',
  date: '2026-04-15',
  modality: 'MRI',
  biRads: '2',
};

describe('a case that can be read', () => {
  it('comes back with its dates as days', () => {
    const parsed = parseCase({ asOf: '2026-05-01', ...withEvents(imaging) });
    expect(parsed.ok && parsed.value.asOf && formatDay(parsed.value.asOf)).toBe('2026-05-01');
    expect(parsed.ok && formatDay(parsed.value.episode.ablation.date)).toBe('2026-01-15');
    expect(parsed.ok && parsed.value.events[0]).toMatchObject({ id: 'x', biRads: '2' });
  });

  it('is not changed by being read', () => {
    const document = withEvents(imaging);
    const before = JSON.stringify(document);
    parseCase(Object.freeze(document));
    expect(JSON.stringify(document)).toBe(before);
  });

  it('may have every fact that the contract names', () => {
    const tumor = {
      sizeMm: 12.5,
      focality: 'unifocal',
      histology: 'ductal-carcinoma-in-situ',
      grade: 1,
      er: 'positive',
      pr: 'unknown',
      her2: 'negative',
      ki67Percent: 0,
      extensiveIntraductalComponent: false,
      lymphovascularInvasion: false,
      nodalStatus: 'unknown',
    };
    const ablation = {
      date: '2026-01-15',
      technique: 'cryoablation',
      freezeThawCycles: 2,
      minimumMarginMm: 10,
      probeCount: 1,
      device: 'ProSense',
      skinProtection: 'hydrodissection',
      freezeMinutes: [9, 9],
      thawMinutes: [8.5],
    };
    expect(
      problems(
        withEpisode({
          patientRef: 'P 7',
          assumedBiRads: '4A',
          tumor,
          ablation,
          endocrineTherapy: 'declined',
          intent: 'palliative',
        }),
      ),
    ).toEqual([]);
  });

  it.each([
    ['an exam before the ablation', { ...imaging, date: '2020-01-01' }],
    ['an exam of both breasts', { ...imaging, laterality: 'bilateral' }],
    [
      'an exam whose report is awaited',
      { id: 'x', type: 'imaging', date: '2026-04-15', modality: 'PET-CT' },
    ],
    ['a repeat ablation of the first one’s day', { id: 'a', type: 'ablation', date: '2026-01-15' }],
    [
      'pathology with an empty list of answers',
      { id: 'p', type: 'pathology', date: '2026-05-01', result: 'malignant', answers: [] },
    ],
    [
      'a constraint of one day',
      {
        id: 'k',
        type: 'constraint',
        date: '2026-05-01',
        kind: 'pregnancy',
        from: '2026-05-01',
        to: '2026-05-01',
      },
    ],
    [
      'a deferral to its own day',
      {
        id: 'd',
        type: 'deferral',
        date: '2026-05-01',
        visit: 'a1.baseline',
        until: '2026-05-01',
        reason: 'x',
      },
    ],
    [
      'a suspension of one day',
      { id: 's', type: 'suspension', date: '2026-05-01', until: '2026-05-01' },
    ],
    [
      'a booking on a date',
      {
        id: 'b',
        type: 'booking',
        date: '2026-05-01',
        visit: 'a1.baseline',
        appointment: '2026-05-10',
      },
    ],
    [
      'a booking at a time of a zone',
      {
        id: 'b',
        type: 'booking',
        date: '2026-05-01',
        visit: 'a1.us-6m-24',
        appointment: '2026-05-10T09:30[Europe/Berlin]',
      },
    ],
    [
      'a booking at a UTC time',
      {
        id: 'b',
        type: 'booking',
        date: '2026-05-01',
        visit: 'a1.interval-3',
        appointment: '2026-05-10T09:30:00Z',
      },
    ],
    [
      'a decision on an escalation that does not exist yet',
      { id: 'd', type: 'decision', date: '2026-05-01', escalation: 'esc.zz', reason: 'x' },
    ],
    [
      'a text of many languages',
      { id: 'Ä·試·🩻', type: 'surgery', date: '2026-05-01', reason: 'Größe „27 mm“' },
    ],
  ])('%s is accepted', (_what, event) => {
    expect(problems(withEvents(event))).toEqual([]);
  });

  it('a future ablation is accepted here; the plan warns of it', () => {
    expect(
      problems({
        asOf: '2026-01-01',
        episode: { ...EPISODE, ablation: { date: '2099-01-15' } },
        events: [],
      }),
    ).toEqual([]);
  });

  it.each([...BI_RADS_CATEGORIES])('BI-RADS %s is a category', (biRads) => {
    expect(problems(withEvents({ ...imaging, biRads }))).toEqual([]);
  });

  it.each([...MODALITIES])('%s is a modality', (modality) => {
    expect(problems(withEvents({ ...imaging, modality }))).toEqual([]);
  });
});

describe('dates', () => {
  it.each([
    'yesterday',
    'on 2026-01-15',
    '15.01.2026',
    '2026-1-5',
    '2026-01-15T10:00',
    '',
    '2026-01-15\u0000',
  ])('%j is not a date', (date) => {
    expect(problems(withEvents({ ...imaging, date }))).toEqual([
      {
        path: 'events[0].date',
        message: 'this is not a date',
        found: JSON.stringify(date),
        allowed: 'a day of the calendar as YYYY-MM-DD, 2026-01-15 say',
      },
    ]);
  });

  it.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31'])(
    '%s does not exist',
    (date) => {
      expect(problems(withEpisode({ ablation: { date } }))).toMatchObject([
        {
          path: 'episode.ablation.date',
          message: 'this day does not exist in the calendar',
          found: `"${date}"`,
        },
      ]);
    },
  );

  it.each([20_260_115, null, {}, [], true])('%j is not even a text', (date) => {
    expect(problems({ ...withEvents(imaging), asOf: date })).toMatchObject([
      { path: 'asOf', message: 'the value has the wrong type', allowed: 'string' },
    ]);
  });

  it('an ablation before 1990 is not plausible, from 1990 on it is', () => {
    expect(problems(withEpisode({ ablation: { date: '1989-12-31' } }))).toEqual([
      {
        path: 'episode.ablation.date',
        message: 'an ablation before 1990 is not plausible',
        found: '"1989-12-31"',
        allowed: 'a date from 1990-01-01 on',
        mend: 'check the year',
      },
    ]);
    expect(problems(withEpisode({ ablation: { date: '1990-01-01' } }))).toEqual([]);
  });

  it.each(['1899-12-31', '2201-01-01', '9999-12-31'])(
    '%s is told once as a typing error',
    (date) => {
      const problem = {
        message: 'this year is not plausible',
        found: JSON.stringify(date),
        allowed: 'a date from 1900-01-01 to 2200-12-31',
        mend: 'check the year',
      };
      expect(problems(withEpisode({ ablation: { date } }))).toEqual([
        { path: 'episode.ablation.date', ...problem },
      ]);
      expect(problems(withEvents({ ...imaging, date }))).toEqual([
        { path: 'events[0].date', ...problem },
      ]);
    },
  );

  it('a date that is none is told once, not as an early ablation too', () => {
    expect(problems(withEpisode({ ablation: { date: 'soon' } }))).toHaveLength(1);
  });
});

describe('values that are not allowed', () => {
  it('an unknown category says what is allowed, and no category is guessed', () => {
    expect(problems(withEvents({ ...imaging, biRads: '4D' }))).toEqual([
      {
        path: 'events[0].biRads',
        message: 'the value is not allowed',
        found: '"4D"',
        allowed: '0, 1, 2, 3, 4, 4A, 4B, 4C, 5, 6',
      },
    ]);
    expect(problems(withEpisode({ assumedBiRads: '4D' }))).toMatchObject([
      { path: 'episode.assumedBiRads', allowed: '0, 1, 2, 3, 4, 4A, 4B, 4C, 5, 6' },
    ]);
  });

  it.each([
    ['a category as a number', { ...imaging, biRads: 4 }, 'events[0].biRads'],
    ['a small letter', { ...imaging, biRads: '4a' }, 'events[0].biRads'],
    ['an unknown modality', { ...imaging, modality: 'CT' }, 'events[0].modality'],
    ['an unknown side', { ...imaging, laterality: 'both' }, 'events[0].laterality'],
    ['an unknown quality', { ...imaging, quality: 'poor' }, 'events[0].quality'],
    [
      'an unknown result',
      { id: 'p', type: 'pathology', date: '2026-05-01', result: 'benign' },
      'events[0].result',
    ],
    [
      'an unknown reason of closure',
      { id: 'c', type: 'closure', date: '2026-05-01', reason: 'moved' },
      'events[0].reason',
    ],
    ['an unknown event type', { id: 'c', type: 'scan', date: '2026-05-01' }, 'events[0].type'],
    [
      'a size below zero',
      { ...imaging, findings: { zone: { longestMm: -1 } } },
      'events[0].findings.zone.longestMm',
    ],
    [
      'a size over half a metre',
      { ...imaging, findings: { zone: { longestMm: 500.1 } } },
      'events[0].findings.zone.longestMm',
    ],
    [
      'a size with two decimals',
      { ...imaging, findings: { zone: { longestMm: 12.55 } } },
      'events[0].findings.zone.longestMm',
    ],
    [
      'enhancement that does not say whether it is there',
      { ...imaging, findings: { enhancement: {} } },
      'events[0].findings.enhancement.present',
    ],
    [
      'a change of another word',
      { ...imaging, findings: { enhancement: { present: true, change: 'bigger' } } },
      'events[0].findings.enhancement.change',
    ],
    [
      'half a cycle',
      { id: 'a', type: 'ablation', date: '2026-05-01', freezeThawCycles: 1.5 },
      'events[0].freezeThawCycles',
    ],
    [
      'no probe',
      { id: 'a', type: 'ablation', date: '2026-05-01', probeCount: 0 },
      'events[0].probeCount',
    ],
    ['an empty id', { ...imaging, id: '' }, 'events[0].id'],
    ['a very long id', { ...imaging, id: 'x'.repeat(201) }, 'events[0].id'],
    ['an id that is a number', { ...imaging, id: 7 }, 'events[0].id'],
    [
      'an empty reason',
      { id: 'd', type: 'decline', date: '2026-05-01', visit: 'a1.baseline', reason: '' },
      'events[0].reason',
    ],
  ])('%s', (_what, event, path) => {
    expect(problems(withEvents(event)).map((problem) => problem.path)).toEqual([path]);
  });

  it.each([
    ['grade 4', { tumor: { grade: 4 } }, 'episode.tumor.grade'],
    ['Ki-67 over 100', { tumor: { ki67Percent: 101 } }, 'episode.tumor.ki67Percent'],
    ['a bilateral episode', { laterality: 'bilateral' }, 'episode.laterality'],
    ['an unknown intent', { intent: 'hope' }, 'episode.intent'],
    ['a size as text', { tumor: { sizeMm: '12' } }, 'episode.tumor.sizeMm'],
    ['a size that is no number', { tumor: { sizeMm: Number.NaN } }, 'episode.tumor.sizeMm'],
    ['an endless size', { tumor: { sizeMm: Number.POSITIVE_INFINITY } }, 'episode.tumor.sizeMm'],
    ['an ablation without a date', { ablation: {} }, 'episode.ablation.date'],
    ['no ablation', { ablation: undefined }, 'episode.ablation'],
    ['no id', { id: undefined }, 'episode.id'],
  ])('%s', (_what, changes, path) => {
    expect(problems(withEpisode(changes)).map((problem) => problem.path)).toEqual([path]);
  });

  it('each value is told with what may stand there', () => {
    expect(
      problems(withEvents({ ...imaging, findings: { zone: { longestMm: 12.55 } } }))[0],
    ).toMatchObject({
      message: 'the size is too fine',
      found: '12.55',
      allowed: 'millimetres with at most one decimal, 12.5 say',
    });
    expect(
      problems(withEvents({ ...imaging, findings: { zone: { longestMm: -1 } } }))[0],
    ).toMatchObject({
      message: 'the value is out of range',
      allowed: 'at least 0',
    });
    expect(problems(withEvents({ ...imaging, id: 'x'.repeat(201) }))[0]?.allowed).toBe(
      'at most 200 characters',
    );
    expect(problems(withEpisode({ id: undefined }))[0]).toMatchObject({
      message: 'this field is missing',
      found: 'nothing',
    });
    expect(problems(withEpisode({ tumor: { sizeMm: '12' } }))[0]).toMatchObject({
      message: 'the value has the wrong type',
      found: '"12"',
      allowed: 'number',
    });
  });

  it('an event of an unknown type names the types', () => {
    const [problem] = problems(withEvents({ id: 'c', type: 'imagin', date: '2026-05-01' }));
    expect(problem).toMatchObject({
      path: 'events[0].type',
      message: 'the value is not allowed',
      found: '"imagin"',
    });
    expect(problem?.allowed).toContain('imaging, report, pathology');
  });

  it('an event without a type is told to lack it', () => {
    expect(problems(withEvents({ id: 'c', date: '2026-05-01' }))).toMatchObject([
      { path: 'events[0].type', message: 'this field is missing' },
    ]);
  });

  it.each([
    'baseline',
    'a0.baseline',
    'a1.interval',
    'a1.interval-x',
    'A1.baseline',
    'a1.baseline\u0000',
    'a1.interval-1; drop',
  ])('%j is no visit key', (visit) => {
    const event = { id: 'd', type: 'decline', date: '2026-05-01', visit, reason: 'x' };
    expect(problems(withEvents(event)).map(({ path }) => path)).toContain('events[0].visit');
  });

  it('says how a visit key is made', () => {
    const event = { id: 'd', type: 'decline', date: '2026-05-01', visit: 'baseline', reason: 'x' };
    expect(problems(withEvents(event))).toEqual([
      {
        path: 'events[0].visit',
        message: 'this is not a visit key',
        found: '"baseline"',
        allowed:
          'a<course>.baseline, a<course>.interval-<number> or a<course>.<lane>-<months>, a1.baseline say',
      },
    ]);
  });

  it.each([
    '2026-02-30',
    '2026-05-10T09:30',
    '2026-05-10T25:00Z',
    '2026-05-10 09:30',
    '09:30',
    '2026-05-10T09:30[Europe/Berlin',
    '2026-05-10T09:30[]',
    '2026-02-30T09:30Z',
    '2026-05-10T09:30[Europe/Berlin]\r\nX:1',
  ])('%j is no appointment', (appointment) => {
    const event = {
      id: 'b',
      type: 'booking',
      date: '2026-05-01',
      visit: 'a1.baseline',
      appointment,
    };
    expect(problems(withEvents(event))).toMatchObject([
      { path: 'events[0].appointment', message: 'this is not an appointment' },
    ]);
  });
});

describe('texts', () => {
  it.each([
    '\u0000',
    '\u0007',
    '\n',
    '\r',
    '\t',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\ud800',
  ])('with the control character %j are refused, wherever they stand', (character) => {
    const text = `a${character}b`;
    const refused = (document: Json) =>
      problems(document).map(({ path, message }) => [path, message]);
    const message = 'the text holds control characters';
    expect(refused(withEpisode({ id: text }))).toEqual([['episode.id', message]]);
    expect(refused(withEpisode({ patientRef: text }))).toEqual([['episode.patientRef', message]]);
    expect(refused(withEvents({ ...imaging, id: text }))).toEqual([['events[0].id', message]]);
    expect(
      refused(withEvents({ id: 's', type: 'surgery', date: '2026-05-01', reason: text })),
    ).toEqual([['events[0].reason', message]]);
    expect(refused(withEpisode({ ablation: { date: '2026-01-15', device: text } }))).toEqual([
      ['episode.ablation.device', message],
    ]);
  });

  it('are never shown raw', () => {
    for (const problem of problems(withEpisode({ id: 'a\u0000\u001b[31m' }))) {
      expect(Object.values(problem).join('')).not.toMatch(/\p{Cc}/u);
      expect(problem.found).toBe('"a\\u0000\\u001b[31m"');
    }
  });
});

describe('fields that are not known', () => {
  it('are told with what was probably meant', () => {
    expect(problems({ episode: { ...EPISODE, lateralty: 'left' }, events: [] })).toEqual([
      {
        path: 'episode.lateralty',
        message: 'this field is not known',
        found: '"lateralty"',
        allowed:
          'id, patientRef, laterality, assumedBiRads, ablation, tumor, endocrineTherapy, intent',
        mend: 'did you mean laterality?',
      },
    ]);
  });

  it.each([
    ['of the case', { ...withEvents(), evnets: [] }, 'evnets', 'did you mean events?'],
    [
      'of an event',
      withEvents({ ...imaging, birads: '2' }),
      'events[0].birads',
      'did you mean biRads?',
    ],
    [
      'of the findings',
      withEvents({ ...imaging, findings: { enhancment: {} } }),
      'events[0].findings.enhancment',
      'did you mean enhancement?',
    ],
    [
      'of the ablation',
      withEpisode({ ablation: { date: '2026-01-15', probes: 2 } }),
      'episode.ablation.probes',
      undefined,
    ],
    [
      'of the tumor',
      withEpisode({ tumor: { size: 2 } }),
      'episode.tumor.size',
      'did you mean sizeMm?',
    ],
    [
      'of another event type',
      withEvents({ id: 's', type: 'surgery', date: '2026-05-01', modality: 'MRI' }),
      'events[0].modality',
      undefined,
    ],
  ])('%s', (_what, document, path, mend) => {
    expect(problems(document).map((problem) => [problem.path, problem.mend])).toEqual([
      [path, mend],
    ]);
  });

  it('several are each told', () => {
    expect(problems({ ...withEvents(), a: 1, b: 2 }).map(({ path }) => path)).toEqual(['a', 'b']);
  });

  it('__proto__ does no harm', () => {
    const document = JSON.parse(
      '{"episode":{"id":"E","laterality":"left","ablation":{"date":"2026-01-15"},"__proto__":{"x":1}},"events":[]}',
    );
    parseCase(document);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('documents that are no case', () => {
  it.each([null, undefined, 7, 'text', true, [], [withEvents()]])('%j', (document) => {
    expect(problems(document)).toMatchObject([
      {
        path: '',
        message: 'this is not a case file',
        allowed: 'an object with "episode" and "events"',
      },
    ]);
  });

  it('an empty object lacks episode and events', () => {
    expect(problems({}).map(({ path }) => path)).toEqual(['episode', 'events']);
  });

  it('events that are no list', () => {
    expect(problems({ episode: EPISODE, events: {} })).toMatchObject([
      { path: 'events', message: 'the value has the wrong type', found: '{}', allowed: 'array' },
    ]);
    expect(problems({ episode: EPISODE, events: [null] })).toMatchObject([{ path: 'events[0]' }]);
  });

  it('every fault is told, not only the first', () => {
    expect(
      problems({
        episode: { ...EPISODE, laterality: 'middle' },
        events: [
          { ...imaging, date: 'soon' },
          { ...imaging, id: 'y', biRads: '9' },
        ],
      }).map(({ path }) => path),
    ).toEqual(['episode.laterality', 'events[0].date', 'events[1].biRads']);
  });
});
