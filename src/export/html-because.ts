import { RULES } from '../domain/rule.ts';
import { keysInWords } from '../domain/visit-words.ts';
import type { Because, Citation, Plan } from '../plan/plan.ts';
import { EMPTY, html, type Markup } from './markup.ts';
import { anchorInWords, spaced } from './plan-words.ts';

/** The reasons of one line: arithmetic, rule, what it is counted from, what changed it, sources. */
export function becauseOf(because: Because, plan: Plan): Markup {
  const { arithmetic, rule, section, protocol, causedBy, citations } = because;
  return html`<div class="because">
${arithmetic.map(
  (sentence) => html`<p>${keysInWords(sentence, plan)}</p>
`,
)}<p>Because of rule <b>${rule}</b> (section ${section}), protocol ${protocol.id} ${protocol.version}; counted from ${anchorInWords(because)}${causedBy === null ? '' : `; last changed by event ${causedBy}`}.</p>
${
  citations.length === 0
    ? html`<p>No source is given for this rule.</p>
`
    : html`<p>Sources: ${citations.map(({ source, certainty }) => `${source} (certainty: ${spaced(certainty)})`).join('; ')}.</p>
`
}</div>
`;
}

/** Why the protocol has the rules that the lines rest on; each rule once. */
export function rules(plan: Plan): Markup {
  const used = new Map<string, Because>();
  for (const { because } of [...plan.escalations, ...plan.visits]) used.set(because.rule, because);
  return html`<section>
<h2>Rules of these lines</h2>
<dl>
${[...used.values()].map(
  ({ rule, section, reasons }) => html`<dt><b>${rule}</b> (section ${section})</dt>
<dd>${RULES[rule].says}${reasons.map((sentence) => html` ${sentence}`)}</dd>
`,
)}</dl>
</section>
`;
}

/** Each source that some line rests on, once, in full. */
export function sources(plan: Plan): Markup {
  const cited = new Map<string, Citation>();
  for (const { because } of [...plan.escalations, ...plan.visits]) {
    for (const citation of because.citations) cited.set(citation.source, citation);
  }
  if (cited.size === 0) return EMPTY;
  return html`<section>
<h2>Sources</h2>
<dl>
${[...cited.values()].map(
  ({
    source,
    citation,
    certainty,
    doi,
    url,
    note,
  }) => html`<dt><b>${source}</b> (certainty: ${spaced(certainty)})</dt>
<dd>${[citation, ...(doi === undefined ? [] : [`doi:${doi}`]), ...(url === undefined ? [] : [url]), ...(note === undefined ? [] : [note])].map((line) => html`${line}<br>`)}</dd>
`,
)}</dl>
</section>
`;
}
