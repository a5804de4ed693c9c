import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machine } from '../http/api/api-machine.ts';
import { DOCUMENT, operationOf } from '../http/api/described-api.ts';
import { httpClinic } from '../http/http-clinic.ts';

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

/** The requests that the page shows, in its order. */
const shown = [...page.matchAll(/```http\n([A-Z]+) (\S+)\n([\s\S]*?)```/g)].map(
  ([, method = '', path = '', body = '']) => ({ method, path, body }),
);
const asked = [...page.matchAll(/`(GET) (\/api\/v1\/\S+)`/g)].map(([, method = '', path = '']) => ({
  method,
  path,
}));

describe('docs/api.md', () => {
  it('tells of every operation', () => {
    const told = [...shown, ...asked].map(
      ({ method, path }) => operationOf(method, path)?.operationId,
    );
    const all = Object.values(DOCUMENT.paths).flatMap((each) =>
      Object.values(each).map(({ operationId }) => operationId),
    );
    expect([...new Set(told)].sort()).toEqual(all.sort());
  });

  it('shows requests that are done as they stand, one after another', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    for (const { method, path, body } of shown) {
      const { status } = await program.send(method, path, body);
      expect([path, status < 300]).toEqual([path, true]);
    }
    for (const { method, path } of asked) {
      expect([method, path, (await program.get(path)).status]).toEqual([method, path, 200]);
    }
  });

  it('shows a fault as the service tells it', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const [register] = shown;
    const body = (register?.body ?? '').replace('2026-01-12', '2026-02-30');
    const told = await program.send('POST', register?.path ?? '', body);
    const [, fault = '{}'] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    expect(told.body).toEqual(JSON.parse(fault));
  });

  it.each([...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? ''))(
    'links to %s, which exists',
    (link) => {
      expect(existsSync(new URL(`../../docs/${link}`, import.meta.url))).toBe(true);
    },
  );
});
