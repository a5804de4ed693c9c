import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/domain/rule.ts';
import type { Because, Plan } from '../../src/plan/plan.ts';
import { defaultProtocol } from '../../src/protocol/catalog.ts';
import { planCase } from '../../src/service/case/plan-case.ts';
import { ABLATED, CONFORMANCE, caseOf, event, exam, planOf, readCase } from './plans.ts';

function becauses(plan: Plan): Because[] {
  return [...plan.visits, ...plan.escalations].map(({ because }) => because);
}

describe('because', () => {
  it('is complete for every line of every conformance case', () => {
    const protocol = defaultProtocol();
    for (const { document } of CONFORMANCE) {
      const plan = planOf(document, document.asOf);
      const dated = new Map(plan.events.map(({ id, date }) => [id, date]));
      for (const because of becauses(plan)) {
        const { rule, section, anchor, causedBy } = because;
        expect(section).toBe(RULES[rule].section);
        expect(because.protocol).toEqual({ id: protocol.id, version: protocol.version });
        expect(because.arithmetic.length).toBeGreaterThan(0);
        expect(because.reasons.length).toBeGreaterThan(0);
        expect(because.citations.length).toBeGreaterThan(0);
        for (const { citation, certainty } of because.citations) {
          expect(citation).not.toBe('');
          expect(certainty).not.toBe('');
        }
        expect(anchor.date).toBe(
          anchor.event === null ? document.episode.ablation.date : dated.get(anchor.event),
        );
        if (causedBy !== null) expect(dated.has(causedBy)).toBe(true);
      }
      for (const { reason } of plan.exams) expect(reason).toMatch(/\.$/);
    }
  });

  it('is empty but for rule and anchor where no explanation is wanted', () => {
    const caseFile = readCase(caseOf([exam('x1', '2026-04-20', '4B')]));
    const settings = { protocol: defaultProtocol(), today: caseFile.episode.ablation.date };
    for (const because of becauses(planCase(caseFile, { ...settings, explain: false }))) {
      expect(because).toMatchObject({ arithmetic: [], reasons: [], citations: [] });
      expect(because.anchor.date).toBe(ABLATED);
    }
  });
});

describe('assumptions', () => {
  const facts = (plan: Plan) =>
    plan.assumptions.flatMap(({ code, message }) =>
      code === 'fact-not-recorded' ? [message.split(' is not recorded')[0]] : [],
    );
  const everyFact = {
    ablation: { date: ABLATED, freezeThawCycles: 2, minimumMarginMm: 12 },
    endocrineTherapy: 'taking',
    tumor: {
      sizeMm: 12,
      focality: 'unifocal',
      histology: 'invasive-ductal',
      grade: 2,
      er: 'positive',
      pr: 'positive',
      her2: 'negative',
      ki67Percent: 10,
      extensiveIntraductalComponent: false,
      lymphovascularInvasion: false,
      nodalStatus: 'negative',
    },
  };

  it('are none where every fact and the category are recorded', () => {
    const plan = planOf(caseOf([exam('x1', '2026-04-20', '2')], everyFact), '2026-06-01');
    expect(plan.assumptions).toEqual([]);
  });

  it.each(
    Object.keys(everyFact.tumor)
      // One positive receptor rules triple negative out; the others do not matter then.
      .filter((fact) => fact !== 'er' && fact !== 'pr'),
  )('name tumor.%s where it alone is not recorded', (fact) => {
    const tumor = { ...everyFact.tumor, [fact]: undefined };
    const plan = planOf(caseOf([], { ...everyFact, tumor }), '2026-06-01');
    expect(facts(plan)).toEqual([`tumor.${fact}`]);
  });

  it.each([['freezeThawCycles'], ['minimumMarginMm']])(
    'name ablation.%s where it alone is not recorded',
    (fact) => {
      const ablation = { ...everyFact.ablation, [fact]: undefined };
      const plan = planOf(caseOf([], { ...everyFact, ablation }), '2026-06-01');
      expect(facts(plan)).toEqual([`ablation.${fact}`]);
    },
  );

  it('say whose category is assumed', () => {
    const [given] = planOf(caseOf([], { ...everyFact, assumedBiRads: '1' }), ABLATED).assumptions;
    expect(given?.message).toContain('Category 1 is assumed (given for the episode)');
    const [own] = planOf(caseOf([], everyFact), ABLATED).assumptions;
    expect(own?.message).toContain('(of protocol staged-risk-adapted)');
  });

  it('say that an assumed category without an interval plans nothing after the baseline', () => {
    const plan = planOf(caseOf([], { ...everyFact, assumedBiRads: '4B' }), ABLATED);
    expect(plan.assumptions.map(({ code }) => code)).toEqual([
      'category-assumed',
      'category-without-interval',
    ]);
  });
});

