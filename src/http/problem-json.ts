import type { Problem } from '../domain/problem.ts';
import type { Answer } from './answer.ts';
import { NO_STORE } from './security-headers.ts';
import { STATUS_PHRASES, STATUS_WORDS } from './status-of.ts';

/** A fault of the API. RFC 9457; `problems` has each fault with its place in what was sent. */
export function problemAnswer(
  status: number,
  problems: readonly Problem[] = [],
  headers: Record<string, string> = {},
): Answer {
  const body = {
    type: 'about:blank',
    title: STATUS_PHRASES[status] ?? 'Fault',
    status,
    detail:
      (problems.length === 1 ? problems[0]?.message : undefined) ?? STATUS_WORDS[status] ?? '',
    problems,
  };
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': NO_STORE, ...headers },
    body: `${JSON.stringify(body)}\n`,
  };
}
