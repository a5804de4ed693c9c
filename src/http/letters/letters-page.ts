import type { Problem } from '../../domain/problem.ts';
import { visitInWords } from '../../domain/visit-words.ts';
import { letterArticle } from '../../export/letter-html.ts';
import {
  LETTER_KINDS,
  LETTER_LANGUAGES,
  LETTER_WORDS,
  type LetterKind,
  type LetterLanguage,
} from '../../export/letter-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { visitStatusInWords } from '../../export/plan-words.ts';
import { may } from '../../service/access/permission.ts';
import type { LetterSubject } from '../../service/letters/letter-subject.ts';
import type { PreparedLetter } from '../../service/letters/prepare-letter.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { fieldId, hiddenField, selectField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { whoInWords } from '../page/who.ts';
import { episodePath, withQuery } from '../paths.ts';

/** What each letter is for, as the form names it. */
const KIND_LABELS: Readonly<Record<(typeof LETTER_KINDS)[number], string>> = {
  invitation: 'Invitation to a visit',
  reminder: 'Reminder of a visit',
  overdue: 'Visit overdue',
  closing: 'End of the surveillance',
};

/** `Visit overdue (Español)`. */
function letterInWords(kind: LetterKind, language: LetterLanguage): Markup {
  return html`${KIND_LABELS[kind]} (<span lang="${language}">${LETTER_WORDS[language].name}</span>)`;
}

interface LettersTold {
  readonly fields: Fields;
  readonly problems?: readonly Problem[];
  readonly notice?: Markup | undefined;
}

/** The letters of an episode, and the form for another one. */
export function lettersPage(
  call: ClinicCall,
  subject: LetterSubject,
  { fields, problems = [], notice }: LettersTold,
): Markup {
  const { clinic, caller } = call;
  const { episode } = subject;
  const body = html`<h1>Letters of ${episode}</h1>
<p>Episode ${episode}, ${whoInWords(subject.plan)}.</p>
<p>Letters to the patient, to be printed here and posted by a person: cryowatch sends nothing. They hold no name, no reference and no diagnosis; the name is written on the paper by hand. <a href="${episodePath(clinic, episode)}">Back to ${episode}</a></p>
${problemSummary(problems, ({ path }) => fieldId(path))}${may(caller, clinic.id, 'record') ? letterForm(call, subject, fields, problems) : EMPTY}<h2>Letters that were recorded</h2>
${sentLetters(call, subject)}`;
  return layout(call, clinic, { title: `Letters of ${episode}`, body, notice });
}

function letterForm(
  { clinic }: ClinicCall,
  { episode, visits, ended, plan }: LetterSubject,
  fields: Fields,
  problems: readonly Problem[],
): Markup {
  if (ended === 'death')
    return html`<p><strong>The patient has died: no letter is written.</strong></p>
`;
  if (ended === null && visits.length === 0) return noLetter(clinic, episode, plan);
  const kinds = LETTER_KINDS.filter((kind) => (kind === 'closing') === (ended !== null));
  // Of one letter there is nothing to choose.
  const chosen = ended === null ? fields : fields.with({ kind: 'closing' });
  const state = { fields: chosen, problems: problemsByField(problems) };
  return html`<h2>Another letter</h2>
<form method="post" action="${episodePath(clinic, episode, 'letters')}" class="narrow" novalidate>
${selectField({ name: 'kind', label: 'Letter', required: true, choices: kinds.map((value) => ({ value, label: KIND_LABELS[value] })) }, state)}${
  ended === null
    ? selectField(
        {
          name: 'item',
          label: 'About the visit',
          required: true,
          choices: visits.map((visit) => ({
            value: visit.key,
            label: `${visitInWords(visit.key)}: ${visit.earliest} to ${visit.latest}, ${visitStatusInWords(visit, plan.asOf)}`,
          })),
        },
        state,
      )
    : EMPTY
}${selectField({ name: 'language', label: 'Language', required: true, choices: LETTER_LANGUAGES.map((value) => ({ value, label: LETTER_WORDS[value].name })) }, state)}<div class="actions"><button name="step" value="preview">Show the letter</button></div>
</form>
`;
}

/** Why there is nothing to write about, and what comes first. */
function noLetter(
  clinic: ClinicCall['clinic'],
  episode: string,
  plan: LetterSubject['plan'],
): Markup {
  if (plan.phase === 'suspended') {
    return html`<p>No letter can be written now: the surveillance is suspended.</p>
`;
  }
  if (!plan.warnings.some(({ code }) => code === 'no-visit-left')) {
    return html`<p>No letter can be written now: no visit is open to write about.</p>
`;
  }
  const back = episodePath(clinic, episode, 'letters');
  const close = withQuery(
    episodePath(clinic, episode, 'record', 'closure'),
    new Fields().with({ back }),
  );
  return html`<p>No visit is left to write about. The letter about the end of the surveillance can be written once the end is recorded: <a href="${close}">close the episode</a>.</p>
`;
}

function sentLetters({ clinic }: ClinicCall, { episode, sent }: LetterSubject): Markup {
  if (sent.length === 0)
    return html`<p>None yet.</p>
`;
  return html`<table class="stacks">
<thead><tr><th scope="col">Letter</th><th scope="col">Date</th><th scope="col">About</th></tr></thead>
<tbody>
${sent.map(
  ({ id, date, kind, language, item }) =>
    html`<tr><th scope="row"><a href="${episodePath(clinic, episode, 'letters', id)}">${letterInWords(kind, language)} of ${date}</a></th><td class="date" data-label="Date">${date}</td><td data-label="About">${item === null ? 'the surveillance as a whole' : visitInWords(item)}</td></tr>
`,
)}</tbody>
</table>
`;
}

/** The letter before it is recorded: what the paper will say, and what the record will. */
export function letterPreview(
  call: ClinicCall,
  { letter, item, subject }: PreparedLetter,
  { id, above }: { readonly id: string; readonly above: Markup },
): Markup {
  const { clinic } = call;
  const { episode, version, sent } = subject;
  const { kind, language } = letter;
  const earlier = sent.find((each) => each.item === item);
  const body = html`<h1>Letter for ${episode}: check it</h1>
${above}<p class="no-print"><strong>Nothing is recorded yet.</strong> It is for ${whoInWords(subject.plan)}. Recording it adds a contact: the letter ${letterInWords(kind, language)}, sent on ${letter.date}${item === null ? '' : html` about ${visitInWords(item)}`}. It changes no date and no status of the plan.</p>
${earlierTold(earlier, kind)}<form method="post" action="${episodePath(clinic, episode, 'letters')}" novalidate>
${hiddenField('kind', kind)}${hiddenField('language', language)}${hiddenField('item', item ?? '')}${hiddenField('event', id)}${hiddenField('expected', String(version))}
<div class="actions"><button name="step" value="confirm">Record it and show it for printing</button> <button class="second" name="step" value="edit">Change something</button></div>
</form>
<div class="letter-frame">
${letterArticle(letter, 2)}</div>
`;
  return layout(call, clinic, { title: `Letter for ${episode}`, body });
}

function earlierTold(earlier: LetterSubject['sent'][number] | undefined, kind: string): Markup {
  if (earlier === undefined) {
    return kind === 'reminder'
      ? html`<p class="alarm">No earlier letter about this visit is recorded, and a reminder says that there was one.</p>
`
      : EMPTY;
  }
  return html`<p>The last letter about it: ${letterInWords(earlier.kind, earlier.language)}, on ${earlier.date}.</p>
`;
}
