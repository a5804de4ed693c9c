import { describe, expect, test } from 'vitest';
import { httpClinic } from './http-clinic.ts';

const HOUR = 3_600_000;

describe('who is not signed in', () => {
  test('is led to the page for signing in, and from there back', async () => {
    const { visitor } = await httpClinic({ sample: false });
    const answer = await visitor().get('/password?a=b');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe('/sign-in?next=%2Fpassword%3Fa%3Db');
  });

  test('loses no text of a form that is sent after the session has ended', async () => {
    const { as, pass } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    pass(HOUR);
    const answer = await nurse.post('/c/NORTH/register', { id: 'x"<y', other: 'Z' });
    expect(answer.status).toBe(401);
    const page = await answer.text();
    expect(page).toContain('What you typed is kept');
    expect(page).toContain('x\\&quot;&lt;y');
  });
});

describe('where one is sent after signing in', () => {
  test.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    '/a\r\nb',
  ])('no other site is reached by %j', async (next) => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const answer = await nurse.get(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(answer.headers.get('Location')).toBe('/');
  });
});
