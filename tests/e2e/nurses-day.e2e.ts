import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axeViolations,
  type ClinicInBrowser,
  clinicInBrowser,
  fitsWidth,
  picture,
} from './clinic-in-browser.ts';
import { Keyboard } from './keyboard.ts';

let service: ClinicInBrowser;
beforeAll(async () => {
  service = await clinicInBrowser();
});
afterAll(() => service.close());

const text = (page: Page) => page.locator('main').innerText();

/** Opens an action of an episode's row on the list that is shown. */
async function act(page: Page, episode: string, action: RegExp): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: episode }).first();
  await row.getByRole('link', { name: action }).click();
}

/** The episode of the first row that offers an action. */
async function firstEpisode(page: Page, action: RegExp): Promise<string> {
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: action }) });
  return (await row.first().innerText()).match(/EP-\d+/)?.[0] ?? 'none';
}

/** Checks what was typed; the preview has no fault, and is shown with the difference. */
async function check(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Check/ }).click();
  await page.getByRole('heading', { level: 1, name: /check it/ }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  return text(page);
}

async function record(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Record it' }).click();
  await page.getByRole('status').first().waitFor();
}

describe.each([
  ['with scripts', { javaScriptEnabled: true }],
  ['without JavaScript', { javaScriptEnabled: false }],
])('the day of a nurse, %s', (name, options) => {
  test('an exam that escalates: the difference is seen before it is recorded', async () => {
    const page = await service.signedIn('scheduler', options);
    await page
      .getByRole('link', { name: /Overdue visits/ })
      .first()
      .click();
    expect(new URL(page.url()).search).toContain('bucket=overdue');
    const episode = await firstEpisode(page, /^Exam result/);
    await act(page, episode, /^Exam result/);
    await page.getByLabel(/^Modality/).selectOption('MRI');
    await page.getByLabel(/^BI-RADS/).selectOption('4B');
    await page.getByRole('button', { name: /^Check/ }).click();
    const preview = await text(page);
    expect(preview).toContain('Nothing is recorded yet');
    expect(preview).toContain('New escalation: biopsy by 2026-06-29');
    await picture(page, `record-preview ${name}`);
    await record(page);
    await page.goto('/c/NORTH/worklist?bucket=escalation');
    await act(page, episode, /^Contact/);
    await page.getByLabel(/^How/).selectOption('call');
    await page.getByLabel(/^What became of it/).selectOption('reached');
    await page.getByRole('button', { name: /^Check/ }).click();
    await record(page);
    expect(await page.getByRole('row').filter({ hasText: episode }).first().innerText()).toContain(
      'contacts: ',
    );
    await page.context().close();
  });
});

test('an appointment is booked, and the list is printed on paper that tells it', async () => {
  const page = await service.signedIn('scheduler');
  await page.goto('/c/NORTH/worklist?bucket=due');
  await picture(page, 'worklist-due');
  const episode = await firstEpisode(page, /^Book/);
  await act(page, episode, /^Book/);
  await picture(page, 'worklist-row-opened');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel(/^Day \(/).fill('2026-06-18');
  await page.getByLabel(/^Time/).fill('09:30');
  await page.getByLabel(/^(Place|Location|Where)/).fill('Room 4');
  expect(await check(page)).toContain('2026-06-18');
  await record(page);
  await page.goto('/c/NORTH/worklist?bucket=booked');
  expect(await text(page)).toContain(episode);
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'worklist-printed');
  expect(await page.getByRole('navigation', { name: 'Areas' }).isVisible()).toBe(false);
  expect(await text(page)).toContain(episode);
});

test('with the keyboard alone: signing in, opening a row, recording a contact', async () => {
  const page = await service.page();
  await service.signedIn('scheduler');
  await page.goto('/sign-in');
  const keyboard = new Keyboard(page);
  await keyboard.tabTo(/^Name/);
  await page.keyboard.type('scheduler.one');
  await keyboard.tabTo(/^Password/);
  await page.keyboard.type(service.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/worklist');
  await keyboard.begin();
  expect(await keyboard.focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await keyboard.tabTo(/^Contact/);
  expect(await keyboard.focusIsVisible()).toBe(true);
  await keyboard.follow();
  await keyboard.tabTo(/^How/);
  await page.keyboard.type('call');
  await keyboard.tabTo(/^What became of it/);
  await page.keyboard.type('no answer');
  await keyboard.tabTo(/^Check/);
  await keyboard.follow();
  await keyboard.tabTo(/^Record it/);
  await keyboard.follow();
  expect(await page.getByRole('status').first().innerText()).toMatch(/recorded/i);
});

test('nothing of a form is lost where the session ends in the middle of it', async () => {
  const page = await service.signedIn('scheduler');
  await page.goto('/c/NORTH/episodes/EP-2010/record/contact');
  await page.getByLabel(/^How/).selectOption('letter');
  await page.getByLabel(/^What became of it/).selectOption('returned');
  await page.getByLabel(/^Note/).fill('moved away, "new" <address> asked for');
  service.pass(16 * 60_000);
  await page.getByRole('button', { name: /^Check/ }).click();
  expect(await text(page)).toContain('What you typed is kept');
  await picture(page, 'session-ended');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel('Name').fill('scheduler.one');
  await page.getByLabel('Password').fill(service.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /^Go on/ }).click();
  expect(await text(page)).toContain('moved away, "new" <address> asked for');
});

test('at 320 px a row can be read and opened', async () => {
  const page = await service.signedIn('scheduler', { viewport: { width: 320, height: 700 } });
  await act(page, 'EP-2026', /^Contact/);
  await picture(page, 'worklist-320');
  expect(await fitsWidth(page)).toBe(true);
  expect(await axeViolations(page)).toEqual([]);
});
