import { readFileSync } from 'node:fs';
import { API_ROUTES } from '../../src/http/api/api-routes.ts';
import { openApiDocument } from '../../src/http/api/openapi.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The document of the API, as the service of this release gives it out. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(API_ROUTES, version), null, 2)}\n`;
}
