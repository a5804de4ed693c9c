import { describe, expect, test } from 'vitest';
import { machine, NORTH } from './api/api-machine.ts';
import { httpClinic, ORIGIN } from './http-clinic.ts';

const FACTS = {
  id: 'EP-NEW',
  laterality: 'left',
  ablation: { date: '2026-01-12' },
  tumor: { sizeMm: 12, grade: 1 },
};

const EXAM = {
  type: 'imaging',
  id: 'x-new',
  date: '2026-06-10',
  modality: 'MRI',
  biRads: '2',
};

/** A clinic with one episode of our own, and a machine. */
async function withEpisode() {
  const clinic = await httpClinic({ sample: false });
  const program = await machine(clinic);
  const made = await program.send('POST', `${NORTH}/episodes`, {
    case: { episode: FACTS, events: [] },
  });
  expect(made.status).toBe(201);
  return { clinic, program, made };
}

describe('reading', () => {
  test('the clinics of a key are those in which it has a role', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body } = await program.get('/api/v1/clinics');
    expect(status).toBe(200);
    expect(body.clinics).toEqual([
      { code: 'NORTH', name: 'Breast clinic North', zone: 'Europe/Berlin', roles: ['service'] },
    ]);
  });

  test('the due list has every open item, and filters leave out what they say', async () => {
    const program = await machine(await httpClinic());
    const all = await program.get(`${NORTH}/due`);
    expect(all.body.worklist.asOf).toBe('2026-06-15');
    expect(all.body.worklist.rows.length).toBeGreaterThan(40);
    const some = await program.get(`${NORTH}/due?bucket=overdue&bucket=due&modality=MRI`);
    const { rows, leftOut } = some.body.worklist;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length + leftOut).toBe(all.body.worklist.rows.length);
    for (const row of rows) {
      expect(['overdue', 'due']).toContain(row.bucket);
      expect(row.modalities).toContain('MRI');
    }
    const later = await program.get(`${NORTH}/due?asOf=2027-01-01&soonDays=0&from=2026-12-01`);
    expect(later.body.worklist).toMatchObject({ asOf: '2027-01-01', soonDays: 0 });
  });

  test('the pages of episodes, one after another, are all of them', async () => {
    const program = await machine(await httpClinic());
    const seen: string[] = [];
    let path: string | null = `${NORTH}/episodes?limit=17`;
    let pages = 0;
    while (path !== null) {
      const { body }: { body: { episodes: { id: string }[]; next: string | null } } =
        await program.get(path);
      seen.push(...body.episodes.map(({ id }) => id));
      path = body.next;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(40);
    expect(seen).toHaveLength(40);
  });

  test('every episode of the sample, its plan, and its list fit the document', async () => {
    const program = await machine(await httpClinic());
    const { body } = await program.get(`${NORTH}/episodes?limit=200`);
    expect(body.next).toBeNull();
    for (const { id, version } of body.episodes) {
      const shown = await program.get(`${NORTH}/episodes/${id}`);
      expect(shown.body).toMatchObject({ id, version });
      expect(shown.headers.get('ETag')).toBe(`"${version}-2026-06-15"`);
      const plan = await program.get(`${NORTH}/episodes/${id}/plan?asOf=2026-06-15`);
      expect(plan.body).toEqual(shown.body.plan);
    }
  });

  test('an episode is shown as of another day', async () => {
    const { program } = await withEpisode();
    const { body } = await program.get(`${NORTH}/episodes/EP-NEW?asOf=2028-02-29`);
    expect(body.plan.asOf).toBe('2028-02-29');
  });

  test('the protocols and the state of the nightly job', async () => {
    const program = await machine(await httpClinic());
    const { body } = await program.get(`${NORTH}/protocols`);
    expect(body.protocols).toMatchObject([{ id: 'staged-risk-adapted', episodes: 40 }]);
    const status = await program.get(`${NORTH}/status`);
    expect(status.body).toMatchObject({ clinic: 'NORTH', lastRun: null });
  });
});

