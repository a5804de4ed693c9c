import { BI_RADS_CATEGORIES } from '../../domain/bi-rads.ts';
import { escalationInWords } from '../../domain/escalation-words.ts';
import { EXAM_QUALITIES, PATHOLOGY_RESULTS } from '../../domain/event.ts';
import { EXAM_LATERALITIES } from '../../domain/laterality.ts';
import { MODALITIES } from '../../domain/modality.ts';
import type { RecordingSubject } from '../../service/episode/recording-subject.ts';
import type { EventField, EventForm } from './event-form.ts';
import { choiceField, dateField } from './fields-in-common.ts';
import { FINDINGS } from './finding-groups.ts';

/** An exam of which nothing is said is diagnostic. */
const NOT_DIAGNOSTIC = EXAM_QUALITIES.filter((quality) => quality !== 'diagnostic');

const OWN_SIDE = { nothing: 'the side of the episode' };

function categoryField(more: Pick<EventField, 'required' | 'nothing' | 'hint'>): EventField {
  return choiceField('biRads', 'BI-RADS category', BI_RADS_CATEGORIES, more);
}

/** The exams of an episode, those whose report is awaited first. */
function examChoices({ plan, openEscalations }: RecordingSubject) {
  const awaited = new Set(
    openEscalations
      .filter(({ action }) => action === 'obtain-report')
      .map(({ because }) => because.anchor.event),
  );
  const choices = plan.exams.map(({ id, date, modality, biRads }) => ({
    value: id,
    label: `${modality} on ${date}, ${biRads === null ? 'report awaited' : `BI-RADS ${biRads}`} (${id})`,
  }));
  return choices.sort((a, b) => Number(awaited.has(b.value)) - Number(awaited.has(a.value)));
}

const IMAGING: EventForm = {
  type: 'imaging',
  title: 'Record an exam',
  says: 'Imaging that was performed. Without a category its report is awaited.',
  done: 'The exam is recorded',
  groups: [
    {
      title: null,
      fields: [
        choiceField('modality', 'Modality', MODALITIES, { required: true }),
        dateField('Date of the exam'),
        categoryField({ nothing: 'report awaited' }),
        choiceField('laterality', 'Side', EXAM_LATERALITIES, OWN_SIDE),
        choiceField('quality', 'Quality', NOT_DIAGNOSTIC, { nothing: 'diagnostic' }),
      ],
    },
    FINDINGS,
  ],
};

const REPORT: EventForm = {
  type: 'report',
  title: 'Record a report',
  says: 'A report or addendum that came later than its exam.',
  done: 'The report is recorded',
  groups: [
    {
      title: null,
      fields: [
        {
          name: 'of',
          label: 'Exam',
          kind: 'choice',
          required: true,
          none: 'No exam of this episode is recorded that could be reported: record the exam.',
          choices: examChoices,
        },
        categoryField({ required: true }),
        dateField('Date of the report'),
      ],
    },
    FINDINGS,
  ],
};

const PATHOLOGY: EventForm = {
  type: 'pathology',
  title: 'Record a pathology result',
  says: 'What the tissue shows, and which open questions it answers.',
  done: 'The pathology result is recorded',
  groups: [
    {
      title: null,
      fields: [
        choiceField('result', 'Result', PATHOLOGY_RESULTS, { required: true }),
        dateField('Date of the result'),
        {
          name: 'specimenDate',
          label: 'Tissue taken on',
          kind: 'day',
          unsaid: 'not said; it counts as taken before the day of the result',
        },
        choiceField('laterality', 'Side', EXAM_LATERALITIES, OWN_SIDE),
        {
          name: 'answers',
          label: 'Answers',
          kind: 'ticks',
          choices: ({ plan, openEscalations }) =>
            openEscalations.map((escalation) => ({
              value: escalation.key,
              label: escalationInWords(escalation, plan),
            })),
        },
      ],
    },
  ],
};

/** What was seen: an exam, a report, a pathology result. */
export const RESULT_FORMS: readonly EventForm[] = [IMAGING, REPORT, PATHOLOGY];
