import type { Problem } from '../../domain/problem.ts';
import { keysInWords } from '../../domain/visit-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';

/** How a problem is mended on the command line, which somebody before a page does not have. */
const COMMAND = /(?:^|: )(?:cryowatch [a-z]|--[a-z]).*$/s;

/** One problem in a sentence: what is wrong, what was found, what is allowed, how to mend it in a page. */
export function problemInWords({ message, found, allowed, mend }: Problem): string {
  const parts = [
    message,
    found === undefined || found === '""' ? '' : `found: ${found}`,
    allowed === undefined ? '' : `allowed: ${allowed}`,
    (mend ?? '').replace(COMMAND, ''),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** A problem with an episode, with words for the keys of its plan. */
export function withKeysInWords(
  problem: Problem,
  plan: Parameters<typeof keysInWords>[1],
): Problem {
  const { message, allowed } = problem;
  return {
    ...problem,
    message: keysInWords(message, plan),
    ...(allowed === undefined ? {} : { allowed: keysInWords(allowed, plan) }),
  };
}

/**
 * The faults of a form, above it and announced; each leads to its field, where `fieldOf` knows one.
 * Without problems: nothing.
 */
export function problemSummary(
  problems: readonly Problem[],
  fieldOf: (problem: Problem) => string | undefined = () => undefined,
): Markup {
  if (problems.length === 0) return EMPTY;
  return html`<div class="problems" role="alert" tabindex="-1" autofocus>
<h2>${problems.length === 1 ? 'One thing' : `${problems.length} things`} to mend</h2>
<ul>
${problems.map((problem) => {
  const field = fieldOf(problem);
  const words = problemInWords(problem);
  return html`<li>${field === undefined ? words : html`<a href="#${field}">${words}</a>`}</li>
`;
})}</ul>
</div>
`;
}
