import { expect, it } from 'vitest';
import { toJson, toJsonLine } from '../../src/export/json.ts';
import { SAMPLE_NAMES, samplePlan } from './sample-plans.ts';

it.each(SAMPLE_NAMES)('JSON gives the whole plan back: %s', (name) => {
  const plan = samplePlan(name);
  expect(JSON.parse(toJson([plan]))).toEqual(plan);
  expect(JSON.parse(toJsonLine(plan))).toEqual(plan);
});

it('JSON of several plans, or of none, is an array', () => {
  const plans = [samplePlan('overdue'), samplePlan('ended')];
  expect(JSON.parse(toJson(plans))).toEqual(plans);
  expect(toJson([])).toBe('[]\n');
});

it('a line of NDJSON ends with its only line break', () => {
  expect(toJsonLine(samplePlan('escalated'))).toMatch(/^[^\n\r]+\n$/);
});
