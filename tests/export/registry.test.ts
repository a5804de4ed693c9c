import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS, type Format } from '../../src/export/registry.ts';
import { samplePlan, testUid } from './sample-plans.ts';

const options = { calendar: { uid: testUid }, terminal: { width: 100, colour: false } };
const plans = [samplePlan('overdue'), samplePlan('escalated')];
const formats: readonly Format[] = Object.values(FORMATS);

describe('the registry', () => {
  it('knows each format by its own name', () => {
    expect(FORMAT_NAMES).toEqual(['ics', 'json', 'ndjson', 'csv', 'table', 'html']);
    expect(formats.map(({ name }) => name)).toEqual(FORMAT_NAMES);
    expect(new Set(formats.map(({ extension }) => extension)).size).toBe(formats.length);
  });

  it.each(formats)('$name ends in a line break', ({ write }) => {
    expect(write(plans.slice(0, 1), options)).toMatch(/\n$/);
  });

  it.each(formats.filter(({ many }) => many))('$name tells every plan it is given', ({ write }) => {
    expect(write(plans, options).length).toBeGreaterThan(write(plans.slice(0, 1), options).length);
  });

  it.each(formats.filter(({ many }) => !many))('$name takes exactly one plan', ({ write }) => {
    expect(() => write(plans, options)).toThrow(RangeError);
    expect(() => write([], options)).toThrow(RangeError);
  });

  it.each(formats.filter(({ stream }) => stream !== undefined))(
    '$name gives the same bytes plan by plan',
    ({ stream, write }) => {
      const streamed = plans.map((plan) => stream?.writeOne(plan, options)).join('');
      expect((stream?.head ?? '') + streamed).toBe(write(plans, options));
    },
  );
});
