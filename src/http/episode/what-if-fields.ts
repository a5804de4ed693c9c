import type { ShownEpisode } from '../../service/episode/show-episode.ts';
import type { Supposition } from '../../service/episode/what-if.ts';
import type { Clinic } from '../../service/store-access.ts';
import { Fields } from '../fields.ts';
import { type EventForm, fieldsOf } from '../record/event-form.ts';
import { eventFormOf } from '../record/event-forms.ts';
import { typedEvent } from '../record/typed-event.ts';
import { FACT_FIELDS, type FactField } from '../register/fact-fields.ts';
import { factsDocument, factTexts } from '../register/facts-document.ts';

/** Facts that the tier or the plan counts with, beside those of the tumor. */
const COUNTED: ReadonlySet<string> = new Set([
  'assumedBiRads',
  'endocrineTherapy',
  'intent',
  'ablation.minimumMarginMm',
  'ablation.freezeThawCycles',
]);

/** The facts that may be supposed otherwise; they are filled in as they are recorded. */
export const SUPPOSED_FACTS: readonly FactField[] = FACT_FIELDS.filter(
  ({ name }) => name.startsWith('tumor.') || COUNTED.has(name),
);

/** The exam that may be supposed: as it is recorded, but always of the treated side. */
export function examForm(): EventForm {
  const form = eventFormOf('imaging');
  if (form === undefined) throw new Error('there is no form for exams');
  const groups = form.groups.map((group) => ({
    ...group,
    fields: group.fields.filter(({ name }) => name !== 'laterality'),
  }));
  return { ...form, groups };
}

/** What the form is filled with before anything is supposed. */
export function startOfWhatIf(facts: ShownEpisode['facts'], today: string): Fields {
  const texts = factTexts(facts);
  const filled = SUPPOSED_FACTS.map(({ name }) => [name, texts[name] || undefined]);
  return new Fields().with({ date: today, ...Object.fromEntries(filled) });
}

/** What was typed into the form as a supposition; what is as it is recorded is none. */
export function suppositionOf(
  fields: Fields,
  { clinic, episode, facts }: { clinic: Clinic; episode: string; facts: ShownEpisode['facts'] },
): Supposition {
  return {
    clinic,
    episode,
    events: isExamTyped(fields) ? [typedEvent(examForm(), fields, clinic.zone)] : [],
    facts: supposedFacts(fields, episode, facts),
    protocol: supposedProtocol(fields.text('protocol')),
  };
}

/** A date alone supposes nothing: the form fills it in. */
function isExamTyped(fields: Fields): boolean {
  return fieldsOf(examForm()).some(({ name }) => name !== 'date' && fields.text(name) !== '');
}

function supposedFacts(fields: Fields, episode: string, facts: ShownEpisode['facts']): unknown {
  const recorded = factTexts(facts);
  const typed = SUPPOSED_FACTS.filter(({ name }) => fields.has(name));
  if (typed.every(({ name }) => fields.text(name) === recorded[name])) return undefined;
  const texts = new Fields(new URLSearchParams(recorded));
  const changes = typed.map(({ name }) => [name, fields.text(name) || undefined]);
  return factsDocument(episode, texts.with(Object.fromEntries(changes)));
}

/** `id version` of the clinic, or the `id` of one in the catalog. */
function supposedProtocol(text: string): Supposition['protocol'] {
  const [id = '', version] = text.split(' ');
  return id === '' ? undefined : { id, version };
}
