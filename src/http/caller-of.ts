import { callerOfApiKey } from '../service/access/api-keys.ts';
import { callerOfAccount } from '../service/access/caller-of-account.ts';
import type { Caller } from '../service/access/permission.ts';
import type { OpenCall } from './call.ts';
import type { Door } from './route.ts';
import { sessionTokenOf } from './session-cookie.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Who asks: of the API the owner of an API key, else whoever is signed in. An account is looked up at
 * each request, so that one that was disabled, or got another password, is out at once.
 */
export async function callerOf({ service, request }: OpenCall, door: Door): Promise<Caller | null> {
  const { access, sessions } = service;
  const authorization = request.headers.get('Authorization');
  if (authorization !== null && door !== 'page') {
    const key = BEARER.exec(authorization)?.[1];
    return key === undefined ? null : callerOfApiKey(access, key);
  }
  const token = sessionTokenOf(request);
  const session = token === null ? null : sessions.touch(token);
  if (session === null) return null;
  const caller = await callerOfAccount(access, session.account, session.credentialsVersion);
  if (caller === null && token !== null) sessions.end(token);
  return caller;
}