interface Ineffective {
  readonly what: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly code: string;
  /** The event that the warning names. */
  readonly of: string;
}

const x1 = exam('x1', '2026-04-20', '2');
const AT = '2026-06-01';

const INEFFECTIVE: readonly Ineffective[] = [
  {
    what: 'an event after the as-of date',
    events: [exam('x9', '2026-07-01', '2')],
    code: 'after-as-of',
    of: 'x9',
  },
  {
    what: 'an event that was taken back',
    events: [x1, event('c1', 'correction', '2026-05-01', { of: 'x1' })],
    code: 'corrected',
    of: 'x1',
  },
  {
    what: 'a correction that was taken back',
    events: [
      x1,
      event('c1', 'correction', '2026-05-01', { of: 'x1' }),
      event('c2', 'correction', '2026-05-02', { of: 'c1' }),
    ],
    code: 'corrected',
    of: 'c1',
  },
  {
    what: 'a report that a later one replaced',
    events: [
      exam('x1', '2026-04-20'),
      event('r1', 'report', '2026-04-22', { of: 'x1', biRads: '2' }),
      event('r2', 'report', '2026-04-25', { of: 'x1', biRads: '3' }),
    ],
    code: 'report-superseded',
    of: 'r1',
  },
  {
    what: 'a report whose exam was taken back',
    events: [
      exam('x1', '2026-04-20'),
      event('r1', 'report', '2026-04-22', { of: 'x1', biRads: '2' }),
      event('c1', 'correction', '2026-05-01', { of: 'x1' }),
    ],
    code: 'report-without-exam',
    of: 'r1',
  },
  {
    what: 'pathology of the other breast',
    events: [event('p1', 'pathology', '2026-05-01', { result: 'malignant', laterality: 'right' })],
    code: 'pathology-of-other-breast',
    of: 'p1',
  },
  {
    what: 'pathology of the ablated tumor',
    events: [
      event('p1', 'pathology', '2026-01-20', { result: 'malignant', specimenDate: ABLATED }),
    ],
    code: 'pathology-of-ablated-tumor',
    of: 'p1',
  },
  {
    what: 'pathology that answers nothing',
    events: [event('p1', 'pathology', '2026-05-01', { result: 'benign-concordant' })],
    code: 'answers-nothing',
    of: 'p1',
  },
  {
    what: 'pathology that names an escalation that is not there',
    events: [
      exam('x1', '2026-04-20', '4B'),
      event('p1', 'pathology', '2026-05-01', { result: 'benign-concordant', answers: ['esc.x7'] }),
    ],
    code: 'answers-nothing',
    of: 'p1',
  },
  {
    what: 'pathology that could answer two biopsies',
    events: [
      exam('x1', '2026-04-20', '4B'),
      exam('x2', '2026-04-21', '4A'),
      event('p1', 'pathology', '2026-05-01', { result: 'benign-concordant' }),
    ],
    code: 'answers-needed',
    of: 'p1',
  },
  {
    what: 'a constraint that the protocol does not know',
    events: [event('k1', 'constraint', '2026-04-01', { kind: 'vertigo', from: '2026-04-01' })],
    code: 'constraint-unknown',
    of: 'k1',
  },
  {
    what: 'a deferral of a visit that is not open',
    events: [
      event('d1', 'deferral', '2026-05-01', { visit: 'a1.interval-2', until: '2029-01-01' }),
    ],
    code: 'deferral-without-effect',
    of: 'd1',
  },
  {
    what: 'a deferral to a day inside the window',
    events: [event('d1', 'deferral', '2026-05-01', { visit: 'a1.baseline', until: '2026-05-10' })],
    code: 'deferral-without-effect',
    of: 'd1',
  },
  {
    what: 'a deferral beyond what is allowed',
    events: [event('d1', 'deferral', '2026-05-01', { visit: 'a1.baseline', until: '2028-05-10' })],
    code: 'deferral-cut',
    of: 'd1',
  },
  {
    what: 'a decline of a visit that is not open',
    events: [event('d1', 'decline', '2026-05-01', { visit: 'a1.interval-4' })],
    code: 'decline-without-effect',
    of: 'd1',
  },
  {
    what: 'a booking of a visit that the plan does not have',
    events: [
      event('b1', 'booking', '2026-05-01', { visit: 'a3.baseline', appointment: '2026-06-10' }),
    ],
    code: 'booking-without-visit',
    of: 'b1',
  },
  {
    what: 'a booking outside the window',
    events: [
      event('b1', 'booking', '2026-05-01', { visit: 'a1.baseline', appointment: '2026-06-10' }),
    ],
    code: 'booking-outside-window',
    of: 'b1',
  },
  {
    what: 'a decision on nothing',
    events: [event('e1', 'decision', '2026-05-01', { escalation: 'esc.x7' })],
    code: 'decision-without-effect',
    of: 'e1',
  },
  {
    what: 'a decision on what was answered already',
    events: [
      exam('x1', '2026-04-20', '4B'),
      event('e1', 'decision', '2026-05-01', { escalation: 'esc.x1' }),
      event('e2', 'decision', '2026-05-02', { escalation: 'esc.x1' }),
    ],
    code: 'decision-without-effect',
    of: 'e2',
  },
  {
    what: 'a suspension beyond what is allowed',
    events: [event('s1', 'suspension', '2026-05-01', { until: '2029-05-01' })],
    code: 'suspension-cut',
    of: 's1',
  },
  {
    what: 'a resumption without a suspension',
    events: [event('s1', 'resumption', '2026-05-01')],
    code: 'resumption-without-effect',
    of: 's1',
  },
  {
    what: 'a second end',
    events: [
      event('s1', 'surgery', '2026-05-01'),
      event('s2', 'closure', '2026-05-02', { reason: 'completed' }),
    ],
    code: 'already-ended',
    of: 's2',
  },
  {
    what: 'a reopening of what had not ended',
    events: [event('o1', 'reopening', '2026-05-01')],
    code: 'reopening-without-effect',
    of: 'o1',
  },
];

