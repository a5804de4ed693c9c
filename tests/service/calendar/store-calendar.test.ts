import { describe, expect, it } from 'vitest';
import { calendarIdentity } from '../../../src/service/calendar/calendar-identity.ts';
import { storeCalendar } from '../../../src/service/calendar/store-calendar.ts';
import { rowsOfPlan } from '../../../src/worklist/rows-of-plan.ts';
import { readEvents } from '../../export/read-calendar.ts';
import { CLINIC, calendarClinic } from './calendar-clinic.ts';

const EXAM = { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' };

async function twoPatients() {
  const clinic = await calendarClinic();
  const left = await clinic.add('EP-1', 'P-1');
  const right = await clinic.add('EP-2', 'P-1');
  const other = await clinic.add('EP-3', 'P-2');
  for (const episode of [left, right, other]) await clinic.refresh(episode);
  return { clinic, left, right, other };
}

describe('the calendar of the store', () => {
  it('holds all episodes of a patient, one episode, or the whole clinic', async () => {
    const { clinic, left } = await twoPatients();
    const each = (await clinic.plan(left)).visits.length;
    const episode = await clinic.calendar('minimal', { of: 'episode', externalId: 'EP-2' });
    const patient = await clinic.calendar('minimal', { of: 'patient', patientRef: 'P-1' });
    const whole = await clinic.calendar();
    expect([episode, patient, whole].map(({ events }) => events)).toEqual([
      each,
      2 * each,
      3 * each,
    ]);
    const uids = readEvents(whole.text).map(({ uid }) => uid);
    expect(uids).toEqual([...uids].sort());
    expect(readEvents(patient.text).every(({ uid }) => uids.includes(uid))).toBe(true);
  });

  it('holds all pages of a large clinic', async () => {
    const clinic = await calendarClinic();
    let planned = 0;
    for (let index = 0; index < 120; index += 1) {
      planned += (await clinic.refresh(await clinic.add(`EP-${index}`, `P-${index}`))).added;
    }
    const { text, events } = await clinic.calendar();
    expect(events).toBe(planned);
    expect(events).toBeGreaterThan(1000);
    expect(new Set(readEvents(text).map(({ uid }) => uid)).size).toBe(events);
  });

  it('is the same bytes each time it is asked for', async () => {
    const { clinic } = await twoPatients();
    expect((await clinic.calendar()).text).toBe((await clinic.calendar()).text);
  });

  it('tells a cancelled event for 90 days', async () => {
    const { clinic, left } = await twoPatients();
    clinic.wait(95);
    await clinic.record(left, EXAM);
    await clinic.refresh(left);
    clinic.wait(90);
    expect(await clinic.calendar()).toMatchObject({ cancelled: 1 });
    clinic.wait(0, 1);
    const later = await clinic.calendar();
    expect(later.cancelled).toBe(0);
    expect(later.text).not.toContain('CANCELLED');
  });

  it('brings the zone of a booked visit, for the years in use', async () => {
    const { clinic, left } = await twoPatients();
    const booking = { id: 'b1', type: 'booking', date: '2026-01-20', visit: 'a1.baseline' };
    await clinic.record(left, { ...booking, appointment: '2026-04-20T09:30[Europe/Berlin]' });
    await clinic.refresh(left);
    const { text } = await clinic.calendar();
    expect(text.match(/^TZID:.*$/gm)).toEqual(['TZID:Europe/Berlin']);
    expect(text.match(/^DTSTART:2\d+T\d+$/gm)).toEqual([
      'DTSTART:20260329T020000',
      'DTSTART:20261025T030000',
    ]);
  });

  it('is made with names for a whole clinic only', async () => {
    const { clinic } = await twoPatients();
    for (const subject of [
      { of: 'patient', patientRef: 'P-1' },
      { of: 'episode', externalId: 'EP-1' },
    ] as const) {
      const outcome = await storeCalendar(clinic.context, {
        clinic: CLINIC,
        subject,
        privacy: 'named',
      });
      expect(outcome).toMatchObject({ ok: false, fault: 'invalid' });
    }
    expect(await clinic.calendar('named')).toMatchObject({ events: 0 });
  });

  it('says that a patient or an episode is not known, without naming the patient', async () => {
    const { clinic } = await twoPatients();
    const ask = (subject: Parameters<typeof clinic.calendar>[1]) =>
      storeCalendar(clinic.context, {
        clinic: CLINIC,
        subject: subject ?? { of: 'clinic' },
        privacy: 'minimal',
      });
    const patient = await ask({ of: 'patient', patientRef: 'Mrs Canary' });
    expect(patient).toMatchObject({ ok: false, fault: 'not-found' });
    expect(JSON.stringify(patient)).not.toContain('Canary');
    expect(await ask({ of: 'episode', externalId: 'EP-9' })).toMatchObject({ fault: 'not-found' });
  });

  it('shows the codes by which worklist rows name the same visits', async () => {
    const { clinic, left } = await twoPatients();
    const identity = await calendarIdentity(clinic.context);
    const rows = rowsOfPlan(await clinic.plan(left), {
      clinic: 'NORTH',
      soonDays: 30,
      codeOf: (item) => identity.code(left, item),
    });
    const { text } = await clinic.calendar('minimal', { of: 'episode', externalId: 'EP-1' });
    const code = rows.find(({ item }) => item === 'a1.baseline')?.code;
    expect(readEvents(text).find(({ start }) => start === '2026-04-15')?.summary).toBe(
      `Imaging follow-up due (${code})`,
    );
  });
});