describe('registering', () => {
  test('answers with the plan, the place and the tag; a dry run keeps nothing', async () => {
    const clinic = await httpClinic({ sample: false });
    const program = await machine(clinic);
    const document = { case: { episode: FACTS, events: [EXAM] } };
    const dry = await program.send('POST', `${NORTH}/episodes`, { ...document, dryRun: true });
    expect(dry.status).toBe(200);
    expect((await program.get(`${NORTH}/episodes/EP-NEW`)).status).toBe(404);
    const made = await program.send('POST', `${NORTH}/episodes`, document);
    expect(made.status).toBe(201);
    expect(made.headers.get('Location')).toBe(`${NORTH}/episodes/EP-NEW`);
    expect(made.body.plan).toEqual(dry.body.plan);
    const shown = await program.get(`${NORTH}/episodes/EP-NEW`);
    expect(shown.headers.get('ETag')).toBe(made.headers.get('ETag'));
    expect(shown.body.facts).toEqual(FACTS);
    expect(shown.body.events).toMatchObject([{ event: EXAM, version: 1 }]);
  });

  test('the same id twice is a conflict', async () => {
    const { program } = await withEpisode();
    const again = await program.send('POST', `${NORTH}/episodes`, {
      case: { episode: FACTS, events: [] },
    });
    expect(again.status).toBe(409);
  });

  test('what may be there already is registered once the sender says that it is another one', async () => {
    const { program } = await withEpisode();
    const other = { ...FACTS, id: 'ep-new', laterality: 'right' };
    const document = { case: { episode: other, events: [] } };
    const asked = await program.send('POST', `${NORTH}/episodes`, document);
    expect(asked.status).toBe(422);
    expect(asked.body.problems).toEqual([
      {
        path: 'case.episode.id',
        message: 'the clinic has an episode whose id differs in capitals alone',
        found: '"EP-NEW"',
        mend: 'if it is another one, accept it: "acceptContradictions": true',
      },
    ]);
    const accepting = { ...document, acceptContradictions: true };
    expect((await program.send('POST', `${NORTH}/episodes`, accepting)).status).toBe(201);
  });

  test('an id that needs escapes has a place that leads back to it', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const id = 'EP/1 ä%2f?#..';
    const made = await program.send('POST', `${NORTH}/episodes`, {
      case: { episode: { ...FACTS, id }, events: [] },
    });
    const place = made.headers.get('Location') ?? '';
    expect((await program.get(place)).body.id).toBe(id);
  });

  test('names each fault by its place in what was sent', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body, headers } = await program.send('POST', `${NORTH}/episodes`, {
      case: {
        episode: { ...FACTS, ablation: { date: '2026-02-30' }, colour: 'red' },
        events: [{ ...EXAM, modality: 'MRT' }],
      },
    });
    expect(status).toBe(422);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
      'case.episode.ablation.date',
      'case.episode.colour',
      'case.events[0].modality',
    ]);
  });

  test('an ablation that lies ahead is named by its place, too', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body } = await program.send('POST', `${NORTH}/episodes`, {
      case: { episode: { ...FACTS, ablation: { date: '2026-06-16' } }, events: [] },
    });
    expect(status).toBe(422);
    expect(body.problems[0].path).toBe('case.episode.ablation.date');
  });

  test('a history with a decision needs a clinician’s word', async () => {
    const clinic = await httpClinic({ sample: false });
    const program = await machine(clinic);
    const events = [
      { ...EXAM, biRads: '4' },
      { type: 'decision', id: 'd1', date: '2026-06-12', escalation: 'esc.x-new', reason: 'seen' },
    ];
    const { status } = await program.send('POST', `${NORTH}/episodes`, {
      case: { episode: FACTS, events },
    });
    expect(status).toBe(403);
    expect((await program.get(`${NORTH}/episodes`)).body.episodes).toEqual([]);
  });
});

