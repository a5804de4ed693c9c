import { describe, expect, it } from 'vitest';
import { worklistToCsv } from '../../src/export/worklist-csv.ts';
import { parseCsv } from './parse-csv.ts';
import { sampleWorklist } from './sample-worklist.ts';

const worklist = sampleWorklist();

function records(): Record<string, string>[] {
  const [head = [], ...rows] = parseCsv(worklistToCsv(worklist));
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

describe('a worklist as CSV', () => {
  it('has one record a row, in its order', () => {
    expect(records().map(({ episode, item, bucket }) => [episode, item, bucket])).toEqual(
      worklist.rows.map(({ episode, item, bucket }) => [episode, item, bucket]),
    );
  });

  it('tells days late and days left apart, without a sign', () => {
    for (const [index, { daysLate }] of worklist.rows.entries()) {
      const { days_late: late, days_left: left } = records()[index] ?? {};
      expect([late, left]).toEqual(
        daysLate === null
          ? ['', '']
          : daysLate > 0
            ? [String(daysLate), '']
            : ['', String(-daysLate || 0)],
      );
    }
  });

  it('keeps every cell of our own as it is: none looks like a formula', () => {
    expect(worklistToCsv(worklist)).not.toContain("'");
  });

  it('tells the appointment, the suggestion and the last contact', () => {
    const row = (episode: string) => records().find((each) => each.episode === episode);
    expect(row('EP-06')).toMatchObject({
      booked: 'yes',
      appointment: '2026-06-25T09:30[Europe/Berlin]',
      location: 'Radiology, room 3',
    });
    expect(row('EP-04')).toMatchObject({ suggested_day: '2026-06-23', no_suggestion: '' });
    expect(row('EP-03')).toMatchObject({
      no_suggestion: 'window-over',
      contacts: '2',
      last_contact: '2026-06-12',
      last_method: 'call',
      last_outcome: 'left-message',
    });
  });
});
