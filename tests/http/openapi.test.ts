import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { openApiText } from '../../scripts/docs/openapi-text.ts';
import { ROUTES } from '../../src/http/routes.ts';
import { DOCUMENT } from './api/described-api.ts';
import { httpClinic, ORIGIN } from './http-clinic.ts';

const file = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(file));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('in docs/ is the one that the generator writes', () => {
    expect(file).toBe(openApiText());
  });

  test('is given to anybody who asks the service for it', async () => {
    const { fetch } = await httpClinic({ sample: false });
    const answer = await fetch(new Request(`${ORIGIN}/api/v1/openapi.json`));
    expect(answer.status).toBe(200);
    const { paths, components } = JSON.parse(file);
    expect(await answer.json()).toMatchObject({ paths, components });
  });

  test('has every route of the API, and each says whom it answers', () => {
    const api = ROUTES.filter(({ door, path }) => door === 'api' && !path.endsWith('openapi.json'));
    const told = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(told.map(({ path, method }) => `${method} ${path}`).sort()).toEqual(
      api
        .map(({ path, method }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`)
        .sort(),
    );
    for (const { operation } of told) {
      expect(operation).toHaveProperty('x-permission');
      expect(operation).toHaveProperty('security', [{ key: [] }, { session: [] }]);
    }
  });

  test('names every part of a path as a parameter, and each operation by an id of its own', () => {
    const ids: string[] = [];
    for (const [path, operations] of Object.entries(DOCUMENT.paths)) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { operationId, parameters } of Object.values(operations)) {
        ids.push(operationId);
        const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
        expect(inPath).toEqual(parts);
      }
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has no reference that leads nowhere, and no schema that nothing refers to', () => {
    const named = new Set(
      [...file.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
    );
    expect([...named].sort()).toEqual(Object.keys(DOCUMENT.components.schemas).sort());
  });
});
