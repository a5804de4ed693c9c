import { describe, expect, test } from 'vitest';
import { clinicStore } from '../clinic-store.ts';
import { json, NOON } from '../memory-surroundings.ts';

/** Clinics are listed in the order of time, which has its milliseconds. */
const LATER = { now: NOON + 1 };

const CLOSED = {
  clinic: 'North',
  closed: [{ rule: 'FREQ=WEEKLY;BYDAY=SA,SU' }, { date: '2026-12-25', name: 'Christmas' }],
};

describe('clinic add', () => {
  test('adds a clinic, says what comes next, and list shows both in order', async () => {
    const store = await clinicStore();
    const added = await store.run(['clinic', 'add', 'south', '--zone', 'America/Denver'], LATER);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toContain('Added clinic SOUTH, SOUTH, America/Denver.');
    expect(added.stdout).toContain('protocol approve staged-risk-adapted --clinic SOUTH');
    const listed = await store.run(['clinic', 'list']);
    expect(JSON.parse(listed.stdout)).toEqual([
      { code: 'NORTH', name: 'NORTH', zone: 'Europe/Berlin' },
      { code: 'SOUTH', name: 'SOUTH', zone: 'America/Denver' },
    ]);
    const onTerminal = await store.run(['clinic', 'list'], { columns: 80 });
    expect(onTerminal.stdout.split('\n')[2]).toBe('SOUTH  America/Denver  SOUTH');
  });

  test('writes nothing on a dry run, and still refuses a code that is taken', async () => {
    const store = await clinicStore();
    const dry = await store.run(['clinic', 'add', 'SOUTH', '--zone', 'UTC', '--dry-run']);
    expect(dry.stdout).toBe('Would add clinic SOUTH, SOUTH, UTC.\n');
    for (const more of [[], ['--dry-run']]) {
      const taken = await store.run(['clinic', 'add', 'north', ...more]);
      expect(taken.code).toBe(3);
      expect(taken.stderr).toContain('another clinic has this code');
    }
    const listed = await store.run(['clinic', 'list']);
    expect(JSON.parse(listed.stdout)).toHaveLength(1);
  });
});

describe('clinic closed-days', () => {
  test('sets them from a file once, and shows them', async () => {
    const store = await clinicStore();
    const files = { 'closed.json': json(CLOSED) };
    const none = await store.run(['clinic', 'closed-days']);
    expect(JSON.parse(none.stdout)).toEqual({ clinic: 'NORTH', closed: [] });
    const dry = await store.run(['clinic', 'closed-days', 'closed.json', '--dry-run'], { files });
    expect(dry.stdout).toBe('The closed days of clinic NORTH would be set: 2 entries.\n');
    expect((await store.run(['clinic', 'closed-days'])).stdout).toBe(none.stdout);
    const set = await store.run(['clinic', 'closed-days', 'closed.json'], { files });
    expect(set.stdout).toBe('The closed days of clinic NORTH are set: 2 entries.\n');
    const again = await store.run(['clinic', 'closed-days', 'closed.json'], { files });
    expect(again.stdout).toContain('stay as they are');
    const shown = await store.run(['clinic', 'closed-days']);
    expect(JSON.parse(shown.stdout)).toEqual(CLOSED);
    const rows = await store.use(({ store }) => store.pageAudit({ after: 0, limit: 100 }));
    expect(rows.filter(({ action }) => action === 'clinic.calendar-set')).toHaveLength(1);
  });

  test('refuses a file that is wrong, with its place, and keeps the former days', async () => {
    const store = await clinicStore();
    const files = { 'closed.json': json({ clinic: 'N', closed: [{ rule: 'FREQ=WEEKLY' }] }) };
    const run = await store.run(['clinic', 'closed-days', 'closed.json'], { files });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('closed.json, line 5: closed[0].rule');
    expect(
      await store.use(async ({ store }) =>
        store.clinicCalendar((await store.listClinics())[0]?.id ?? 0),
      ),
    ).toBeNull();
  });

  test('asks which clinic where there are several', async () => {
    const store = await clinicStore();
    await store.run(['clinic', 'add', 'SOUTH'], LATER);
    const run = await store.run(['clinic', 'closed-days']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('one of NORTH, SOUTH');
  });
});
