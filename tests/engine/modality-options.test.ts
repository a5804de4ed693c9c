import { describe, expect, it } from 'vitest';
import { addDays, type Day, parseDay } from '../../src/domain/civil-date.ts';
import type { Constraint } from '../../src/domain/event.ts';
import { isContraindicated, modalityOptions } from '../../src/engine/modality-options.ts';
import { DEFAULT_PROTOCOL, protocolWith } from './case-builder.ts';

const day = parseDay('2026-07-15') as Day;

function constraint(kind: string, from: Day = day, to?: Day): Constraint {
  return { type: 'constraint', id: kind, date: day, kind, from, to };
}

describe('a contraindication', () => {
  const limited = constraint('claustrophobia', day, addDays(day, 10));

  it.each([
    [-1, false],
    [0, true],
    [10, true],
    [11, false],
  ])('%i days after its first day holds: %s', (days, holds) => {
    expect(isContraindicated('MRI', addDays(day, days), [limited], DEFAULT_PROTOCOL)).toBe(holds);
  });

  it('without an end has none', () => {
    const forever = [constraint('claustrophobia')];
    expect(isContraindicated('MRI', addDays(day, 36_500), forever, DEFAULT_PROTOCOL)).toBe(true);
  });

  it('excludes its own modalities only', () => {
    expect(isContraindicated('CEM', day, [limited], DEFAULT_PROTOCOL)).toBe(false);
  });

  it.each(['toString', 'constructor', 'no-such-kind'])(
    'that the protocol does not know (%s) excludes nothing',
    (kind) => {
      expect(isContraindicated('MRI', day, [constraint(kind)], DEFAULT_PROTOCOL)).toBe(false);
    },
  );
});

describe('what can be done on a day', () => {
  const options = (
    planned: Parameters<typeof modalityOptions>[0],
    constraints: readonly Constraint[],
    protocol = DEFAULT_PROTOCOL,
  ) => modalityOptions(planned, day, constraints, protocol);

  it('are the planned modalities in the protocol’s order', () => {
    expect(options(['CEM', 'MRI'], [])).toEqual({
      modalities: ['CEM', 'MRI'],
      fallbackOnly: false,
    });
  });

  it('less those contraindicated', () => {
    expect(options(['MRI', 'CEM'], [constraint('claustrophobia')])).toEqual({
      modalities: ['CEM'],
      fallbackOnly: false,
    });
  });

  it('are the fallback modalities when none is left, flagged for review', () => {
    const both = [constraint('claustrophobia'), constraint('egfr-below-30')];
    expect(options(['MRI', 'CEM'], both)).toEqual({
      modalities: ['DBT', 'US'],
      fallbackOnly: true,
    });
  });

  it('are the fallback modalities less those contraindicated too', () => {
    expect(options(['MRI', 'CEM'], [constraint('pregnancy')])).toEqual({
      modalities: ['US'],
      fallbackOnly: true,
    });
  });

  it('are perhaps none at all, still flagged', () => {
    const protocol = protocolWith({ fallbackModalities: [] });
    expect(options(['MRI', 'CEM'], [constraint('pregnancy')], protocol)).toEqual({
      modalities: [],
      fallbackOnly: true,
    });
    const excluded = protocolWith({ contraindications: { all: ['MRI', 'CEM', 'DBT', 'US'] } });
    expect(options(['MRI', 'CEM'], [constraint('all')], excluded)).toEqual({
      modalities: [],
      fallbackOnly: true,
    });
  });
});
