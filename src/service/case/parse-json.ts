import { failure, type Outcome, success } from '../../domain/problem.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads JSON text; a leading byte order mark is passed over. A fault says where in the text it is;
 * `firstLine` is the number of the text's first line in its file.
 */
export function parseJson(text: string, firstLine = 1): Outcome<unknown> {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (body.trim() === '') {
    return failure({ path: '', message: 'the text is empty', found: 'nothing', allowed: 'JSON' });
  }
  const attempt = attemptOf(body);
  if ('value' in attempt) return success(attempt.value);
  const { what, position } = faultOf(body, attempt.complaint);
  return failure({
    path: '',
    message: `this is not JSON: ${what} at ${lineAndColumn(body, position, firstLine)}`,
    allowed: 'JSON (RFC 8259)',
  });
}

interface Fault {
  readonly what: string;
  readonly position: number;
}

type Attempt = { readonly value: unknown } | { readonly complaint: string };

function attemptOf(text: string): Attempt {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { complaint: error instanceof Error ? error.message : String(error) };
  }
}

/** The parser's complaint without the text around it: that may name a patient. */
function faultOf(body: string, complaint: string): Fault {
  const given = /^(.*?)(?: in JSON)? at position (\d+)/u.exec(complaint);
  if (given?.[1] !== undefined) return { what: given[1], position: Number(given[2]) };
  // Some words of JavaScript, undefined and NaN among them, get a complaint of their own.
  if (/^".*" is not valid JSON$/u.test(complaint)) {
    return { what: 'Unexpected character', position: 0 };
  }
  return hasUnexpectedToken(complaint)
    ? { what: 'Unexpected character', position: tokenPosition(body) }
    : { what: 'Unexpected end', position: body.length };
}

function hasUnexpectedToken(complaint: string): boolean {
  return complaint.startsWith('Unexpected token');
}

/**
 * The parser does not say where an unexpected token is. Every text cut before it only ends too
 * soon, every text cut after it has the token: the place is found by halving.
 */
function tokenPosition(body: string): number {
  let sound = 0;
  let faulty = body.length;
  while (faulty - sound > 1) {
    const middle = Math.floor((sound + faulty) / 2);
    const attempt = attemptOf(body.slice(0, middle));
    if ('complaint' in attempt && hasUnexpectedToken(attempt.complaint)) faulty = middle;
    else sound = middle;
  }
  return sound;
}

function lineAndColumn(body: string, position: number, firstLine: number): string {
  const before = body.slice(0, position);
  const line = firstLine + before.split('\n').length - 1;
  return `line ${line}, column ${position - before.lastIndexOf('\n')}`;
}
