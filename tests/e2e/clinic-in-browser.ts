import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Role } from '../../src/domain/role.ts';
import { startService } from '../../src/host/start-service.ts';
import { storeHost } from '../../src/host/store-host.ts';
import { type AccessContext, openAccess } from '../../src/service/access/access-context.ts';
import { createAccount } from '../../src/service/access/create-account.ts';
import { createContext } from '../../src/service/open-context.ts';
import type { Clinic } from '../../src/service/store-access.ts';
import { ok } from '../cli/clinic-store.ts';
import { addSampleClinic } from '../http/sample-clinic.ts';
import { tempFolder } from '../store/temp-stores.ts';

const CHROMIUM = process.env.CRYOWATCH_CHROMIUM ?? '/usr/bin/chromium';
const SCREENSHOTS = fileURLToPath(new URL('../../artefacts/screenshots/', import.meta.url));
const PASSWORD = 'lantern gravel otter velvet';

/** The day of the sample clinic, 15 June 2026, at ten in Berlin. */
export const MORNING = Date.UTC(2026, 5, 15, 8);

/** A running service with the sample clinic, and a browser. */
export interface ClinicInBrowser {
  readonly address: string;
  readonly clinic: Clinic;
  /** Of every account that `signedIn` makes. */
  readonly password: string;
  /** The store, from beside the service. */
  readonly access: AccessContext;
  /** A page of a new browser profile. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** A page in which somebody with a role has signed in by the form. */
  signedIn(role: Role, options?: BrowserContextOptions): Promise<Page>;
  pass(milliseconds: number): void;
  close(): Promise<void>;
}

/** Starts the service on a store in a file, on loopback, and Debian's Chromium. */
export async function clinicInBrowser(): Promise<ClinicInBrowser> {
  let now = MORNING;
  const host = storeHost(() => now);
  const place = {
    database: join(tempFolder(), 'clinic.db'),
    key: new Uint8Array(32).fill(7),
    actor: 'tester',
  };
  await (await createContext(host, place)).store.close();
  const access = await openAccess(host, place);
  const clinic = await addSampleClinic(access);
  const lines: string[] = [];
  const settings = {
    host: '127.0.0.1',
    port: 0,
    behindProxy: false,
    origin: undefined,
    version: '0.0.0',
  };
  const started = await startService(host, place, {
    ...settings,
    write: (line) => void lines.push(line),
  });
  if (!started.ok) throw new Error(started.problem.message);
  const browser = await launch();
  const named = new Set<string>();
  const page = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ baseURL: started.address, ...options });
    context.setDefaultTimeout(15_000);
    return context.newPage();
  };
  return {
    address: started.address,
    clinic,
    password: PASSWORD,
    access,
    page,
    signedIn: async (role, options) => {
      if (!named.has(role)) ok(await createAccount(access, { ...accountOf(role), clinic }));
      named.add(role);
      const own = await page(options);
      await own.goto('/');
      await own.getByLabel('Name').fill(accountOf(role).name);
      await own.getByLabel('Password', { exact: false }).fill(PASSWORD);
      await own.getByRole('button', { name: 'Sign in' }).click();
      await own.waitForURL('**/c/NORTH/worklist');
      return own;
    },
    pass: (milliseconds) => {
      now += milliseconds;
    },
    close: async () => {
      await browser.close();
      started.stop();
      await started.stopped;
      await access.store.close();
    },
  };
}

function accountOf(role: Role) {
  return {
    name: `${role}.one`,
    kind: 'person',
    displayName: `One ${role}`,
    password: PASSWORD,
    roles: [role],
  } as const;
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
}

/** What axe finds against WCAG 2.2 A and AA and its own best practices, as short lines. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.join(' ')}`),
  );
}

/** Whether the page can be read without scrolling sideways. */
export async function fitsWidth(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');
}

/** Keeps a picture of the page, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
