/** Who tries to sign in, and from where. */
export interface SignInAttempt {
  /** Name of the account as it was typed, in small letters. */
  readonly name: string;
  /** Where the attempt comes from: the network of the client. */
  readonly source: string;
}

/** One key of a name and a network. No network has a space in it, whatever was typed as the name. */
export function pairOf({ source, name }: SignInAttempt): string {
  return `${source} ${name}`;
}
