import { expect, it } from 'vitest';
import { ageText } from '../../../src/cli/options/duration.ts';

const MINUTE = 60_000;

it.each([
  [0, '0 min ago'],
  [-2000, '0 min ago'],
  [90 * MINUTE, '90 min ago'],
  [26 * 60 * MINUTE, '26 h ago'],
  [-3 * 60 * MINUTE, '3 h ahead of this clock'],
  [-9 * 1440 * MINUTE, '9 d ahead of this clock'],
])('%i ms: %s', (milliseconds, text) => expect(ageText(milliseconds)).toBe(text));
