import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { anchorInWords } from '../../export/plan-words.ts';
import type { Because, Citation, Plan } from '../../plan/plan.ts';
import { explainLine } from '../../service/case/explain-plan.ts';

/** What a line rests on beside its own sentences. */
interface Support {
  /** What its dates are counted from; absent: it has none. */
  readonly because?: Because | undefined;
  readonly reasons?: readonly string[] | undefined;
  readonly citations: readonly Citation[];
}

/**
 * "Why then?" of one line of a plan, to be opened: what it is counted from, the arithmetic step by step,
 * the rule with its sentence and section, and each source with its certainty.
 */
export function whyThen(plan: Plan, key: string, support: Support): Markup {
  const explained = explainLine(plan, key);
  if (!explained.ok) return EMPTY;
  const { because, reasons = [], citations } = support;
  const sentences = [
    ...(because === undefined ? [] : [`Counted from: ${anchorInWords(because)}.`]),
    ...explained.value.sentences,
    ...reasons,
    // A line with reasons of its own tells its sources itself.
    ...(because === undefined ? citations.map(sourceInWords) : []),
    ...(citations.length === 0 ? ['No source is given for this rule.'] : []),
  ];
  return html`<details class="why"><summary>Why then? <span class="code">${key}</span></summary>
<div class="because">
${sentences.map(
  (sentence) => html`<p>${sentence}</p>
`,
)}</div>
</details>
`;
}

function sourceInWords({ citation, certainty, note }: Citation): string {
  const says = `Source (${certainty}): ${citation}${citation.endsWith('.') ? '' : '.'}`;
  return note === undefined ? says : `${says} ${note}`;
}
