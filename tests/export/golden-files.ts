import { FORMATS } from '../../src/export/registry.ts';
import { worklistToHtml } from '../../src/export/worklist-html.ts';
import { WORKLIST_FORMATS } from '../../src/export/worklist-registry.ts';
import { worklistDiffToText } from '../../src/export/worklist-text.ts';
import { filterWorklist } from '../../src/worklist/worklist.ts';
import { samplePlan, testUid } from './sample-plans.ts';
import { sampleDiff, sampleWorklist } from './sample-worklist.ts';

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
    ...worklistFiles(),
  };
}

function worklistFiles(): Readonly<Record<string, string>> {
  const terminal = { width: 80, colour: false };
  const worklist = filterWorklist(sampleWorklist(), { to: '2027-12-31' });
  const { csv, ndjson, table } = WORKLIST_FORMATS;
  return {
    'worklist.csv': csv.write(worklist, terminal),
    'worklist.html': worklistToHtml(worklist, sampleDiff()),
    'worklist.ndjson': ndjson.write(worklist, terminal),
    'worklist.txt': table.write(worklist, terminal),
    'worklist-changes.txt': worklistDiffToText(sampleDiff(), terminal),
  };
}

if (process.argv.includes('--print')) process.stdout.write(JSON.stringify(goldenFiles()));
