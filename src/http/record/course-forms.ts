import { formatDay } from '../../domain/civil-date.ts';
import { CLOSURE_REASONS } from '../../domain/event.ts';
import { FACT_FIELDS } from '../register/fact-fields.ts';
import type { EventField, EventForm } from './event-form.ts';
import { choiceField, dateField, reasonField } from './fields-in-common.ts';

function form(
  type: EventForm['type'],
  title: string,
  says: string,
  fields: readonly EventField[],
): EventForm {
  return { type, title, says, groups: [{ title: null, fields }] };
}

/** The facts of an ablation, as a registration has them. */
const ABLATION_FIELDS: readonly EventField[] = FACT_FIELDS.filter(
  ({ name }) => name.startsWith('ablation.') && name !== 'ablation.date',
).map(({ choices: _none, ...field }) => ({ ...field, name: field.name.slice('ablation.'.length) }));

/** What ends, interrupts or begins a course, and what corrects the record. */
export const COURSE_FORMS: readonly EventForm[] = [
  form(
    'decision',
    'Record a decision',
    'A clinician resolves an open question without the study that it asks for.',
    [
      {
        name: 'escalation',
        label: 'Escalation',
        kind: 'choice',
        required: true,
        choices: ({ openEscalations }) =>
          openEscalations.map(({ key, action, dueBy }) => ({
            value: key,
            label: `${key}, ${action.replaceAll('-', ' ')} by ${dueBy}`,
          })),
      },
      reasonField(true),
      dateField('Decided on'),
    ],
  ),
  form(
    'constraint',
    'Record a contraindication',
    'A modality that cannot be used for some time or for good.',
    [
      {
        name: 'kind',
        label: 'Contraindication',
        kind: 'choice',
        required: true,
        choices: ({ contraindications }) =>
          contraindications.map((kind) => ({ value: kind, label: kind.replaceAll('-', ' ') })),
      },
      { name: 'from', label: 'Holds from', kind: 'day', required: true },
      { name: 'to', label: 'Holds until', kind: 'day', hint: 'inclusive; empty: it has no end' },
      dateField('Known since'),
    ],
  ),
  form('suspension', 'Suspend the surveillance', 'No visit is asked for until it ends.', [
    {
      name: 'until',
      label: 'Suspended until',
      kind: 'day',
      hint: 'inclusive; empty: as long as the protocol says',
    },
    reasonField(false),
    dateField('Suspended on'),
  ]),
  form('resumption', 'Resume the surveillance', 'A suspension ends.', [
    reasonField(false),
    dateField('Resumed on'),
  ]),
  form('surgery', 'Record surgery', 'The lesion was operated on: this surveillance ends.', [
    reasonField(false),
    dateField('Day of the surgery'),
  ]),
  form('closure', 'Close the episode', 'The surveillance ends, for another reason than surgery.', [
    choiceField('reason', 'Reason', CLOSURE_REASONS, { required: true }),
    {
      name: 'note',
      label: 'Why, in words',
      kind: 'words',
      hint: 'of a patient lost to follow-up: what stands in for attempts to reach her',
    },
    dateField('Closed on'),
  ]),
  form('reopening', 'Reopen the episode', 'A closed episode is followed again.', [
    reasonField(true),
    dateField('Reopened on'),
  ]),
  form('ablation', 'Record a repeat ablation', 'The lesion was ablated again: a new course.', [
    dateField('Date of the ablation'),
    ...ABLATION_FIELDS,
  ]),
  form(
    'correction',
    'Take back an event',
    'An event that was entered in error does not count any more. It stays in the history.',
    [
      {
        name: 'of',
        label: 'Event',
        kind: 'choice',
        required: true,
        choices: ({ events, takenBack }) =>
          events
            .filter(({ id }) => !takenBack.has(id))
            .map(({ id, type, date }) => ({
              value: id,
              label: `${type} ${id} of ${formatDay(date)}`,
            }))
            .reverse(),
      },
      reasonField(true),
      dateField('Taken back on'),
    ],
  ),
];
