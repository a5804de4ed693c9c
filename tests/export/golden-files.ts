import { FORMATS } from '../../src/export/registry.ts';
import { samplePlan, testUid } from './sample-plans.ts';

/** The golden files of tests/golden by name: telling cases in the formats that people read. */
export function goldenFiles(): Readonly<Record<string, string>> {
  const { ics, csv, html, table } = FORMATS;
  const calendar = { uid: testUid };
  const terminal = { width: 80, colour: false };
  const options = { calendar, terminal };
  const [ahead, booked, escalated, overdue] = [
    samplePlan('baseline-ahead'),
    samplePlan('booked-interval'),
    samplePlan('escalated'),
    samplePlan('overdue'),
  ];
  return {
    'baseline-ahead.minimal.ics': ics.write([ahead], options),
    'baseline-ahead.txt': table.write([ahead], options),
    'booked-interval.coded.ics': ics.write([booked], {
      ...options,
      calendar: { ...calendar, privacy: 'coded' },
    }),
    'booked-interval.csv': csv.write([booked], options),
    'booked-interval.narrow.txt': table.write([booked], {
      calendar,
      terminal: { ...terminal, width: 60 },
    }),
    'escalated.named.ics': ics.write([escalated], {
      ...options,
      calendar: { ...calendar, privacy: 'named' },
    }),
    'escalated.html': html.write([escalated], options),
    'escalated.txt': table.write([escalated], options),
    'overdue.html': html.write([overdue], options),
    'overdue.txt': table.write([overdue], options),
  };
}

if (process.argv.includes('--print')) process.stdout.write(JSON.stringify(goldenFiles()));
