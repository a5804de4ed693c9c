import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toIcs } from '../../src/export/ics.ts';
import { type CalendarClinic, calendarClinic } from '../service/calendar/calendar-clinic.ts';
import { type Held, shown, takenIn } from './calendar-client.ts';
import { type ReadEvent, readEvents } from './read-calendar.ts';
import { isInstalled, READERS, REQUIRED, readWith } from './readers/readers.ts';
import { type SampleName, samplePlan, testUid } from './sample-plans.ts';

const SAMPLES: readonly SampleName[] = [
  'baseline-ahead',
  'booked-interval',
  'escalated',
  'overdue',
];

function byUid(a: { readonly uid: string }, b: { readonly uid: string }): number {
  return a.uid < b.uid ? -1 : 1;
}

/** Only the fields that a reader tells. */
function inFieldsOf(seen: readonly ReadEvent[], events: readonly ReadEvent[]): ReadEvent[] {
  const fields = Object.keys(seen[0] ?? {}) as (keyof ReadEvent)[];
  return events
    .map(
      (event) =>
        Object.fromEntries(fields.map((field) => [field, event[field]])) as unknown as ReadEvent,
    )
    .sort(byUid);
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cryowatch-readers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/**
 * A patient's calendar before and after a re-plan: the first visit was done and vanishes, the next
 * one moves, a later one is booked.
 */
async function updated(): Promise<{ clinic: CalendarClinic; files: string[] }> {
  const clinic = await calendarClinic();
  const episode = await clinic.add('EP-1', 'P-1');
  await clinic.refresh(episode, 'coded');
  const before = (await clinic.calendar('coded')).text;
  clinic.wait(100);
  await clinic.record(
    episode,
    { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '3' },
    {
      id: 'b1',
      type: 'booking',
      date: '2026-04-21',
      visit: 'a1.routine-72',
      appointment: '2032-01-20T09:30[Europe/Berlin]',
      location: 'Room 3; ground floor, left',
    },
  );
  expect(await clinic.refresh(episode, 'coded')).toMatchObject({ cancelled: 1 });
  const after = (await clinic.calendar('coded')).text;
  return { clinic, files: [before, after] };
}

/** The calendar after the re-plan as a reader that never saw the one before would show it. */
function current(files: readonly string[]): ReadEvent[] {
  return shown(takenIn(new Map(), readEvents(files.at(-1) ?? '')));
}

describe('an update, read with ical.js', () => {
  it('leaves exactly what is planned: one visit gone, one moved, one booked', async () => {
    const { files } = await updated();
    const [before = [], after = []] = files.map((text) => readEvents(text));
    const held = after.reduce<Held>(
      (all, event) => takenIn(all, [event]),
      takenIn(new Map(), before),
    );
    expect(shown(held)).toEqual(current(files));
    const startOf = (events: readonly ReadEvent[], uid: string) =>
      events.find((event) => event.uid === uid)?.start;
    const moved = before.filter(({ uid, start }) => startOf(after, uid) !== start);
    expect(moved.map(({ start }) => start)).toContain('2032-01-15');
    expect(moved.length).toBeGreaterThan(1);
    expect(after.find(({ start }) => start === '2032-01-20T08:30:00Z')?.location).toBe(
      'Room 3; ground floor, left',
    );
    const gone = after.filter(({ status }) => status === 'CANCELLED');
    expect(gone.map(({ start }) => start)).toEqual(['2026-04-15']);
  });

  it('does the same when the files come in the other order', async () => {
    const { files } = await updated();
    const held = [...files]
      .reverse()
      .reduce<Held>((all, text) => takenIn(all, readEvents(text)), new Map());
    expect(shown(held)).toEqual(current(files));
  });
});

describe.each(READERS)('$name', (reader) => {
  const installed = isInstalled(reader);

  it.runIf(REQUIRED)('is installed', () => {
    expect(
      installed,
      `install the packages of tests/export/readers/packages.txt for ${reader.name}`,
    ).toBe(true);
  });

  it.runIf(installed).each(SAMPLES)('reads every field of %s as it was written', (sample) => {
    const text = toIcs([samplePlan(sample)], { uid: testUid, privacy: 'named' });
    const seen = readWith(reader, written(`${sample}.ics`, text));
    expect(Object.keys(seen[0] ?? {})).toEqual(
      expect.arrayContaining(['uid', 'start', 'end', 'summary', 'description']),
    );
    expect(seen.sort(byUid)).toEqual(inFieldsOf(seen, readEvents(text)));
  });

  it.runIf(installed)('holds exactly what is planned after an update', async () => {
    const { files } = await updated();
    const paths = files.map((text, index) => written(`update-${index}.ics`, text));
    const left = reader.keeps
      ? readWith(reader, ...paths).filter(({ status }) => status !== 'CANCELLED')
      : shown(paths.reduce<Held>((held, path) => takenIn(held, readWith(reader, path)), new Map()));
    expect(left.sort(byUid)).toEqual(inFieldsOf(left, current(files)));
    expect(left.length).toBeGreaterThan(5);
  });
});
