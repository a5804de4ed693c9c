import { RULES } from '../../domain/rule.ts';
import { becauseOf } from '../../export/html-because.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { spaced } from '../../export/plan-words.ts';
import type { Because, Citation, Plan } from '../../plan/plan.ts';
import { explainLine } from '../../service/case/explain-plan.ts';

/**
 * "Why then?" of a visit or escalation, to be opened: the arithmetic with its dated inputs, the rule
 * with its section and sentence, and each source with its certainty. On paper the first part stands
 * at the line, the second once at the end.
 */
export function whyThen(line: string, because: Because, plan: Plan): Markup {
  const { rule, reasons, citations } = because;
  return opened(
    line,
    html`${becauseOf(because, plan)}${grounds([`Rule ${rule}: ${RULES[rule].says}`, ...reasons], citations)}`,
  );
}

/** What the protocol says in support of the verdicts about exams. */
export interface VerdictSupport {
  readonly reasons: readonly string[];
  readonly citations: readonly Citation[];
}

/** Why an exam counted, or why not. */
export function whyVerdict(plan: Plan, exam: string, support: VerdictSupport): Markup {
  const explained = explainLine(plan, exam);
  if (!explained.ok) return EMPTY;
  const { sentences } = explained.value;
  const { modality, date } = plan.exams.find(({ id }) => id === exam) ?? {};
  return opened(
    `${modality} on ${date}`,
    grounds([...sentences, ...support.reasons], support.citations),
  );
}

function opened(line: string, says: Markup): Markup {
  return html`<details class="why"><summary>Why then? ${line}</summary>
${says}</details>
`;
}

function grounds(sentences: readonly string[], citations: readonly Citation[]): Markup {
  return html`<div class="because grounds">
${sentences.map(
  (sentence) => html`<p>${sentence}</p>
`,
)}${citations.map(
  ({ source, certainty, citation, note, doi }) =>
    html`<p>Source <b>${source}</b> (certainty: ${spaced(certainty)}): ${[citation, ...(doi === undefined ? [] : [`doi:${doi}`]), ...(note === undefined ? [] : [note])].map(ended).join(' ')}</p>
`,
)}${
  citations.length === 0
    ? html`<p>No source is given for this rule.</p>
`
    : EMPTY
}</div>
`;
}

function ended(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}
