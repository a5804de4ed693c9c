import { describe, expect, test } from 'vitest';
import { httpClinic } from './http-clinic.ts';
import { largeClinic } from './large-clinic.ts';

const SYSTEM = '/c/NORTH/system';
const HOUR = 3_600_000;

describe('the page of the system', () => {
  test('tells that nothing was done yet, with an alarm for the night', async () => {
    const { as } = await httpClinic();
    const page = await (await (await as('viewer')).get(SYSTEM)).text();
    expect(page).toContain('No nightly run of this clinic has finished yet.');
    expect(page).toContain('<dt>Last backup</dt><dd><strong>none is noted</strong></dd>');
    expect(page).toContain('<dt>Episodes</dt><dd>40</dd>');
    expect(page).toContain('cryowatch 0.0.0-test');
  });

  test('tells the last backup and drill with their age, and details to an administrator alone', async () => {
    const { as, access, pass } = await httpClinic({ sample: false });
    const act = { actor: 'cron', at: access.clock() };
    const { store } = access;
    await store.recordOperation(act, { kind: 'backup', outcome: 'ok', detail: 'x.backup' });
    await store.recordOperation(act, { kind: 'drill', outcome: 'failed', detail: 'too old' });
    pass(3 * HOUR);
    const viewer = await (await (await as('viewer')).get(SYSTEM)).text();
    expect(viewer).toContain('done, 3 hours ago (2026-06-15 12:00 UTC)</dd>');
    expect(viewer).toContain('<strong>FAILED</strong>, 3 hours ago');
    expect(viewer).not.toContain('x.backup');
    expect(viewer).not.toContain('cron');
    expect(viewer).not.toContain('tester-viewer</th>');
    const { seal } = await store.auditHead();
    expect(viewer).not.toContain(seal);
    const admin = await (await (await as('administrator')).get(SYSTEM)).text();
    expect(admin).toContain('x.backup; by cron');
    expect(admin).toContain('tester-viewer</th>');
    expect(admin).toContain((await store.auditHead()).seal);
  });

  test('tells how many changed episodes it did not look at', async () => {
    const { as } = await largeClinic(14);
    const page = await (await (await as('viewer')).get(SYSTEM)).text();
    expect(page).toContain('<dt>Episodes</dt><dd>560</dd>');
    expect(page).toContain('the next run sees to it (60 others not looked at)');
  });

  test('shows no account that has no role in the clinic', async () => {
    const { as, access, other } = await httpClinic({ sample: false });
    await access.store.createAccount(
      { actor: 'tester', at: access.clock() },
      {
        id: access.newId(),
        name: 'of-south',
        kind: 'person',
        displayName: null,
        password: null,
        roles: [{ clinic: other.id, role: 'viewer' }],
      },
    );
    const page = await (await (await as('administrator')).get(SYSTEM)).text();
    expect(page).not.toContain('of-south');
  });
});

describe('checking the audit log', () => {
  test('a whole log is told, also against a head that was kept elsewhere', async () => {
    const { as, access } = await httpClinic({ sample: false });
    const admin = await as('administrator');
    const { seq, seal } = await access.store.auditHead();
    for (const head of ['', `${seq}:${seal}`]) {
      const answer = await admin.post(`${SYSTEM}/audit`, { head });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('The log is whole');
    }
  });

  test('a log that does not hold the head that was kept elsewhere is told', async () => {
    const { as } = await httpClinic({ sample: false });
    const admin = await as('administrator');
    const other = await admin.post(`${SYSTEM}/audit`, { head: `2:${'0'.repeat(64)}` });
    expect(await other.text()).toContain('Breach at row 2 (head)');
  });

  test('what is no head is told at the field, and stays there', async () => {
    const { as } = await httpClinic({ sample: false });
    const answer = await (await as('administrator')).post(`${SYSTEM}/audit`, { head: 'x"y' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('id="f-head-wrong"');
    expect(page).toContain('value="x&quot;y"');
  });

  test('only an administrator may ask for it', async () => {
    const { as } = await httpClinic({ sample: false });
    expect((await (await as('clinician')).post(`${SYSTEM}/audit`)).status).toBe(403);
  });
});
