import { planFacts } from '../../export/html-facts.ts';
import { planDifference } from '../../export/html-plan-difference.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { timelineFigure, timelineTable } from '../../export/timeline-figure.ts';
import { listProtocols } from '../../service/case/list-protocols.ts';
import { approvedProtocols } from '../../service/clinic/approved-protocols.ts';
import { type ShownEpisode, showEpisode } from '../../service/episode/show-episode.ts';
import { type Supposed, whatIf } from '../../service/episode/what-if.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import type { Choice } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { episodePath } from '../paths.ts';
import { protocolChoice } from '../protocols/protocol-words.ts';
import { problemsOfForm } from '../record/field-of-problem.ts';
import { refuseFailure } from '../refuse.ts';
import { pageAnswer } from '../respond.ts';
import { STATUS_OF } from '../status-of.ts';
import { supposedEscalations } from './escalation-section.ts';
import { visitTable } from './visit-section.ts';
import { examForm, startOfWhatIf, suppositionOf } from './what-if-fields.ts';
import { whatIfForm } from './what-if-form.ts';

/** Answers with the plan that something would give, beside the present one; it records nothing. */
export async function showWhatIf(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params, url } = call;
  const shown = await showEpisode(context, { clinic, episode: params.episode ?? '' });
  if (!shown.ok) return refuseFailure(call, 'page', shown);
  const query = new Fields(url.searchParams);
  const isAsked = query.text('step') === 'plan';
  const { id, facts, plan } = shown.value;
  const supposed = isAsked
    ? await whatIf(context, suppositionOf(query, { clinic, episode: id, facts }))
    : null;
  const problems = supposed === null || supposed.ok ? [] : supposed.problems;
  const form = whatIfForm({
    action: episodePath(clinic, id, 'what-if'),
    back: episodePath(clinic, id),
    fields: filledIn(startOfWhatIf(facts, plan?.asOf ?? ''), query),
    problems: problemsOfForm(examForm(), query, problems).map((problem, index) =>
      problem.path === '' ? underFact(problems[index] ?? problem) : problem,
    ),
    protocols: await protocolChoices(call, shown.value),
  });
  const body = html`<h1>What if? Episode ${id}</h1>
<p class="alarm"><strong>Nothing on this page is recorded.</strong> It shows the plan that the protocol would give; the episode stays as it is.</p>
${supposed?.ok === true ? result(supposed.value, clinic.zone) : EMPTY}<h2>Suppose</h2>
${form}`;
  const status = supposed === null || supposed.ok ? 200 : STATUS_OF[supposed.fault];
  return pageAnswer(layout(call, clinic, { title: `What if? Episode ${id}`, body }), status);
}

/** What was typed, and what is filled in where nothing was sent. */
function filledIn(start: Fields, query: Fields): Fields {
  const missing = start.entries().filter(([name]) => !query.has(name));
  const all = [...missing, ...query.entries()].map(([name, value]): [string, string] => [
    name,
    value,
  ]);
  return new Fields(new URLSearchParams(all));
}

/** Problems of facts stand under the name of their field, which is their path in the episode. */
function underFact<P extends { readonly path: string }>(problem: P): P {
  return { ...problem, path: problem.path.replace(/^episode\./, '') };
}

function result(
  { before, after, diff, warnings, supposed, asOf, today }: Supposed,
  zone: string,
): Markup {
  return html`<section>
<h2>What would change</h2>
${
  asOf === today
    ? EMPTY
    : html`<p>Both plans are as of ${asOf}, the day of the supposed exam; today is ${today}.</p>
`
}${supposed.map(
  (id) => html`<p>The supposed exam stands in it as <b>${id}</b>.</p>
`,
)}${planDifference(before, diff, zone)}${warnings.map(
  ({ message }) => html`<p><strong>Warning:</strong> ${message}</p>
`,
)}</section>
<section>
<h2>The plan that it would give</h2>
${planFacts(after)}<h3>Escalations</h3>
${supposedEscalations(after)}<h3>Timeline</h3>
${timelineFigure(after, zone)}<details><summary>The timeline as a table</summary>
${timelineTable(after, zone)}</details>
<h3>Visits</h3>
${visitTable(after, { zone })}</section>
`;
}

/** What the clinic approved and what comes with the software, without the one that is followed. */
async function protocolChoices(
  { context, clinic }: ClinicCall,
  { protocol }: ShownEpisode,
): Promise<readonly Choice[]> {
  const name = ({ id, version }: { id: string; version: string }) => `${id} ${version}`;
  const approved = await approvedProtocols(context, clinic);
  const known = new Set([name(protocol), ...approved.map(name)]);
  return [
    ...approved
      .filter((each) => name(each) !== name(protocol))
      .map((each) => protocolChoice(each, 'approved here')),
    ...listProtocols()
      .filter((each) => !known.has(name(each)))
      .map((each) => ({ ...protocolChoice(each, 'not approved here'), value: each.id })),
  ];
}
