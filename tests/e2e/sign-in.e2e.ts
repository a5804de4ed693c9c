import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('the nurse signs in by the form and out by the button', async () => {
  const page = await service.page();
  await page.goto('/c/NORTH/worklist');
  await picture(page, 'sign-in');
  expect(await axeViolations(page)).toEqual([]);
  const nurse = await service.signedIn('scheduler');
  await nurse.waitForURL('**/c/NORTH/worklist');
  await nurse.getByRole('button', { name: 'Sign out' }).click();
  await nurse.waitForURL('**/sign-in');
  await nurse.goto('/c/NORTH/worklist');
  expect(new URL(nurse.url()).pathname).toBe('/sign-in');
});

test('a wrong password is told without telling whether there is such a name', async () => {
  const page = await service.page({ viewport: { width: 320, height: 640 } });
  await page.goto('/sign-in');
  await page.getByLabel('Name').fill('nobody.known');
  await page.getByLabel('Password').fill('not the right one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('do not fit together');
  expect(await page.getByLabel('Name').inputValue()).toBe('nobody.known');
  expect(await axeViolations(page)).toEqual([]);
  expect(await fitsWidth(page)).toBe(true);
});