describe('recording', () => {
  const events = `${NORTH}/episodes/EP-NEW/events`;

  test('answers with what it changes; sent twice it is recorded once', async () => {
    const { program } = await withEpisode();
    const sent = { events: [{ ...EXAM, biRads: '4' }] };
    const dry = await program.send('POST', events, { ...sent, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, version: 1 });
    const first = await program.send('POST', events, sent);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ version: 2, knownBefore: 0, events: sent.events });
    expect(first.body.newEscalations).toMatchObject([{ key: 'esc.x-new', action: 'biopsy' }]);
    expect(first.body.difference).toEqual(dry.body.difference);
    const again = await program.send('POST', events, sent);
    expect(again.body).toMatchObject({ version: 2, knownBefore: 1, events: [] });
  });

  test('another event with a known id is refused', async () => {
    const { program } = await withEpisode();
    await program.send('POST', events, { events: [EXAM] });
    const other = await program.send('POST', events, { events: [{ ...EXAM, biRads: '5' }] });
    expect(other.status).toBe(422);
    expect(other.body.problems[0].path).toBe('events[0].id');
  });

  test('an event needs its id: without one a message that is sent again is recorded again', async () => {
    const { program } = await withEpisode();
    const { id: _, ...nameless } = EXAM;
    const { status, body } = await program.send('POST', events, { events: [nameless] });
    expect(status).toBe(422);
    expect(body.problems[0].path).toBe('events[0].id');
  });

  test('the version that the sender saw is held to: by the header a 412, by the field a 409', async () => {
    const { program, made } = await withEpisode();
    const tag = made.headers.get('ETag') ?? '';
    expect(
      (await program.send('POST', events, { events: [EXAM] }, { 'If-Match': tag })).status,
    ).toBe(200);
    const late = { events: [{ ...EXAM, id: 'x-late', date: '2026-06-11' }] };
    const byTag = await program.send('POST', events, late, { 'If-Match': tag });
    expect(byTag.status).toBe(412);
    expect(byTag.body.detail).toContain('version 2');
    expect((await program.send('POST', events, { ...late, expected: 1 })).status).toBe(409);
    expect((await program.send('POST', events, { ...late, expected: 2 })).status).toBe(200);
  });

  test.each([['1'], ['W/"1"'], ['"x"'], ['"1", "2"'], ['']])(
    'If-Match: %s is no tag',
    async (tag) => {
      const { program } = await withEpisode();
      const answer = await program.send('POST', events, { events: [EXAM] }, { 'If-Match': tag });
      expect(answer.status).toBe(400);
      expect(answer.body.problems[0].path).toBe('If-Match');
    },
  );

  test('a contradiction is refused until it is accepted', async () => {
    const { program } = await withEpisode();
    const early = {
      type: 'contact',
      id: 'k1',
      date: '2026-06-15',
      method: 'call',
      outcome: 'reached',
      item: 'a1.interval-9',
    };
    const refused = await program.send('POST', events, { events: [early] });
    expect(refused.status).toBe(422);
    expect(refused.body.problems[0].mend).toContain('acceptContradictions');
    const accepted = await program.send('POST', events, {
      events: [early],
      acceptContradictions: true,
    });
    expect(accepted.status).toBe(200);
    expect(accepted.body.version).toBe(2);
  });

  test('what a clinician must decide, no machine decides', async () => {
    const { clinic, program } = await withEpisode();
    await program.send('POST', events, { events: [{ ...EXAM, biRads: '4' }] });
    const decision = {
      events: [
        { type: 'decision', id: 'd1', date: '2026-06-15', escalation: 'esc.x-new', reason: 'seen' },
      ],
    };
    expect((await program.send('POST', events, decision)).status).toBe(403);
    const closure = {
      events: [{ type: 'closure', id: 'c1', date: '2026-06-15', reason: 'withdrew' }],
      acknowledgement: { escalations: ['esc.x-new'], reason: 'the patient moved' },
    };
    expect((await program.send('POST', events, closure)).status).toBe(403);
    const clinician = await clinic.as('clinician');
    const answer = await clinician.get(`${NORTH}/episodes/EP-NEW`);
    expect(await answer.json()).toMatchObject({ version: 2 });
  });

  test('who recorded it is the account of the key', async () => {
    const { program } = await withEpisode();
    await program.send('POST', events, { events: [EXAM] });
    const { body } = await program.get(`${NORTH}/episodes/EP-NEW`);
    expect(body.events[0].recordedBy).toMatch(/^machine-/);
  });

  test('an episode that is not there, and one that is elsewhere, are the same 404', async () => {
    const { program } = await withEpisode();
    const { status } = await program.send('POST', `${NORTH}/episodes/EP-NONE/events`, {
      events: [EXAM],
    });
    expect(status).toBe(404);
    const elsewhere = await program.get('/api/v1/clinics/SOUTH/episodes');
    const nowhere = await program.get('/api/v1/clinics/NOWHERE/episodes');
    expect([elsewhere.status, nowhere.status]).toEqual([404, 404]);
    expect(elsewhere.body).toEqual(nowhere.body);
  });
});

