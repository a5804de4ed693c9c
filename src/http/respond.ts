import type { Markup } from '../export/markup.ts';
import type { Answer } from './answer.ts';
import { NO_STORE } from './security-headers.ts';

/** A page. It is kept nowhere. */
export function pageAnswer(
  page: Markup,
  status = 200,
  headers: Record<string, string> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': NO_STORE, ...headers },
    body: page.text,
  };
}

/** Goes on to another page with GET, so that reloading it sends no form again. `to`: a path of our own. */
export function goTo(to: string, headers: Record<string, string> = {}): Answer {
  return {
    status: 303,
    headers: { Location: to, 'Cache-Control': NO_STORE, ...headers },
    body: null,
  };
}

/** A short plain text, for machines. */
export function textAnswer(text: string, status = 200, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: { 'Content-Type': type, 'Cache-Control': NO_STORE }, body: text };
}

/** JSON. It is kept nowhere. */
export function jsonAnswer(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': NO_STORE, ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}
