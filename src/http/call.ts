import type { AccessContext } from '../service/access/access-context.ts';
import type { Caller } from '../service/access/permission.ts';
import type { Clinic } from '../service/store-access.ts';
import type { Fields } from './fields.ts';
import type { HttpService } from './service.ts';

/** A request that anybody may make. */
export interface OpenCall {
  readonly service: HttpService;
  readonly request: Request;
  readonly url: URL;
  /** The parts of the path that the route names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The body as it was sent; empty without one. */
  readonly body: string;
  /** The fields of a form; empty without one. */
  readonly fields: Fields;
  /** Whoever is signed in; null: nobody. */
  readonly caller: Caller | null;
  /** The network of the client, for throttles; never logged. */
  readonly source: string;
}

/** A request of somebody who is known. */
export interface AccountCall extends OpenCall {
  readonly caller: Caller;
  /** Use cases act as the caller. */
  readonly context: AccessContext;
  /** The clinics in which the caller has a role, in the order of their codes. */
  readonly clinics: readonly Clinic[];
}

/** A request about one clinic, in which the caller may do what the route needs. */
export interface ClinicCall extends AccountCall {
  readonly clinic: Clinic;
}
