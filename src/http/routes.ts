import { API_ROUTES } from './api/api-routes.ts';
import { CALENDARS_ROUTES } from './calendars/calendars-routes.ts';
import { EPISODE_ROUTES } from './episode/episode-routes.ts';
import { FEED_ROUTES } from './feed/feed-routes.ts';
import { LETTERS_ROUTES } from './letters/letters-routes.ts';
import { ADOPT_ROUTES } from './protocols/adopt-routes.ts';
import { COMPARE_ROUTES } from './protocols/compare-routes.ts';
import { PROTOCOL_ROUTES } from './protocols/protocol-routes.ts';
import { RECORD_ROUTES } from './record/record-routes.ts';
import { FACTS_ROUTES } from './register/facts-routes.ts';
import { REGISTER_ROUTES } from './register/register-routes.ts';
import type { Route } from './route.ts';
import { SIGN_IN_ROUTES } from './sign-in/sign-in-routes.ts';
import { START_ROUTES } from './start/start-routes.ts';
import { ASSET_ROUTES } from './system/asset-routes.ts';
import { HEALTH_ROUTES } from './system/health-routes.ts';
import { SYSTEM_ROUTES } from './system/system-routes.ts';
import { WORKLIST_ROUTES } from './worklist/worklist-routes.ts';

/** Every route of the service. A test walks through it for each role and clinic. */
export const ROUTES: readonly Route[] = [
  ...START_ROUTES,
  ...WORKLIST_ROUTES,
  ...EPISODE_ROUTES,
  ...RECORD_ROUTES,
  ...CALENDARS_ROUTES,
  ...FEED_ROUTES,
  ...SIGN_IN_ROUTES,
  ...ASSET_ROUTES,
  ...HEALTH_ROUTES,
  ...API_ROUTES,
  ...REGISTER_ROUTES,
  ...FACTS_ROUTES,
  ...PROTOCOL_ROUTES,
  ...COMPARE_ROUTES,
  ...ADOPT_ROUTES,
  ...SYSTEM_ROUTES,
  ...LETTERS_ROUTES,
];
