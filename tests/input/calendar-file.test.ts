import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanCalendar } from '../../src/input/calendar-file.ts';

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function scanned(text: string) {
  const file = scanCalendar(text);
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  return file.value;
}

describe('scanning a calendar file', () => {
  it('finds events with UID and what may be codes, folded and in any case of letters', () => {
    const text = calendar(
      'BEGIN:VEVENT',
      'UID;X-A="b:c":abc',
      ' def',
      'SUMMARY:MRI (01af',
      ' 978B)',
      'DESCRIPTION;LANGUAGE=en:Code:DEADBEEF\\n0123456789\\nnot-hex0',
      'BEGIN:VALARM',
      'DESCRIPTION:x',
      'END:VALARM',
      'END:VEVENT',
      'begin:vevent',
      'SUMMARY:nothing',
      'end:vevent',
    );
    expect(scanned(text).events.map(({ index, uid, codes }) => ({ index, uid, codes }))).toEqual([
      { index: 0, uid: 'c":abcdef', codes: ['01AF978B', 'DEADBEEF'] },
      { index: 1, uid: null, codes: [] },
    ]);
  });

  it('takes a byte order mark, bare line feeds, and other components as they come', () => {
    const text = `\uFEFF${calendar('BEGIN:VTODO', 'UID:t', 'END:VTODO', 'BEGIN:VEVENT', 'UID:e', 'END:VEVENT')}`;
    const { events, zones } = scanned(text.replaceAll('\r\n', '\n'));
    expect(events.map(({ uid }) => uid)).toEqual(['e']);
    expect(zones.size).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['another format', '{"events": []}'],
    ['an event alone', 'BEGIN:VEVENT\r\nEND:VEVENT\r\n'],
    ['a cut file', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\n'],
    ['a file cut between events', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n'],
    ['crossed components', calendar('BEGIN:VEVENT', 'BEGIN:VALARM', 'END:VEVENT', 'END:VALARM')],
    ['a calendar in a calendar', calendar('BEGIN:VCALENDAR', 'END:VCALENDAR')],
  ])('refuses %s as a whole', (_, text) => {
    expect(scanCalendar(text)).toMatchObject({ ok: false, problems: [{ path: '' }] });
  });

  it('refuses a file that is too large before it is read', () => {
    const text = calendar(`X-PADDING:${'x'.repeat(33 * 1024 * 1024)}`);
    expect(scanCalendar(text)).toMatchObject({
      ok: false,
      problems: [{ message: 'the file is too large' }],
    });
  });

  it('answers any text with a value', () => {
    const line = fc.oneof(
      fc.constantFrom('BEGIN:VCALENDAR', 'END:VCALENDAR', 'BEGIN:VEVENT', 'END:VEVENT', ' fold'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(typeof scanCalendar(lines.join('\r\n')).ok).toBe('boolean');
      }),
    );
  });
});
