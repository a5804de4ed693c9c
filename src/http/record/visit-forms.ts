import { escalationInWords } from '../../domain/escalation-words.ts';
import { CONTACT_METHODS, CONTACT_OUTCOMES } from '../../domain/event.ts';
import { visitInWords } from '../../domain/visit-words.ts';
import type { EventForm } from './event-form.ts';
import { choiceField, dateField, reasonField, VISIT_FIELD } from './fields-in-common.ts';

const CONTACT: EventForm = {
  type: 'contact',
  title: 'Record a contact attempt',
  says: 'An attempt to reach the patient. It moves no date.',
  done: 'The contact attempt is recorded',
  groups: [
    {
      title: null,
      fields: [
        choiceField('method', 'How', CONTACT_METHODS, { required: true }),
        choiceField('outcome', 'What became of it', CONTACT_OUTCOMES, { required: true }),
        dateField('Day of the attempt'),
        {
          name: 'item',
          label: 'About',
          kind: 'choice',
          nothing: 'the surveillance as a whole',
          choices: ({ plan, openVisits, openEscalations }) => [
            ...openEscalations.map((escalation) => ({
              value: escalation.key,
              label: escalationInWords(escalation, plan),
            })),
            ...openVisits.map(({ key }) => ({ value: key, label: visitInWords(key) })),
          ],
        },
        { name: 'note', label: 'Note', kind: 'words', hint: 'no names: it is shown on lists' },
      ],
    },
  ],
};

const BOOKING: EventForm = {
  type: 'booking',
  title: 'Book an appointment',
  says: 'An appointment for a visit. It moves no date of the plan.',
  done: 'The appointment is booked',
  groups: [
    {
      title: null,
      fields: [
        VISIT_FIELD,
        { name: 'day', label: 'Day', kind: 'appointment-day', required: true },
        {
          name: 'time',
          label: 'Time',
          kind: 'appointment-time',
          hint: 'on the clock of the clinic, 09:30 say; empty: the whole day',
          unsaid: 'not said: the whole day',
        },
        { name: 'location', label: 'Place', kind: 'text' },
        dateField('Arranged on'),
      ],
    },
  ],
};

const DEFERRAL: EventForm = {
  type: 'deferral',
  title: 'Put a visit off',
  says: 'The visit is still in time until a later day that was agreed on.',
  done: 'The visit is put off',
  groups: [
    {
      title: null,
      fields: [
        VISIT_FIELD,
        {
          name: 'until',
          label: 'In time until',
          kind: 'day',
          required: true,
          hint: 'the last day, inclusive',
        },
        reasonField(true),
        dateField('Agreed on'),
      ],
    },
  ],
};

const DECLINE: EventForm = {
  type: 'decline',
  title: 'Record that a visit is declined',
  says: 'The patient does not want this visit. The next one is offered in its time.',
  done: 'The visit is recorded as declined',
  groups: [{ title: null, fields: [VISIT_FIELD, reasonField(true), dateField('Declined on')] }],
};

/** What is agreed with the patient about a visit. */
export const VISIT_FORMS: readonly EventForm[] = [CONTACT, BOOKING, DEFERRAL, DECLINE];
