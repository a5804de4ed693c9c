import { safeJson } from '../../service/case/json-text.ts';

/** Indented JSON that is safe to print on a terminal. */
export function jsonText(value: unknown): string {
  return `${safeJson(value, 2)}\n`;
}
