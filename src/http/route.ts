import type { z } from 'zod';
import type { Permission } from '../service/access/permission.ts';
import type { Answer } from './answer.ts';
import type { AccountCall, ClinicCall, OpenCall } from './call.ts';
import type { BodyKind } from './read-body.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** How faults are told: as a page, as problem+json, as a bare status. */
export type Door = 'page' | 'api' | 'bare';

interface RouteBase {
  readonly method: Method;
  /** `/c/:clinic/worklist`; a part after a colon is a parameter. */
  readonly path: string;
  readonly door: Door;
  /** What is sent to it; absent: what is usual at the door. */
  readonly body?: BodyKind | undefined;
  /** What the API document says of it; routes of the API have it. */
  readonly api?: ApiOperation | undefined;
}

/** An operation of the JSON API, as OpenAPI tells it. */
export interface ApiOperation {
  readonly id: string;
  readonly summary: string;
  readonly query?: z.ZodObject | undefined;
  readonly body?: z.ZodType | undefined;
  readonly answer: z.ZodType;
  /** True: it answers 201 with the place of what it made, or 200 on a dry run. */
  readonly creates?: boolean | undefined;
  /** True: the answer has the ETag of the episode. */
  readonly tagged?: boolean | undefined;
  /** Whether the sender must say which version it saw, by If-Match or a field. */
  readonly expects?: 'always' | 'if-told' | undefined;
}

/** Anybody may ask. */
export interface OpenRoute extends RouteBase {
  readonly needs: 'nothing';
  readonly handle: (call: OpenCall) => Promise<Answer>;
}

/** Whoever is signed in may ask. */
export interface AccountRoute extends RouteBase {
  readonly needs: 'account';
  readonly handle: (call: AccountCall) => Promise<Answer>;
}

/** Only with a permission in the clinic that the path names. */
export interface ClinicRoute extends RouteBase {
  readonly path: `${string}/:clinic${string}`;
  readonly needs: Permission;
  readonly handle: (call: ClinicCall) => Promise<Answer>;
}

/** One entry of the route table. Who may ask is part of it: there is no route without. */
export type Route = OpenRoute | AccountRoute | ClinicRoute;
