import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClinicInBrowser, clinicInBrowser } from './clinic-in-browser.ts';

let service: ClinicInBrowser;
beforeAll(async () => {
  service = await clinicInBrowser();
});
afterAll(() => service.close());

const PHONE = { viewport: { width: 320, height: 640 } };
const WIDE = { viewport: { width: 1280, height: 900 } };

describe.each([
  ['with scripts', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
  ['in forced colours', { forcedColors: 'active' }],
] as const)('the worklist %s', (_, mode) => {
  test('begins on the first screen of a phone, and its buckets are one step away', async () => {
    const page = await service.signedIn('scheduler', { ...PHONE, ...mode });
    const first = await page.locator('.worklist tbody tr').first().boundingBox();
    expect(first?.y).toBeLessThan(PHONE.viewport.height);
    const overdue = page.getByRole('link', { name: /Overdue visits/ });
    expect(await overdue.isVisible()).toBe(false);
    await page.getByText('Buckets: all that is open').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/worklist?bucket=escalation-overdue');
    expect(await page.getByText('Buckets: Escalations overdue').isVisible()).toBe(true);
  });

  test('shows its buckets at once where there is room, to the keyboard too', async () => {
    const page = await service.signedIn('scheduler', { ...WIDE, ...mode });
    const all = page.getByRole('link', { name: /All that is open/ });
    expect(await all.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Sign out' }).focus();
    await page.keyboard.press('Tab');
    expect(await all.evaluate((link) => link.matches(':focus'))).toBe(true);
  });
});
