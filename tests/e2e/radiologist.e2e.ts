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

const text = (page: Page) => page.locator('main').innerText();

test('the radiologist reads why a visit is due then: rule, source, certainty, arithmetic', async () => {
  const page = await service.signedIn('clinician');
  await page.goto('/c/NORTH/episodes/EP-2018');
  const timeline = page.getByRole('img').first();
  expect(await timeline.isVisible()).toBe(true);
  await page.getByText(/^Why then\? interval visit 1/).click();
  const told = await text(page);
  expect(told).toMatch(/Target: \d+ months from/);
  expect(told).toContain('certainty: engineering default');
  expect(told).toContain('rule first-interval (section 3.2)');
  await picture(page, 'episode-why');
  expect(await axeViolations(page)).toEqual([]);
});

test('a what-if shows the plan that a finding would give, and records nothing', async () => {
  const page = await service.signedIn('clinician');
  const before = await service.access.store.auditHead();
  await page.goto('/c/NORTH/episodes/EP-2001/what-if');
  await page
    .getByLabel(/^Modality/)
    .first()
    .selectOption('MRI');
  await page
    .getByLabel(/^BI-RADS/)
    .first()
    .selectOption('5');
  await page.getByRole('button', { name: /^Show/ }).first().click();
  expect(await text(page)).toMatch(/biopsy/i);
  expect(await text(page)).toMatch(/Nothing on this page is recorded/);
  await picture(page, 'what-if');
  expect(await service.access.store.auditHead()).toEqual(before);
});

test('an episode is registered with the reporting template; what the review asks for and is missing is told first', async () => {
  const page = await service.signedIn('scheduler');
  await page.goto('/c/NORTH/register');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  expect(await page.getByRole('alert').innerText()).toMatch(/to mend/);
  await picture(page, 'register-empty');
  await page
    .getByLabel(/^Episode/)
    .first()
    .fill('EP-9001');
  await page.getByLabel(/^Patient reference/).fill('S-90001');
  await page.getByLabel(/^Treated side/).selectOption('left');
  await page.getByLabel(/^Date of the ablation/).fill('2026-05-02');
  await page.getByLabel(/^Size/).fill('12');
  await page.getByLabel(/^Freeze–thaw cycles/).fill('1');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  const preview = await text(page);
  expect(preview).toContain('EP-9001');
  expect(preview).toContain('2026-08-02');
  expect(preview).toMatch(/not met/i);
  expect(preview).toMatch(/not documented/i);
  await picture(page, 'register-preview');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: /^Register/ }).click();
  await page.waitForURL('**/episodes/EP-9001**');
  expect(await text(page)).toContain('2026-08-02');
});

test('a calendar is subscribed to: its address is shown once, opens, and ends when it is revoked', async () => {
  const page = await service.signedIn('scheduler');
  await page.goto('/c/NORTH/calendars');
  await page.getByLabel(/^Whose calendar/).selectOption('patient');
  await page.getByLabel(/^Patient reference/).fill('S-40161');
  await page.getByLabel(/^How much it tells/).selectOption('minimal');
  await page.getByLabel(/^Label/).fill('telephone');
  await page.getByLabel(/^Days/).fill('90');
  await page.getByRole('button', { name: /^(Make|Create|Subscribe)/ }).click();
  const address = /https?:\/\/\S+\.ics/.exec(await text(page))?.[0] ?? 'none';
  await picture(page, 'calendar-address');
  expect(await axeViolations(page)).toEqual([]);
  const feed = await fetch(address);
  expect(feed.status).toBe(200);
  const calendar = await feed.text();
  expect(calendar).toContain('BEGIN:VEVENT');
  expect(calendar).not.toContain('S-40161');
  await page.goto('/c/NORTH/calendars');
  expect(await text(page)).not.toContain(address);
  await page.getByRole('link', { name: /revoke “telephone”/ }).click();
  await page.getByRole('button', { name: /^Revoke/ }).click();
  expect((await fetch(address)).status).toBe(404);
});
