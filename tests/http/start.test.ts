import { expect, test } from 'vitest';
import { httpClinic } from './http-clinic.ts';

test('an account without a role in any clinic is told what to do, and by which name', async () => {
  const { as } = await httpClinic({ sample: false });
  const nobody = await as();
  const start = await (await nobody.get('/')).text();
  expect(start).toContain('has no role in any clinic');
  expect(start).toContain('Ask whoever looks after the accounts of your clinic for a role');
  expect(start).toContain('<strong>tester-nobody</strong>');
  for (const page of ['/c/NORTH/worklist', '/c/NORTH/system', '/c/NOWHERE/worklist']) {
    const answer = await nobody.get(page);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('for a role in that clinic');
  }
});
