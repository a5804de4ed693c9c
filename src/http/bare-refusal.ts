import type { Answer } from './answer.ts';
import { textAnswer } from './respond.ts';
import { STATUS_WORDS } from './status-of.ts';

/** Says no to a program that reads nothing but the status. */
export function bareRefusal(status: number): Answer {
  return textAnswer(`${STATUS_WORDS[status] ?? 'Fault'}\n`, status);
}