describe('other facts', () => {
  const place = `${NORTH}/episodes/EP-NEW`;
  const facts = { ...FACTS, tumor: { sizeMm: 18, grade: 3 } };

  test('replace those that were seen', async () => {
    const { program, made } = await withEpisode();
    const tag = made.headers.get('ETag') ?? '';
    const dry = await program.send('PUT', place, { facts, dryRun: true }, { 'If-Match': tag });
    expect(dry.body).toMatchObject({ changed: true, version: 1 });
    const done = await program.send('PUT', place, { facts }, { 'If-Match': tag });
    expect(done.body).toMatchObject({ changed: true, version: 2 });
    expect((await program.get(place)).body.facts).toEqual(facts);
    expect((await program.send('PUT', place, { facts }, { 'If-Match': tag })).status).toBe(412);
    const same = await program.send('PUT', place, { facts, expected: 2 });
    expect(same.body).toMatchObject({ changed: false, version: 2 });
    expect((await program.send('PUT', place, { facts: FACTS }, { 'If-Match': '*' })).status).toBe(
      200,
    );
  });

  test('without the version that was seen nothing is replaced', async () => {
    const { program } = await withEpisode();
    expect((await program.send('PUT', place, { facts })).status).toBe(428);
    expect((await program.get(place)).body.version).toBe(1);
  });

  test('an episode keeps its id', async () => {
    const { program } = await withEpisode();
    const { status, body } = await program.send('PUT', place, {
      facts: { ...facts, id: 'EP-OTHER' },
      expected: 1,
    });
    expect(status).toBe(422);
    expect(body.problems[0].path).toBe('facts.id');
  });

  test('two versions that differ are asked back', async () => {
    const { program } = await withEpisode();
    const answer = await program.send('PUT', place, { facts, expected: 1 }, { 'If-Match': '"2"' });
    expect(answer.status).toBe(400);
  });

  test('a fault in them is named by its place in what was sent', async () => {
    const { program } = await withEpisode();
    const { status, body } = await program.send('PUT', place, {
      facts: { ...facts, ablation: { date: '2026-07-01' } },
      expected: 1,
    });
    expect(status).toBe(422);
    expect(body.problems[0].path).toBe('facts.ablation.date');
  });
});

describe('what if', () => {
  const place = `${NORTH}/episodes/EP-NEW/what-if`;

  test('an exam that lies ahead, other facts and another protocol give another plan, and nothing is kept', async () => {
    const { program } = await withEpisode();
    const exam = { ...EXAM, date: '2026-08-01', biRads: '4' };
    const told = await program.send('POST', place, { events: [exam] });
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({ id: 'EP-NEW', asOf: '2026-08-01' });
    expect(told.body.plan.escalations).toHaveLength(1);
    const facts = { ...FACTS, tumor: { sizeMm: 18, grade: 3 } };
    const other = await program.send('POST', place, { facts, protocol: { id: 'ice3' } });
    expect(other.body.plan.protocol.id).toBe('ice3');
    expect((await program.get(`${NORTH}/episodes/EP-NEW`)).body).toMatchObject({
      version: 1,
      events: [],
    });
  });

  test('a supposition that does not fit is told by its place', async () => {
    const { program } = await withEpisode();
    const { status, body } = await program.send('POST', place, {
      events: [{ type: 'report', id: 'r1', date: '2026-06-15', of: 'none', biRads: '2' }],
    });
    expect(status).toBe(422);
    expect(body.problems[0].path).toBe('events[0].of');
  });
});

