import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyDiff,
  diffPlans,
  explain,
  FORMATS,
  loadProtocol,
  type Plan,
  parseCase,
  planSurveillance,
  protocols,
  RULES,
} from '../src/index.ts';

function planned(...args: Parameters<typeof planSurveillance>): Plan {
  const outcome = planSurveillance(...args);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const EPISODE = { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } } as const;

describe('planSurveillance', () => {
  it('does what its documentation shows', () => {
    const plan = planned({ ablatedOn: '2026-01-15', biRads: '2' }, { asOf: '2026-01-20' });
    expect(plan.visits[0]?.target).toBe('2026-04-15');
  });

  it('plans a case file like its short form', () => {
    const asOf = '2026-01-20';
    const long = planned({ episode: { ...EPISODE, assumedBiRads: '2' }, events: [] }, { asOf });
    const short = planned(
      { ablatedOn: '2026-01-15', biRads: '2', id: 'EP-1', laterality: 'left' },
      { asOf },
    );
    expect(short).toEqual(long);
  });

  it('returns faults as problems with path, found and allowed', () => {
    expect(planSurveillance({ ablatedOn: '2026-02-30', biRads: '4D' })).toEqual({
      ok: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ path: 'ablatedOn', found: '"2026-02-30"' }),
        expect.objectContaining({ path: 'biRads', found: '"4D"', allowed: expect.any(String) }),
      ]),
    });
  });

  it('changes nothing of what it is given', () => {
    const input = JSON.parse(
      JSON.stringify({
        episode: EPISODE,
        events: [{ id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '3' }],
      }),
    );
    const copy = structuredClone(input);
    planned(input, { asOf: '2026-06-01' });
    expect(input).toEqual(copy);
  });

  it.each([
    ['an object without words', { toString: '' }],
    ['a big integer', 1n],
    ['a symbol', Symbol('day')],
    ['a number', 20260420],
    ['null', null],
  ])('an as-of date that is %s is a problem', (_, asOf) => {
    const outcome = planSurveillance({ ablatedOn: '2026-01-15' }, { asOf } as never);
    expect(outcome).toMatchObject({ ok: false, problems: [{ path: 'asOf' }] });
  });

  it('input that refers to itself is a problem', () => {
    const circle: Record<string, unknown> = { ablatedOn: '2026-01-15' };
    circle.biRads = circle;
    expect(planSurveillance(circle as never)).toMatchObject({ ok: false });
    expect(planSurveillance({ ablatedOn: '2026-01-15' }, null as never).ok).toBe(true);
  });

  it('never throws, whatever it is given', () => {
    const inputs = fc.oneof(
      fc.anything(),
      fc.record(
        {
          episode: fc.oneof(fc.anything(), fc.constant(EPISODE)),
          events: fc.oneof(
            fc.anything(),
            fc.array(
              fc.record(
                {
                  id: fc.oneof(fc.string(), fc.anything()),
                  type: fc.constantFrom('imaging', 'report', 'correction', 'pathology', 'nothing'),
                  date: fc.oneof(fc.constant('2026-04-20'), fc.anything()),
                  of: fc.string(),
                  modality: fc.constantFrom('MRI', 'X'),
                },
                { requiredKeys: [] },
              ),
            ),
          ),
          asOf: fc.anything(),
          ablatedOn: fc.anything(),
          case: fc.anything(),
        },
        { requiredKeys: [] },
      ),
    );
    const options = fc.option(
      fc.record({ asOf: fc.anything(), protocol: fc.anything() }, { requiredKeys: [] }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(inputs, options, (input, more) => {
        const outcome = planSurveillance(input as never, more as never);
        if (outcome.ok) expect(outcome.value.schemaVersion).toBe(1);
        else for (const { message } of outcome.problems) expect(message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('the other exports', () => {
  const before = planned({ episode: EPISODE, events: [] }, { asOf: '2026-06-01' });
  const after = planned(
    {
      episode: EPISODE,
      events: [{ id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '3' }],
    },
    { asOf: '2026-06-01' },
  );

  it('diffPlans and applyDiff', () => {
    expect(applyDiff(before, diffPlans(before, after))).toEqual(after);
  });

  it('explain names a rule of RULES', () => {
    const explained = explain(after, 'a1.interval-1');
    const rule = after.visits.find(({ key }) => key === 'a1.interval-1')?.because.rule;
    expect(explained.ok && explained.value.sentences.join(' ')).toContain(
      rule === undefined ? 'no rule' : RULES[rule].says,
    );
  });

  it('protocols are what loadProtocol accepts', () => {
    for (const protocol of protocols()) {
      expect(loadProtocol(JSON.parse(JSON.stringify(protocol)))).toEqual({
        ok: true,
        value: protocol,
      });
    }
  });

  it('loadProtocol and parseCase never throw', () => {
    fc.assert(
      fc.property(fc.anything(), (document) => {
        expect(loadProtocol(document).ok).toBe(false);
        expect(parseCase(document).ok).toBe(false);
      }),
    );
  });

  it.each(Object.values(FORMATS))('FORMATS.$name writes a plan', (format) => {
    const text = format.write([after], {
      calendar: { uid: (episode, key) => `${episode}-${key}@example.org` },
      terminal: { width: 80, colour: false },
    });
    expect(text).not.toBe('');
    expect(format.name in FORMATS).toBe(true);
  });
});
