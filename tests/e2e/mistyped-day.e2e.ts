import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  axeViolations,
  type ClinicInBrowser,
  clinicInBrowser,
  picture,
} from './clinic-in-browser.ts';

let service: ClinicInBrowser;
beforeAll(async () => {
  service = await clinicInBrowser();
});
afterAll(() => service.close());

/** What the browser itself says against a field; empty: nothing. */
function refusal(page: Page, id: string): Promise<string> {
  return page.evaluate<string>(`document.getElementById('${id}').validationMessage`);
}

/** Types into a field for a day with the keyboard, month first. */
async function typeDay(page: Page, id: string, keys: string): Promise<void> {
  await page.locator(`#${id}`).focus();
  await page.keyboard.type(keys);
}

/** The paths to which the page sends something while `work` is done. */
async function sentDuring(page: Page, work: () => Promise<void>): Promise<readonly string[]> {
  const sent: string[] = [];
  page.on('request', (request) => void sent.push(new URL(request.url()).pathname));
  await work();
  await page.waitForTimeout(300);
  return sent;
}

test.each([
  ['a contraindication', 'clinician', '/episodes/EP-2010/record/constraint', 'f-to'],
  ['a suspension', 'clinician', '/episodes/EP-2010/record/suspension', 'f-until'],
  ['a pathology result', 'clinician', '/episodes/EP-2010/record/pathology', 'f-specimenDate'],
  ['a registration', 'clinician', '/register', 'f-ablation-date'],
  ['the view of another day', 'clinician', '/episodes/EP-2010', 'f-asOf'],
  ['the filters of the worklist', 'scheduler', '/worklist', 'f-from'],
] as const)('a day that does not exist is not sent: %s', async (_, role, path, id) => {
  const page = await service.signedIn(role, { locale: 'en-US' });
  await page.goto(`/c/NORTH${path}`);
  await page.evaluate(
    `document.getElementById('${id}').closest('details')?.setAttribute('open', '')`,
  );
  await typeDay(page, id, '02302027');
  const place = page.url();
  const form = page.locator('form').filter({ has: page.locator(`#${id}`) });
  const sent = await sentDuring(page, () => form.getByRole('button').first().click());
  expect(sent).toEqual([]);
  expect(page.url()).toBe(place);
  expect(await refusal(page, id)).not.toBe('');
  await page.context().close();
});

test('a day that exists is sent, and what is missing is told by the answer', async () => {
  const page = await service.signedIn('clinician', { locale: 'en-US' });
  await page.goto('/c/NORTH/episodes/EP-2010/record/constraint');
  await typeDay(page, 'f-to', '02282027');
  await page.getByRole('button', { name: /^Check/ }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').innerText()).toContain('Contraindication: this is needed');
  expect(await page.locator('#f-to').inputValue()).toBe('2027-02-28');
  expect(await axeViolations(page)).toEqual([]);
});

test('a pregnancy without an end is asked about before it is recorded', async () => {
  const page = await service.signedIn('clinician');
  await page.goto('/c/NORTH/episodes/EP-2010/record/constraint');
  await page.getByLabel(/^Contraindication/).selectOption('pregnancy');
  await page.getByRole('button', { name: /^Check/ }).click();
  await page.getByRole('heading', { level: 1, name: /check it/ }).waitFor();
  expect(await page.locator('main').innerText()).toContain('Until when does the pregnancy hold?');
  expect(await axeViolations(page)).toEqual([]);
  await picture(page, 'record-check-endless');
});
