import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/role.ts';
import {
  axeViolations,
  type ClinicInBrowser,
  clinicInBrowser,
  fitsWidth,
  picture,
} from './clinic-in-browser.ts';

let service: ClinicInBrowser;
beforeAll(async () => {
  service = await clinicInBrowser();
});
afterAll(() => service.close());

/** A page of each kind, and who looks at it. */
const PAGES: readonly (readonly [Role, string, string])[] = [
  ['scheduler', 'worklist', 'worklist'],
  [
    'scheduler',
    'worklist-opened',
    'worklist?bucket=overdue&open=EP-2004&item=a1.routine-72&act=contact',
  ],
  ['clinician', 'episodes', 'episodes'],
  ['clinician', 'episode-escalated', 'episodes/EP-2018'],
  ['clinician', 'episode-booked', 'episodes/EP-2032'],
  ['clinician', 'what-if', 'episodes/EP-2018/what-if'],
  ['clinician', 'facts', 'episodes/EP-2018/facts'],
  ['clinician', 'record-imaging', 'episodes/EP-2018/record/imaging'],
  ['clinician', 'record-closure', 'episodes/EP-2018/record/closure'],
  ['clinician', 'letters', 'episodes/EP-2018/letters'],
  ['scheduler', 'register', 'register'],
  ['scheduler', 'calendars', 'calendars'],
  ['clinician', 'protocols', 'protocols'],
  ['administrator', 'system', 'system'],
];

const MODES: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { viewport: { width: 1280, height: 900 } }],
  ['dark at 320 px', { viewport: { width: 320, height: 800 }, colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
];

describe.each(MODES)('%s', (mode, options) => {
  const pages = new Map<Role, Promise<Page>>();
  const pageOf = (role: Role) => {
    const known = pages.get(role) ?? service.signedIn(role, options);
    pages.set(role, known);
    return known;
  };

  test.each(PAGES)('%s: %s has no fault that axe finds, and fits', async (role, name, path) => {
    const page = await pageOf(role);
    const answer = await page.goto(`/c/NORTH/${path}`);
    expect(answer?.status()).toBe(200);
    await picture(page, `${name} ${mode}`);
    expect(await axeViolations(page)).toEqual([]);
    expect(await fitsWidth(page)).toBe(true);
  });
});
