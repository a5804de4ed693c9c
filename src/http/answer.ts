/**
 * What a handler answers, as plain data. Only the frame makes a `Response` of it, once all headers are
 * known: one that is written to afterwards costs several times as much.
 */
export interface Answer {
  readonly status: number;
  /** Each name once, always in the same case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text in UTF-8, or bytes that are sent without a copy; null: none. */
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  /** The account that signed in by this, for the log: the request came from nobody yet. */
  readonly signedIn?: number | undefined;
}

/** The same answer with more headers. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
