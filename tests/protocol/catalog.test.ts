import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/domain/rule.ts';
import {
  DEFAULT_PROTOCOL_ID,
  defaultProtocol,
  findProtocol,
  PROTOCOL_IDS,
  protocols,
} from '../../src/protocol/catalog.ts';
import { adviseProtocol } from '../../src/protocol/protocol-advice.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { bareDocument } from './documents.ts';

function protocol(id: string): Protocol {
  const outcome = findProtocol(id);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** What the engine uses: all but the words for people. */
function valuesOf({ title, status, summary, sources, rules, ...values }: Protocol) {
  return values;
}

function lanesOf(id: string) {
  return protocol(id).lanes.map((lane) => [lane.id, lane.modalities, lane.offsetsMonths]);
}

describe('the catalog', () => {
  it('holds every protocol file of its folder', () => {
    const files = readdirSync(new URL('../../src/protocol/catalog/', import.meta.url));
    expect(files.sort()).toEqual(PROTOCOL_IDS.map((id) => `${id}.protocol.json`).sort());
  });

  it('lists the default first', () => {
    expect(protocols().map(({ id }) => id)).toEqual(PROTOCOL_IDS);
    expect(PROTOCOL_IDS[0]).toBe(DEFAULT_PROTOCOL_ID);
    expect(defaultProtocol().id).toBe('staged-risk-adapted');
  });

  it('checks a protocol once and hands out the same one', () => {
    expect(protocol('ice3')).toBe(protocol('ice3'));
  });

  it('refuses changes to a protocol that it hands out', () => {
    expect(() => protocol('ice3').lanes[0]?.offsetsMonths.push(1)).toThrow(TypeError);
  });

  it('answers an unknown id with the one that was meant', () => {
    expect(findProtocol('staged-risk-adpated')).toEqual({
      ok: false,
      problems: [
        {
          path: 'protocol',
          message: 'there is no protocol of this id',
          found: '"staged-risk-adpated"',
          allowed: PROTOCOL_IDS.join(', '),
          mend: 'did you mean staged-risk-adapted?',
        },
      ],
    });
  });

  it.each(['', 'constructor', '__proto__', '../frost', 'FROST.json'])(
    'answers %j with the ids that it has',
    (id) => {
      const outcome = findProtocol(id);
      expect(outcome.ok ? [] : outcome.problems).toMatchObject([
        { path: 'protocol', allowed: PROTOCOL_IDS.join(', ') },
      ]);
    },
  );
});

describe.each(PROTOCOL_IDS)('%s', (id) => {
  it('loads without a problem and without advice', () => {
    expect(adviseProtocol(protocol(id))).toEqual([]);
  });

  it('says that a clinician has yet to approve it', () => {
    expect(protocol(id).status).toBe('needs approval by a clinician');
  });

  it('labels the values for which it has no source', () => {
    expect(protocol(id).sources?.['engineering-default']?.certainty).toBe('engineering-default');
  });

  it('says of every source that is no study of the schedule what is not known of it', () => {
    for (const source of Object.values(protocol(id).sources ?? {})) {
      expect(source.note?.length ?? 0).toBeGreaterThan(20);
    }
  });

  it('calls no source of the schedule itself more certain than it is', () => {
    const rule = protocol(id).intervals === undefined ? 'lane' : 'baseline';
    const cited = protocol(id).rules?.[rule]?.sources.map(
      (source) => protocol(id).sources?.[source]?.certainty,
    );
    expect(cited).not.toContain('high');
    expect(cited).not.toContain('moderate');
  });

  it('escalates as the default does', () => {
    expect(protocol(id).escalation).toEqual(defaultProtocol().escalation);
    expect(protocol(id).contraindications).toEqual(defaultProtocol().contraindications);
  });
});

describe('the staged protocols', () => {
  it('the default has exactly the values of the contract', () => {
    const { title, ...values } = bareDocument();
    expect(valuesOf(defaultProtocol())).toEqual(values);
    expect(defaultProtocol().title).toBe(title);
  });

  it('the default supports every rule', () => {
    expect(Object.keys(defaultProtocol().rules ?? {}).sort()).toEqual([...RULE_IDS].sort());
  });

  it('rest 3 and 9–18 months on expert opinion, in the words of the review', () => {
    const { sources } = defaultProtocol();
    expect(sources?.['lee-2025-surveillance']).toMatchObject({
      doi: '10.3390/biomedicines13122987',
      certainty: 'expert-opinion',
      note: expect.stringContaining('"may strike a balance"'),
    });
    expect(sources?.['corines-2024']?.certainty).toBe('expert-opinion');
    expect(sources?.['lee-2025-residual-disease']?.certainty).toBe('moderate');
  });

  it('the other reading differs in what the first interval is counted from, and in nothing else', () => {
    const { id, intervals, ...values } = valuesOf(protocol('staged-from-previous-exam'));
    const { id: _, intervals: standard, ...rest } = valuesOf(defaultProtocol());
    expect(values).toEqual(rest);
    expect(intervals).toEqual({ ...standard, firstFrom: 'previous-exam' });
  });
});

describe('the published schedules', () => {
  it('ICE3: mammography, from memory', () => {
    expect(lanesOf('ice3')).toEqual([['mammography', ['MG', 'DBT'], [6, 12, 24, 36, 48, 60]]]);
    expect(protocol('ice3').sources?.['ice3-schedule']?.certainty).toBe('from-memory');
  });

  it('Kawamoto 2024: mammography, ultrasound and MRI, as in the abstract', () => {
    const months = [1, 6, 12, 24, 36, 60];
    expect(lanesOf('kawamoto-2024')).toEqual([
      ['mammography', ['MG', 'DBT'], months],
      ['ultrasound', ['US'], months],
      ['mri', ['MRI'], months],
    ]);
    expect(protocol('kawamoto-2024').sources?.['kawamoto-2024-schedule']?.certainty).toBe(
      'published-schedule',
    );
  });

  it('FROST: three modalities at 6 months, then yearly and half-yearly, as in the abstract', () => {
    expect(lanesOf('frost')).toEqual([
      ['mammography', ['MG', 'DBT'], [6, 12, 24, 36, 48, 60]],
      ['ultrasound', ['US'], [6]],
      ['mri', ['MRI'], [6, 12, 24, 36, 48, 60]],
      ['semi-annual', ['US', 'MG', 'DBT'], [18, 30]],
    ]);
    expect(protocol('frost').sources?.['frost-schedule']?.certainty).toBe('published-schedule');
    expect(protocol('frost').summary).toContain('no biopsy');
  });

  it.each(['ice3', 'kawamoto-2024', 'frost'])('%s plans no staged visit', (id) => {
    expect(protocol(id)).not.toHaveProperty('baseline');
    expect(protocol(id)).not.toHaveProperty('intervals');
    expect(protocol(id)).not.toHaveProperty('horizonMonths');
  });
});