describe('what cannot be read', () => {
  const post = `${NORTH}/episodes`;

  test.each([
    ['', 'the text is empty'],
    ['{"case": \n  {"episode" 1}}', 'line 2, column 14'],
    ['undefined', 'line 1, column 1'],
    ['{"case": {}', 'this is not JSON'],
  ])('%j is no JSON, and the place is told', async (text, told) => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body } = await program.send('POST', post, text);
    expect(status).toBe(400);
    expect(body.detail).toContain(told);
  });

  test.each([
    ['null'],
    ['[]'],
    ['"text"'],
    ['{}'],
    ['{"case": null}'],
    ['{"case": {"episode": {}, "events": {}}}'],
    ['{"__proto__": {"case": 1}}'],
    ['{"case": {"episode": {}, "events": []}, "constructor": 1, "dryrun": true}'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [`${'{"case":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('%.60s is JSON, and not what is asked for', async (text) => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body } = await program.send('POST', post, text);
    expect(status).toBe(422);
    expect(body.problems.length).toBeGreaterThan(0);
  });

  test('text that is not UTF-8 is refused', async () => {
    const clinic = await httpClinic({ sample: false });
    const { token } = await machine(clinic);
    const answer = await clinic.fetch(
      new Request(`${ORIGIN}${post}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: Uint8Array.from([0x7b, 0xff, 0x7d]),
      }),
    );
    expect(answer.status).toBe(400);
  });

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/jsonp'],
    ['application/merge-patch+json'],
  ])('content of type %s is a 415', async (type) => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status } = await program.send('POST', post, '{}', { 'Content-Type': type });
    expect(status).toBe(415);
  });

  test('more than 4 MB is a 413', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status } = await program.send('POST', post, ' '.repeat(4 * 1024 * 1024 + 1));
    expect(status).toBe(413);
  });

  test.each([
    ['due?asOf=2026-02-30', 'asOf'],
    ['due?asOf=2026-06-15&asOf=2026-06-16', 'asOf'],
    ['due?soonDays=-1', 'soonDays'],
    ['due?soonDays=1e2', 'soonDays'],
    ['due?bucket=urgent', 'bucket[0]'],
    ['due?colour=red', 'colour'],
    ['due?from=2026-06-15&to=2026-06-14', 'to'],
    ['episodes?limit=0', 'limit'],
    ['episodes?limit=201', 'limit'],
    ['episodes?after=EP-NONE', 'after'],
    ['episodes?__proto__=1', '__proto__'],
    ['episodes/EP-1?asOf=today', 'asOf'],
    ['episodes/EP-1/plan?asof=2026-06-15', 'asof'],
  ])('the query of %s is a 400 that names %s', async (path, at) => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body } = await program.get(`${NORTH}/${path}`);
    expect(status).toBe(400);
    expect(body.problems.map((each: { path: string }) => each.path)).toEqual([at]);
  });
});

describe('paths and methods', () => {
  test('a method that a path does not take is a 405 that names those that it takes', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, headers, body } = await program.send(
      'DELETE',
      `${NORTH}/episodes/EP-1/events`,
      '',
    );
    expect(status).toBe(405);
    expect(headers.get('Allow')).toBe('POST');
    expect(body.title).toBe('Method Not Allowed');
    const other = await program.send('PATCH', `${NORTH}/episodes/EP-1`, '{}');
    expect(other.headers.get('Allow')).toBe('GET, HEAD, PUT');
  });

  test('a path that is none is a 404 as problem+json', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    for (const path of ['/api/v1', '/api/v2/clinics', '/api/v1/clinics/', `${NORTH}/due/x`]) {
      const { status, headers } = await program.get(path);
      expect(status).toBe(404);
      expect(headers.get('Content-Type')).toBe('application/problem+json');
    }
  });

  test.each([
    [
      'fields',
      Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`field-${n}`, 1])),
      'field-0',
    ],
    ['events', { case: { episode: FACTS, events: Array(150_000).fill({}) } }, 'case.events'],
  ])('with very many faulty %s is told the first of them', async (_, body, first) => {
    const program = await machine(await httpClinic({ sample: false }));
    const { status, body: told } = await program.send('POST', `${NORTH}/episodes`, body);
    expect(status).toBe(422);
    expect(told.problems.length).toBeLessThanOrEqual(100);
    expect(told.problems.map(({ path }: { path: string }) => path).join()).toContain(first);
  });

  test('a history has at most 2000 events', async () => {
    const program = await machine(await httpClinic({ sample: false }));
    const events = Array.from({ length: 2001 }, (_, n) => ({ ...EXAM, id: `x-${n}` }));
    const made = await program.send('POST', `${NORTH}/episodes`, {
      dryRun: true,
      case: { episode: FACTS, events },
    });
    expect(made.status).toBe(422);
    expect(made.body.problems).toMatchObject([{ path: 'case.events' }]);
  });

  test('of somebody unknown is not taken in', async () => {
    const { fetch } = await httpClinic({ sample: false });
    let parts = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (to) => {
          parts += 1;
          to.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer x' };
    const init: RequestInit & { readonly duplex: 'half' } = {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    };
    const answer = await fetch(new Request(`${ORIGIN}${NORTH}/episodes`, init));
    expect(answer.status).toBe(401);
    expect(parts).toBe(0);
  });

  test('without a key there is a challenge', async () => {
    const { fetch } = await httpClinic({ sample: false });
    const answer = await fetch(new Request(`${ORIGIN}${NORTH}/due`));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer /);
    expect(await answer.json()).toMatchObject({ status: 401, title: 'Unauthorized' });
  });
});
