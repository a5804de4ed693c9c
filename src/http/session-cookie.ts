/** `__Host-`: a browser takes it over TLS only, for this host and all of its paths. */
export const SESSION_COOKIE = '__Host-cryowatch';

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** The token of the session that a request carries. */
export function sessionTokenOf(request: Request): string | null {
  const header = request.headers.get('Cookie') ?? '';
  for (const pair of header.split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value !== undefined) return value;
  }
  return null;
}

/** Sets the cookie for as long as the browser is open; the service ends the session before. */
export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}`;
}

/** Takes the cookie away. */
export const NO_SESSION_COOKIE = `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
