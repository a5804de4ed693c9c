import type { Answer } from '../answer.ts';
import type { OpenCall } from '../call.ts';
import { jsonAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { API_BASE } from './api-paths.ts';
import { CHANGE_API } from './change-api.ts';
import { CLINIC_API } from './clinic-api.ts';
import { DUE_API } from './due-api.ts';
import { EPISODE_API } from './episode-api.ts';
import { openApiDocument } from './openapi.ts';
import { SUPPOSE_API } from './suppose-api.ts';

const DOCUMENT: Route = {
  method: 'GET',
  path: `${API_BASE}/openapi.json`,
  door: 'api',
  needs: 'nothing',
  handle: showDocument,
};

/** The JSON API: the same use cases as the command line. The document of the API holds no data: anybody may read it. */
export const API_ROUTES: readonly Route[] = [
  DOCUMENT,
  ...CLINIC_API,
  DUE_API,
  ...EPISODE_API,
  ...CHANGE_API,
  SUPPOSE_API,
];

async function showDocument({ service }: OpenCall): Promise<Answer> {
  return jsonAnswer(openApiDocument(API_ROUTES, service.settings.version));
}
