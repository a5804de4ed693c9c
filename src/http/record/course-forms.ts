import { escalationInWords } from '../../domain/escalation-words.ts';
import { CLOSURE_REASONS } from '../../domain/event.ts';
import { spaced } from '../../export/plan-words.ts';
import { FACT_FIELDS } from '../register/fact-fields.ts';
import { eventChoice } from './event-choice.ts';
import type { EventField, EventForm } from './event-form.ts';
import { choiceField, dateField, reasonField } from './fields-in-common.ts';

function form(head: Omit<EventForm, 'groups'>, fields: readonly EventField[]): EventForm {
  return { ...head, groups: [{ title: null, fields }] };
}

/** The facts of an ablation, as a registration has them. */
const ABLATION_FIELDS: readonly EventField[] = FACT_FIELDS.filter(
  ({ name }) => name.startsWith('ablation.') && name !== 'ablation.date',
).map(({ choices: _none, ...field }) => ({ ...field, name: field.name.slice('ablation.'.length) }));

/** What ends, interrupts or begins a course, and what corrects the record. */
export const COURSE_FORMS: readonly EventForm[] = [
  form(
    {
      type: 'decision',
      title: 'Record a decision',
      says: 'A clinician resolves an open question without the study that it asks for.',
      done: 'The decision is recorded',
    },
    [
      {
        name: 'escalation',
        label: 'Escalation',
        kind: 'choice',
        required: true,
        none: 'No escalation of this episode waits for an answer.',
        choices: ({ plan, openEscalations }) =>
          openEscalations.map((escalation) => ({
            value: escalation.key,
            label: escalationInWords(escalation, plan),
          })),
      },
      reasonField(true),
      dateField('Decided on'),
    ],
  ),
  form(
    {
      type: 'constraint',
      title: 'Record a contraindication',
      says: 'A modality that cannot be used for some time or for good.',
      done: 'The contraindication is recorded',
    },
    [
      {
        name: 'kind',
        label: 'Contraindication',
        kind: 'choice',
        required: true,
        none: 'The protocol of this episode knows no contraindication.',
        choices: ({ contraindications }) =>
          contraindications.map((kind) => ({ value: kind, label: spaced(kind) })),
      },
      { name: 'from', label: 'Holds from', kind: 'day', required: true },
      {
        name: 'to',
        label: 'Holds until',
        kind: 'day',
        hint: 'inclusive; empty: it has no end',
        unsaid: 'no end: it holds for good',
      },
      dateField('Known since'),
    ],
  ),
  form(
    {
      type: 'suspension',
      title: 'Suspend the surveillance',
      says: 'No visit is asked for until it ends.',
      done: 'The surveillance is suspended',
    },
    [
      {
        name: 'until',
        label: 'Suspended until',
        kind: 'day',
        hint: 'inclusive; empty: as long as the protocol says',
        unsaid: ({ suspendedUntil }) =>
          suspendedUntil === null
            ? 'not said; by the protocol it has ended'
            : `not said; by the protocol suspended until ${suspendedUntil}`,
      },
      reasonField(false),
      dateField('Suspended on'),
    ],
  ),
  form(
    {
      type: 'resumption',
      title: 'Resume the surveillance',
      says: 'A suspension ends.',
      done: 'The surveillance is resumed',
    },
    [reasonField(false), dateField('Resumed on')],
  ),
  form(
    {
      type: 'surgery',
      title: 'Record surgery',
      says: 'The lesion was operated on: this surveillance ends.',
      done: 'The surgery is recorded',
    },
    [reasonField(false), dateField('Day of the surgery')],
  ),
  form(
    {
      type: 'closure',
      title: 'Close the episode',
      says: 'The surveillance ends, for another reason than surgery.',
      done: 'The episode is closed',
    },
    [
      choiceField('reason', 'Reason', CLOSURE_REASONS, { required: true }),
      {
        name: 'note',
        label: 'Why, in words',
        kind: 'words',
        hint: 'of a patient lost to follow-up: what stands in for attempts to reach her',
      },
      dateField('Closed on'),
    ],
  ),
  form(
    {
      type: 'reopening',
      title: 'Reopen the episode',
      says: 'A closed episode is followed again.',
      done: 'The episode is open again',
    },
    [reasonField(true), dateField('Reopened on')],
  ),
  form(
    {
      type: 'ablation',
      title: 'Record a repeat ablation',
      says: 'The lesion was ablated again: a new course.',
      done: 'The repeat ablation is recorded',
    },
    [dateField('Date of the ablation'), ...ABLATION_FIELDS],
  ),
  form(
    {
      type: 'correction',
      title: 'Take back an event',
      says: 'An event that was entered in error does not count any more. It stays in the history.',
      done: 'The event is taken back',
    },
    [
      {
        name: 'of',
        label: 'Event',
        kind: 'choice',
        required: true,
        none: 'No event of this episode is recorded that could be taken back.',
        choices: ({ events, takenBack, zone }) =>
          events
            .filter(({ id }) => !takenBack.has(id))
            .map((event) => eventChoice(event, zone))
            .reverse(),
      },
      reasonField(true),
      dateField('Taken back on'),
    ],
  ),
];
