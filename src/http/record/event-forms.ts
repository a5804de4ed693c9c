import { COURSE_FORMS } from './course-forms.ts';
import type { EventForm } from './event-form.ts';
import { RESULT_FORMS } from './result-forms.ts';
import { VISIT_FORMS } from './visit-forms.ts';

/** Every type of event as a form. */
export const EVENT_FORMS: readonly EventForm[] = [...VISIT_FORMS, ...RESULT_FORMS, ...COURSE_FORMS];

/** The form of a type; undefined: there is no such type. */
export function eventFormOf(type: string): EventForm | undefined {
  return EVENT_FORMS.find((form) => form.type === type);
}
