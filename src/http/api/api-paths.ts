import type { Clinic } from '../../service/store-access.ts';

/** Where the API begins. A change that breaks callers gets another number. */
export const API_BASE = '/api/v1';

/** The path of a resource of a clinic: each part is encoded, so that an id may hold anything. */
export function apiPath({ code }: Pick<Clinic, 'code'>, ...parts: readonly string[]): string {
  return [`${API_BASE}/clinics`, ...[code, ...parts].map(encodeURIComponent)].join('/');
}
