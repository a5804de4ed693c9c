import { describe, expect, test } from 'vitest';
import { StoreFault } from '../../src/store/store-fault.ts';
import { httpClinic } from './http-clinic.ts';
import { formsOf } from './page-forms.ts';

const REGISTER = '/c/NORTH/register';
const TYPED = {
  id: 'EP-"9"',
  protocol: 'staged-risk-adapted 1.0.0',
  laterality: 'left',
  'ablation.date': '2026-05-04',
  'ablation.skinProtection': 'seen by Dr. Lee, <none>',
  step: 'confirm',
};

/** A clinic whose disk has no room for episodes, until it has. */
async function fullDisk() {
  const setting = await httpClinic({ sample: false });
  const { store } = setting.access;
  const works = store.registerEpisodes;
  Object.assign(store, {
    registerEpisodes: async () => {
      throw new StoreFault('full', 'no room for EP-9 of Jane Doe');
    },
  });
  const mend = () => Object.assign(store, { registerEpisodes: works });
  return { ...setting, mend };
}

describe('a form that the store had no room for', () => {
  test('is in the page that says so, and goes on from there', async () => {
    const { as, mend } = await fullDisk();
    const nurse = await as('scheduler');
    const answer = await nurse.post(REGISTER, TYPED);
    expect(answer.status).toBe(503);
    const page = await answer.text();
    expect(page).toContain('<button>Send it again</button>');
    const form = formsOf(page, REGISTER).find(({ action }) => action === REGISTER);
    expect(form?.method).toBe('POST');
    expect(form?.fields).toEqual(Object.entries(TYPED));
    mend();
    const again = await nurse.post(REGISTER, Object.fromEntries(form?.fields ?? []));
    expect(again.headers.get('Location')).toMatch(/\?done=registered$/);
  });

  test('is told in the log by the kind of the fault, without its message', async () => {
    const { as, log } = await fullDisk();
    await (await as('scheduler')).post(REGISTER, TYPED);
    const [fault] = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'fault');
    expect(fault.kind).toBe('StoreFault:full');
    expect(fault.at.join('\n')).toContain('register-episode');
    expect(log.join('')).not.toMatch(/Jane|EP-9/);
  });

  test('has no password in any page', async () => {
    const { as, visitor, access } = await fullDisk();
    const nurse = await as('scheduler');
    const { findAccount } = access.store;
    Object.assign(access.store, {
      findAccount: (by: Parameters<typeof findAccount>[0]) => {
        if ('id' in by) return findAccount(by);
        throw new StoreFault('busy', 'busy');
      },
    });
    for (const [browser, path] of [
      [visitor(), '/sign-in'],
      [nurse, '/password'],
    ] as const) {
      const typed = { name: 'n', current: 'typed and secret', password: 'typed and secret' };
      const answer = await browser.post(path, typed);
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toContain('secret');
    }
  });
});

test('a page that could not be told just now has no form', async () => {
  const { as, access } = await httpClinic({ sample: false });
  const nurse = await as('scheduler');
  Object.assign(access.store, {
    listClinics: async () => {
      throw new StoreFault('busy', 'busy');
    },
  });
  const answer = await nurse.get(REGISTER);
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain('Send it again');
});
