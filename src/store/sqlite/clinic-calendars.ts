import type { Act } from '../act.ts';
import { clinicCalendarContent } from '../content.ts';
import { done, notFound, type Result } from '../result.ts';
import type { Connection } from './connection.ts';
import { clinicExists } from './protocols.ts';
import { text } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The closed days of the clinics. */

export function clinicCalendar(connection: Connection, clinic: number): string | null {
  const row = connection.get('SELECT document FROM clinic_calendar WHERE clinic_id = ?', clinic);
  return row === undefined ? null : text(row, 'document');
}

export function setClinicCalendar(
  connection: Connection,
  { at, actor }: Act,
  note: Note,
  { clinic, document: given }: { readonly clinic: number; readonly document: string },
): Result<{ readonly changed: boolean }> {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const document = given.toWellFormed();
  if (clinicCalendar(connection, clinic) === document) return done({ changed: false });
  connection.run(
    `INSERT INTO clinic_calendar (clinic_id, document, recorded_at, recorded_by)
     VALUES (?, ?, ?, ?)
     ON CONFLICT (clinic_id) DO UPDATE SET document = excluded.document,
       recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`,
    clinic,
    document,
    at,
    actor,
  );
  const content = clinicCalendarContent(document);
  note({ action: 'clinic.calendar-set', clinic, content });
  return done({ changed: true });
}
