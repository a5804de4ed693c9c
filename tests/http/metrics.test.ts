import { expect, test } from 'vitest';
import { Metrics } from '../../src/http/metrics.ts';

test('the figures of a clinic are told to whoever asked for it, also when two ask at one time', async () => {
  const metrics = new Metrics();
  metrics.signIn('refused');
  const ages = ['NORTH', 'SOUTH', 'EAST'].map((clinic, hours) => ({
    clinic,
    ageMs: hours * 3.6e6,
  }));
  const told = await Promise.all(ages.map((age) => metrics.text([age])));
  for (const [place, { clinic, ageMs }] of ages.entries()) {
    const lines = (told[place] ?? '').split('\n');
    expect(lines.filter((line) => line.startsWith('cryowatch_nightly_age_seconds'))).toEqual([
      `cryowatch_nightly_age_seconds{clinic="${clinic}"} ${ageMs / 1000}`,
    ]);
    expect(lines).toContain('cryowatch_sign_ins_total{outcome="refused"} 1');
  }
});

test('a clinic without a finished run has no age', async () => {
  const text = await new Metrics().text([{ clinic: 'NORTH', ageMs: null }]);
  expect(text).not.toContain('NORTH');
});
