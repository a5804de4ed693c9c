import { describe, expect, it } from 'vitest';
import { appointmentInWords } from '../../src/export/appointment-words.ts';

describe('an appointment in words', () => {
  it.each([
    ['2026-09-02', '2026-09-02'],
    ['2026-09-02T09:30[Europe/Berlin]', '2026-09-02 09:30'],
    ['2026-09-02T09:30:00[Europe/Berlin]', '2026-09-02 09:30'],
    ['2026-09-02T09:30[America/New_York]', '2026-09-02 09:30 (America/New_York)'],
    ['2026-10-25T02:30+01:00[Europe/Berlin]', '2026-10-25 02:30 (UTC+01:00)'],
    ['2026-09-02T09:30-04:00[America/New_York]', '2026-09-02 09:30 (UTC-04:00, America/New_York)'],
    ['2026-09-02T09:30Z', '2026-09-02 09:30 (UTC)'],
    ['at noon', 'at noon'],
  ])('of %s in a clinic of Berlin: %s', (text, words) => {
    expect(appointmentInWords(text, 'Europe/Berlin')).toBe(words);
  });

  it('tells its zone where nobody knows the clinic’s', () => {
    expect(appointmentInWords('2026-09-02T09:30[Europe/Berlin]')).toBe(
      '2026-09-02 09:30 (Europe/Berlin)',
    );
  });
});
