const LONGEST_FORM = 64 * 1024;
/**
 * What is sent to each door is as long as this, in bytes. Any form fits into the one for signing in, encoded twice: a
 * byte of it becomes `%25` and two digits at most.
 */
const LONGEST = { form: LONGEST_FORM, 'sign-in': 6 * LONGEST_FORM, api: 4 * 1024 * 1024 } as const;

/** What is read: a form, the one for signing in, which may carry another one, or a document of the API. */
export type BodyKind = keyof typeof LONGEST;

export type Body =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly status: 400 | 413 | 415 };

const NONE: Body = { ok: true, text: '' };

/** What is sent to each door; anything else is refused before it is read. */
const TYPES = {
  form: 'application/x-www-form-urlencoded',
  'sign-in': 'application/x-www-form-urlencoded',
  api: 'application/json',
} as const;

/** Reads the body of a request, and not more of it than is allowed. Text is UTF-8, nothing else. */
export async function readBody(request: Request, kind: BodyKind): Promise<Body> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return NONE;
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== TYPES[kind]) return hasNoBody(request) ? NONE : { ok: false, status: 415 };
  // Who says beforehand that it is too long is not listened to.
  if (Number(request.headers.get('Content-Length')) > LONGEST[kind]) return TOO_LARGE;
  try {
    const bytes = await bytesOf(request.body, LONGEST[kind]);
    if (bytes === null) return TOO_LARGE;
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // It is not UTF-8, or whoever sent it went away in the middle of it.
    return { ok: false, status: 400 };
  }
}

const TOO_LARGE: Body = { ok: false, status: 413 };

/** All of a stream; null: it is longer than that. */
async function bytesOf(
  stream: ReadableStream<Uint8Array>,
  longest: number,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts, bytes);
    bytes += value.length;
    if (bytes > longest) {
      // Nobody waits until the sender has taken note of it.
      reader.cancel().catch(() => undefined);
      return null;
    }
    parts.push(value);
  }
}

function hasNoBody(request: Request): boolean {
  return request.headers.get('Content-Length') === '0';
}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