describe('warnings', () => {
  it.each(INEFFECTIVE)('name $what', ({ events, code, of }) => {
    const { warnings } = planOf(caseOf(events), AT);
    const warning = warnings.find((note) => note.code === code && note.event === of);
    expect(warning?.message).toMatch(/\.$/);
  });

  it('are none for events that did what they say', () => {
    const events = [
      x1,
      event('b1', 'booking', '2026-05-01', { visit: 'a1.interval-1', appointment: '2027-01-10' }),
      event('k1', 'constraint', '2026-05-01', { kind: 'pregnancy', from: '2026-05-01', to: AT }),
    ];
    expect(planOf(caseOf(events), AT).warnings).toEqual([]);
  });

  it('name an exam that did not count by its verdict and reason, not by a warning', () => {
    const plan = planOf(caseOf([exam('x1', '2026-02-01', '2')]), AT);
    expect(plan.warnings).toEqual([]);
    expect(plan.exams).toMatchObject([{ verdict: 'too-early', reason: expect.any(String) }]);
  });

  it('say where no contrast-enhanced option is left, and where no option at all', () => {
    const kinds = Object.keys(defaultProtocol().contraindications);
    const events = kinds.map((kind) =>
      event(`k-${kind}`, 'constraint', '2026-05-01', { kind, from: '2026-05-01' }),
    );
    const { warnings, visits } = planOf(caseOf(events), AT);
    expect(warnings.map(({ code }) => code)).toContain('needs-review');
    expect(visits[0]?.needsReview).toBe(true);
  });
});

describe('bookings', () => {
  it('show the latest one with its place', () => {
    const booking = (id: string, date: string, more: object) =>
      event(id, 'booking', date, {
        visit: 'a1.baseline',
        appointment: '2026-04-20T09:30[Europe/Berlin]',
        ...more,
      });
    const plan = planOf(
      caseOf([
        booking('b1', '2026-03-01', { location: 'Room 1' }),
        booking('b2', '2026-03-02', { location: 'Room 2' }),
      ]),
      '2026-03-10',
    );
    expect(plan.visits[0]?.booking).toEqual({
      event: 'b2',
      appointment: '2026-04-20T09:30[Europe/Berlin]',
      location: 'Room 2',
    });
  });
});
