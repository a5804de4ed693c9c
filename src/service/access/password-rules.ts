import type { Problem } from '../../domain/problem.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** In characters, after normalisation. */
const SHORTEST_PASSWORD = 12;
/** In bytes of UTF-8, after normalisation. */
const LONGEST_PASSWORD = 256;

/** What is tried first; digits and signs around them are looked away from. */
const TRIVIAL: ReadonlySet<string> = new Set([
  'password',
  'passwort',
  'passwordpassword',
  'letmein',
  'letmeinplease',
  'changeme',
  'changemeplease',
  'qwertyuiop',
  'qwertzuiop',
  'qwertyuiopas',
  'qwertyuiopasdf',
  'iloveyou',
  'administrator',
  'welcome',
  'cryowatch',
  'cryoablation',
  'mammography',
  'correcthorsebatterystaple',
]);
const FEWEST_KINDS = 5;

/**
 * A password as it is hashed: in normalisation form NFKC, so that it is the same from every keyboard.
 * Length is asked for, and no mixture of kinds of characters: NIST SP 800-63B-4, section 3.1.1.2. A fault
 * never shows the password.
 */
export function checkPassword(name: string, given: string): ServiceOutcome<string> {
  const password = given.normalize('NFKC');
  const problem = lengthProblem(password) ?? textProblem(password) ?? guessProblem(name, password);
  return problem === undefined ? succeed(password) : fail('invalid', problem);
}

/** What is compared with the kept hash; null: no account can have this password. */
export function typedPassword(given: string): string | null {
  // Normalising what is longest by far costs time, and it grows at most 18-fold.
  if (given.length > LONGEST_PASSWORD) return null;
  const password = given.normalize('NFKC');
  const fits = byteLength(password) <= LONGEST_PASSWORD;
  return fits && password !== '' && password.isWellFormed() ? password : null;
}

function lengthProblem(password: string): Problem | undefined {
  const characters = [...password].length;
  const [short, long] = [characters < SHORTEST_PASSWORD, byteLength(password) > LONGEST_PASSWORD];
  if (!short && !long) return undefined;
  return {
    path: 'password',
    message: `the password is too ${short ? 'short' : 'long'}`,
    found: short ? `${characters} characters` : `${byteLength(password)} bytes`,
    allowed: `at least ${SHORTEST_PASSWORD} characters, at most ${LONGEST_PASSWORD} bytes`,
    ...(short
      ? { mend: 'several words that do not belong together are easy to keep in mind' }
      : {}),
  };
}

function textProblem(password: string): Problem | undefined {
  if (!/\p{Cc}/u.test(password) && password.isWellFormed()) return undefined;
  return {
    path: 'password',
    message: 'the password holds a character that cannot be typed',
    allowed: 'letters, digits, signs and spaces, on one line',
  };
}

function guessProblem(name: string, password: string): Problem | undefined {
  const plain = password.toLowerCase();
  const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').replace(/\s+/g, '');
  const guessed =
    TRIVIAL.has(word) ||
    plain.replaceAll(name.toLowerCase(), '').replace(/[^\p{L}]/gu, '') === '' ||
    new Set(plain).size < FEWEST_KINDS;
  if (!guessed) return undefined;
  return {
    path: 'password',
    message: 'this password would be among the first to be guessed',
    allowed:
      'not the name of the account, only digits, a much used password, or few characters again and again',
    mend: 'choose another: several words that do not belong together, say',
  };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
