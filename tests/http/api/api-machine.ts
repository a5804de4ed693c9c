import type { Role } from '../../../src/domain/role.ts';
import { issueApiKey } from '../../../src/service/access/api-keys.ts';
import { createAccount } from '../../../src/service/access/create-account.ts';
import type { Clinic } from '../../../src/service/store-access.ts';
import { ok } from '../../cli/clinic-store.ts';
import { type HttpClinic, ORIGIN } from '../http-clinic.ts';
import { misfitOf, operationOf } from './described-api.ts';

/** An answer of the API that fits what its document says. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Tests look into it freely: its form was checked by the document. */
  readonly body: ReturnType<typeof JSON.parse>;
}

/** A program with an API key. */
export interface Machine {
  readonly token: string;
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** Sends a JSON document, or a text as it is. */
  send(
    method: string,
    path: string,
    body: object | string,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer>;
}

/** Where the API of a clinic of these tests is. */
export const NORTH = '/api/v1/clinics/NORTH';

let made = 0;

/** A token of a machine with roles in NORTH, or in another clinic. */
export async function keyFor(
  { access, clinic }: Pick<HttpClinic, 'access' | 'clinic'>,
  roles: readonly Role[] = ['service'],
  where: Clinic = clinic,
): Promise<string> {
  made += 1;
  const name = `machine-${made}`;
  ok(await createAccount(access, { name, kind: 'service', clinic: where, roles }));
  const { token } = ok(await issueApiKey(access, { account: name, label: 'test', days: 30 }));
  return token ?? '';
}

/** A machine with roles in NORTH. Whatever it is answered must fit the document. */
export async function machine(
  { fetch, ...clinic }: HttpClinic,
  roles: readonly Role[] = ['service'],
): Promise<Machine> {
  const token = await keyFor(clinic, roles);
  const ask = async (method: string, path: string, init: RequestInit): Promise<ApiAnswer> => {
    const headers = { Authorization: `Bearer ${token}`, ...init.headers };
    const answer = await fetch(new Request(`${ORIGIN}${path}`, { ...init, method, headers }));
    const text = await answer.text();
    const operation = operationOf(method, path);
    const type = answer.headers.get('Content-Type');
    if (operation !== undefined) {
      const misfit = misfitOf(operation, { status: answer.status, type, text });
      if (misfit !== null) throw new Error(`${misfit}\n${text.slice(0, 2000)}`);
    }
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text) };
  };
  return {
    token,
    get: (path, headers = {}) => ask('GET', path, { headers }),
    send: (method, path, body, headers = {}) =>
      ask(method, path, {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
  };
}
