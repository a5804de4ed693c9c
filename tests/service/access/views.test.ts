import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listViews } from '../../../src/service/access/list-views.ts';
import { removeView } from '../../../src/service/access/remove-view.ts';
import { reviseAccount } from '../../../src/service/access/revise-account.ts';
import { saveView } from '../../../src/service/access/save-view.ts';
import { checkViewQuery } from '../../../src/service/access/view-query.ts';
import { ok } from '../../cli/clinic-store.ts';
import { accessClinic, callerNamed, failure, KINDS } from './access-clinic.ts';

describe.each(KINDS)('a saved view, with a store in %s', (kind) => {
  async function viewing() {
    const clinic = await accessClinic(kind);
    const { access, north } = clinic;
    const nurse = await clinic.person('nurse-a', ['scheduler']);
    const save = (name: string, query: string, caller = nurse, at = north) =>
      saveView(access, { clinic: at, caller, name, query });
    const list = (caller = nurse, at = north) => listViews(access, { clinic: at, caller });
    return { ...clinic, nurse, save, list };
  }

  test('is kept in the place of the one of its name, each account its own, until it is removed', async () => {
    const { access, north, nurse, person, save, list } = await viewing();
    const other = await person('nurse-b', ['viewer']);
    expect(ok(await save(' Late MRI ', 'modality=MRI&bucket=overdue'))).toEqual({
      name: 'Late MRI',
      query: 'bucket=overdue&modality=MRI',
    });
    ok(await save('All', ''));
    ok(await save('Late MRI', 'bucket=overdue&modality=MRI&tier=high'));
    ok(await save('Late MRI', 'bucket=escalation', other));
    expect(await list()).toEqual([
      { name: 'All', query: '' },
      { name: 'Late MRI', query: 'bucket=overdue&tier=high&modality=MRI' },
    ]);
    const work = { clinic: north, caller: nurse, name: 'Late MRI' };
    expect(ok(await removeView(access, work))).toEqual({ changed: true });
    expect(ok(await removeView(access, work))).toEqual({ changed: false });
    expect(await list()).toHaveLength(1);
    expect(await list(other)).toEqual([{ name: 'Late MRI', query: 'bucket=escalation' }]);
  });

  test('is of one clinic, and of who may read there', async () => {
    const { access, north, south, nurse, save, list } = await viewing();
    expect(failure(await save('All', '', nurse, south))).toBe(
      'refused : this account may not keep views in the clinic',
    );
    expect(await list(nurse, south)).toEqual([]);
    ok(await save('All', ''));
    ok(await reviseAccount(access, { name: 'nurse-a', roles: { clinic: north, are: [] } }));
    const later = await callerNamed(access, nurse.id);
    expect(await list(nurse)).toHaveLength(1);
    expect(await list(later)).toEqual([]);
    const removed = await removeView(access, { clinic: south, caller: nurse, name: 'All' });
    expect(removed).not.toMatchObject({ ok: true, value: { changed: true } });
  });

  test.each([
    ['', 'all=1', 'name: this cannot be the name of a view'],
    ['x'.repeat(61), 'all=1', 'name: this cannot be the name of a view'],
    ['a\nb', 'all=1', 'name: this cannot be the name of a view'],
    ['Late', 'bucket=somewhere', 'query.bucket: this filter cannot be that'],
    ['Late', 'patient=P-1', 'query: a view does not keep this filter'],
    ['', 'code=AB12', 'name: this cannot be the name of a view; query: a view does not keep'],
  ])('of name %j and filters %j is not kept', async (name, query, says) => {
    const { save, list } = await viewing();
    expect(failure(await save(name, query))).toContain(says);
    expect(await list()).toEqual([]);
  });

  test('is one of at most fifty', async () => {
    const { save, list } = await viewing();
    for (let count = 0; count < 50; count += 1) ok(await save(`view ${count}`, ''));
    expect(failure(await save('one more', ''))).toBe('refused name: there are 50 views already');
    expect((await save('view 7', 'all=1')).ok).toBe(true);
    expect(await list()).toHaveLength(50);
  });
});

describe('the filters of a view', () => {
  test.each([
    ['', ''],
    ['?', ''],
    ['bucket=&tier=&from=', ''],
    ['all=1&to=2026-07-01&from=2026-06-15', 'from=2026-06-15&to=2026-07-01&all=1'],
    ['modality=PET-CT&modality=MRI&modality=MRI', 'modality=PET-CT&modality=MRI'],
    ['soon=28', 'soon=28'],
  ])('%j are kept as %j', (given, kept) => {
    expect(checkViewQuery(given)).toEqual({ ok: true, value: kept });
  });

  test.each([
    'from=2026-02-30',
    'to=tomorrow',
    'soon=367',
    'soon=-1',
    'all=yes',
    'tier=low',
    'modality=mri',
    '__proto__=1',
    'bucket=constructor',
    `bucket=${'x'.repeat(2000)}`,
  ])('%j are none', (query) => {
    expect(failure(checkViewQuery(query))).toContain('invalid query');
  });

  test('that are kept are kept the same a second time, whatever was typed', () => {
    const key = fc.constantFrom('bucket', 'tier', 'modality', 'from', 'all', 'soon', 'code', 'x');
    const value = fc.constantFrom('overdue', 'high', 'MRI', '2026-06-15', '1', '28', '', 'x&y=z');
    const queries = fc.array(fc.tuple(key, value)).map((pairs) => `${new URLSearchParams(pairs)}`);
    fc.assert(
      fc.property(fc.oneof(queries, fc.webQueryParameters(), fc.string()), (query) => {
        const checked = checkViewQuery(query);
        if (checked.ok) expect(checkViewQuery(checked.value)).toEqual(checked);
      }),
    );
  });
});
