import { ownCopy } from '../../domain/own-copy.ts';
import { signInName } from './account-name.ts';

/** Who tries to sign in, and from where; short, as it is kept in mind. */
export interface SignInAttempt {
  /** Name of the account as it was typed, in small letters; empty where it is longer than any. */
  readonly name: string;
  /** Where the attempt comes from: the network of the client. */
  readonly source: string;
}

/** Of the name of an account, in characters. */
const LONGEST_NAME = 40;
const LONGEST_SOURCE = 64;

/** Names that are too long for an account count as one: no account is among them. */
export function attemptOf(typed: string, source: string): SignInAttempt {
  const name = signInName(typed);
  return {
    name: name.length > LONGEST_NAME ? '' : ownCopy(name),
    source: ownCopy(source.slice(0, LONGEST_SOURCE)),
  };
}

/** One key of a name and a network. No network has a space in it, whatever was typed as the name. */
export function pairOf({ source, name }: SignInAttempt): string {
  return `${source} ${name}`;
}
