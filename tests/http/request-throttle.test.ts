import { describe, expect, test } from 'vitest';
import { RequestThrottle } from '../../src/http/request-throttle.ts';
import { type ServiceOutcome, succeed } from '../../src/service/service-outcome.ts';
import { callerWith } from '../service/access/access-clinic.ts';
import { httpClinic } from './http-clinic.ts';

const FEW = { burst: 3, perSecond: 0.5 };

describe('who asks too often', () => {
  test('is told to wait, on pages and in the API alike; others are not', async () => {
    const { as, pass } = await httpClinic({ sample: false, requests: { ofAccount: FEW } });
    const nurse = await as('scheduler');
    const statuses = async (path: string, count: number) => {
      const answers: number[] = [];
      for (let asked = 0; asked < count; asked += 1) answers.push((await nurse.get(path)).status);
      return answers;
    };
    expect(await statuses('/c/NORTH/worklist', 4)).toEqual([200, 200, 200, 429]);
    const page = await nurse.get('/c/NORTH/worklist');
    expect(page.headers.get('Retry-After')).toBe('2');
    expect(await page.text()).toContain('wait 2 seconds');
    const document = await nurse.get('/api/v1/clinics');
    expect(document.status).toBe(429);
    expect(document.headers.get('Content-Type')).toBe('application/problem+json');
    expect(document.headers.get('Retry-After')).toBe('2');
    expect(await document.json()).toMatchObject({
      title: 'Too Many Requests',
      status: 429,
      detail: 'there were too many requests at once',
    });
    const doctor = await as('clinician');
    expect((await doctor.get('/c/NORTH/worklist')).status).toBe(200);
    pass(2000);
    expect(await statuses('/api/v1/clinics', 2)).toEqual([200, 429]);
  });

  test('and is not signed in counts by the network, and slows down nobody who is', async () => {
    const http = await httpClinic({ sample: false, requests: { ofStrangers: FEW } });
    const stranger = http.visitor();
    for (let asked = 0; asked < 3; asked += 1) await stranger.get('/sign-in');
    for (const path of ['/sign-in', '/c/NORTH/worklist', '/api/v1/clinics']) {
      const answer = await stranger.get(path);
      expect([path, answer.status, answer.headers.get('Retry-After')]).toEqual([path, 429, '2']);
    }
    const nurse = await http.as('scheduler');
    expect((await nurse.get('/c/NORTH/worklist')).status).toBe(200);
    http.pass(2000);
    expect((await stranger.get('/sign-in')).status).toBe(200);
  });

  test('for what is not there keeps nobody in the network from signing in', async () => {
    const http = await httpClinic({ sample: false, requests: { ofStrangers: FEW } });
    const stranger = http.visitor();
    const [statuses, paths] = [[] as number[], ['/nothing', '/api/nothing', '/favicon.ico', '/x']];
    for (const path of paths) statuses.push((await stranger.get(path)).status);
    expect(statuses).toEqual([404, 404, 404, 429]);
    expect((await http.visitor().get('/sign-in')).status).toBe(200);
    const nurse = await http.as('scheduler');
    expect((await nurse.get('/nothing')).status).toBe(404);
  });

  test('for a page in a way that it does not take keeps nobody from signing in', async () => {
    const http = await httpClinic({ sample: false, requests: { ofStrangers: FEW } });
    const stranger = http.visitor();
    for (let asked = 0; asked < 4; asked += 1) await stranger.post('/c/NORTH/worklist', {});
    expect((await stranger.post('/c/NORTH/worklist', {})).status).toBe(429);
    expect((await http.visitor().get('/sign-in')).status).toBe(200);
  });

  test('changes nothing by what was not looked at', async () => {
    const { as, access } = await httpClinic({
      sample: false,
      requests: { ofAccount: { burst: 0, perSecond: 1 } },
    });
    const nurse = await as('scheduler');
    const head = await access.store.auditHead();
    const view = await nurse.post('/c/NORTH/worklist/views', { query: '', name: 'Monday' });
    expect(view.status).toBe(429);
    expect(await view.text()).toContain('what you typed is still there');
    expect(await access.store.auditHead()).toEqual(head);
  });

  test('still gets calendars, which have a throttle of their own, the style of the page, and what watches over it', async () => {
    const http = await httpClinic({
      sample: false,
      requests: { ofStrangers: { burst: 0, perSecond: 1 } },
    });
    const statuses = await Promise.all(
      ['/f/nothing.ics', '/assets/style.css', '/health', '/ready', '/sign-in'].map(
        async (path) => (await http.visitor().get(path)).status,
      ),
    );
    expect(statuses).toEqual([404, 200, 200, 200, 429]);
  });
});

describe('who asks for several whole clinics at once', () => {
  test.each([
    '/api/v1/clinics/NORTH/due?soonDays=9',
    '/c/NORTH/worklist?soon=9',
    '/c/NORTH/protocols/compare?from=staged-risk-adapted+1.0.0&to=ice3+1.0.0',
  ])('is told to wait at %s, and gets it afterwards', async (path) => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const { promise: until, resolve: end } = Promise.withResolvers<ServiceOutcome<null>>();
    const others = [1, 2].map(() => http.service.turns.take('tester-scheduler', () => until));
    const answer = await nurse.get(path);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await answer.text()).toContain('this account asked for other whole clinics');
    end(succeed(null));
    await Promise.all(others);
    expect((await nurse.get(path)).status).toBe(200);
  });
});

describe('as the service counts', () => {
  const caller = callerWith({});

  function asked(seconds: number, perSecond: number, whose: typeof caller | null) {
    let now = 0;
    const throttle = new RequestThrottle(() => now);
    let waits = 0;
    for (let request = 0; request < seconds * perSecond; request += 1) {
      now += 1000 / perSecond;
      if (throttle.take({ caller: whose, source: 'a' }, 'route') > 0) waits += 1;
    }
    return waits;
  }

  test('a program that pages through 50 000 rows, 200 at a time, waits never', () => {
    const throttle = new RequestThrottle(() => 0);
    const waits = Array.from({ length: 250 }, () =>
      throttle.take({ caller, source: 'a' }, 'route'),
    );
    expect(Math.max(...waits)).toBe(0);
  });

  test('20 requests a second may go on for ever, 100 may not', () => {
    expect(asked(600, 20, caller)).toBe(0);
    expect(asked(60, 100, caller)).toBeGreaterThan(3000);
  });

  test('of a network of strangers 10 a second may go on for ever, 100 may not', () => {
    expect(asked(600, 10, null)).toBe(0);
    expect(asked(60, 100, null)).toBeGreaterThan(3000);
  });
});
