import { describe, expect, it } from 'vitest';
import { caseFile, cryowatch, json, ndjson, shippedProtocol } from './memory-surroundings.ts';

const exam = { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' };
const files = {
  'case.json': json(caseFile([exam])),
  'before.json': json(caseFile()),
  'other.json': json(
    caseFile([], {
      episode: { id: 'EP-2', laterality: 'right', ablation: { date: '2026-02-01' } },
    }),
  ),
};

describe('explain', () => {
  it.each([
    [
      'a1.baseline',
      'a1.baseline: baseline exam, 2026-04-15 (2026-04-15 to 2026-05-15), MRI or CEM, completed.',
    ],
    ['x1', 'x1: MRI on 2026-04-20, BI-RADS 2: counts.'],
  ])('%s: a headline, then sentences', async (key, headline) => {
    const { code, stdout, stderr } = await cryowatch(['explain', key, '--input', 'case.json'], {
      files,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [first, ...sentences] = stdout.trimEnd().split('\n');
    expect(first).toBe(headline);
    expect(sentences.length).toBeGreaterThan(1);
    expect(sentences.every((sentence) => sentence.startsWith('  '))).toBe(true);
  });

  it('writes JSON', async () => {
    const { stdout } = await cryowatch(
      ['explain', 'x1', '--input', 'case.json', '--output', 'json'],
      { files },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      key: 'x1',
      sentences: [expect.any(String), expect.any(String)],
    });
  });

  it('an unknown key: what is there, did you mean; exit 5', async () => {
    const { code, stdout, stderr } = await cryowatch(
      ['explain', 'a1.intervall-1', '--input', 'case.json'],
      { files },
    );
    expect(stderr).toContain(
      'the plan has no such line (found "a1.intervall-1"; allowed: a1.baseline',
    );
    expect(stderr).toContain('did you mean a1.interval-1?');
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
  });

  it('keeps within a narrow terminal', async () => {
    const { stdout } = await cryowatch(['explain', 'a1.baseline', '--input', 'case.json'], {
      files,
      columns: 40,
    });
    for (const line of stdout.split('\n').filter((text) => text.trim().includes(' '))) {
      expect(line.length).toBeLessThanOrEqual(40);
    }
  });

  it('says what to do with a file of many cases', async () => {
    const { code, stderr } = await cryowatch(['explain', 'a1.baseline', '--input', 'many'], {
      files: { many: ndjson(caseFile(), caseFile()) },
    });
    expect(stderr).toContain('plan, due and check read one case a line');
    expect(code).toBe(3);
  });
});

describe('diff', () => {
  it('is text on a terminal: each line with its rule and cause', async () => {
    const { code, stdout } = await cryowatch(['diff', 'before.json', 'case.json'], {
      files,
      columns: 200,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^changed {3}a1\.baseline: .*overdue → .*completed \[baseline; the exam x1 of 2026-04-20\]$/m,
    );
    expect(stdout).toMatch(/^unchanged a1\.routine-72, /m);
    expect(stdout).toMatch(/^phase {5}awaiting-baseline → interval$/m);
    expect(stdout).toMatch(/^category {2}2 \(assumed\) → 2$/m);
  });

  it('keeps within a narrow terminal, each line under its mark', async () => {
    const { stdout } = await cryowatch(['diff', 'before.json', 'case.json'], {
      files,
      columns: 60,
    });
    for (const line of stdout.trimEnd().split('\n').slice(1)) {
      expect(line.length).toBeLessThanOrEqual(60);
      expect(line).toMatch(/^(phase|category|added|moved|changed|unchanged| {10}\S)/);
    }
  });

  it('is JSON elsewhere', async () => {
    const { stdout } = await cryowatch(['diff', 'before.json', 'case.json'], { files });
    expect(JSON.parse(stdout)).toMatchObject({
      episode: 'EP-1',
      causes: [{ kind: 'event', event: 'x1' }],
    });
  });

  it('of one case on two days', async () => {
    const { stdout } = await cryowatch(
      ['diff', 'before.json', '--as-of', '2026-02-01', '--new-as-of', '2026-06-01'],
      { files },
    );
    expect(JSON.parse(stdout).causes).toEqual([
      { kind: 'as-of', from: '2026-02-01', to: '2026-06-01' },
    ]);
  });

  it('of one case by two protocols', async () => {
    const { stdout } = await cryowatch(
      ['diff', 'before.json', '--new-protocol', 'ice3', '--output', 'text'],
      { files },
    );
    expect(stdout).toMatch(
      /^cancelled a1\.baseline: .*staged-risk-adapted 1\.0\.0 → ice3 1\.0\.0\]$/m,
    );
  });

  it('of a case with itself is nothing', async () => {
    const { stdout } = await cryowatch(['diff', 'case.json', '--output', 'text'], { files });
    expect(stdout).toMatch(/^Episode EP-1, as of 2026-06-15 → 2026-06-15\nunchanged [^\n]*\n$/);
  });

  it('of two episodes is told as such', async () => {
    const { code, stderr } = await cryowatch(['diff', 'before.json', 'other.json'], { files });
    expect(stderr).toBe(
      'cryowatch: other.json, line 4: episode.id: the plans are of different episodes (found "EP-2"; allowed: "EP-1")\n',
    );
    expect(code).toBe(3);
  });
});

describe('check', () => {
  it('counts sound and faulty cases; exit 3 with any faulty one', async () => {
    const { code, stdout, stderr } = await cryowatch(['check', 'f.ndjson'], {
      files: { 'f.ndjson': `${ndjson(caseFile(), caseFile())}x\n` },
    });
    expect(stdout).toBe('2 sound, 1 faulty\n');
    expect(stderr).toContain('f.ndjson, line 3: ');
    expect(code).toBe(3);
  });

  it('exit 0 where all are sound', async () => {
    const { code, stdout, stderr } = await cryowatch(['check', 'case.json'], { files });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '1 sound, 0 faulty\n',
      stderr: '',
    });
  });
});

describe('protocols', () => {
  const ids = [
    'staged-risk-adapted',
    'staged-from-previous-exam',
    'ice3',
    'kawamoto-2024',
    'frost',
  ];

  it('list names each with its kind, title and status', async () => {
    const { stdout } = await cryowatch(['protocols', 'list']);
    for (const id of ids) expect(stdout).toMatch(new RegExp(`^${id} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    expect(stdout.match(/Status: needs approval by a clinician/g)).toHaveLength(ids.length);
  });

  it('list --output json is data', async () => {
    const { stdout } = await cryowatch(['protocols', 'list', '--output', 'json']);
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  it.each(ids)('show %s prints a file that check finds sound', async (id) => {
    const shown = await cryowatch(['protocols', 'show', id]);
    expect(JSON.parse(shown.stdout)).toEqual(shippedProtocol(id));
    const checked = await cryowatch(['protocols', 'check', '-'], { files: { '-': shown.stdout } });
    expect(checked.code).toBe(0);
    expect(checked.stdout).toMatch(new RegExp(`^${id}: sound`));
  });

  it('a changed file changes the plan', async () => {
    const protocol = shippedProtocol('staged-risk-adapted');
    const baseline = { ...(protocol.baseline as object), targetMonths: 4, latestMonths: 5 };
    const { stdout } = await cryowatch(
      ['plan', '--ablated', '2026-01-15', '--protocol', './p.json'],
      { files: { './p.json': json({ ...protocol, id: 'mine', baseline }) } },
    );
    const plan = JSON.parse(stdout);
    expect(plan.protocol.id).toBe('mine');
    expect(plan.visits[0].target).toBe('2026-05-15');
  });

  it('check gives advice on standard error, and the protocol is sound all the same', async () => {
    const { sources, rules, ...bare } = shippedProtocol('staged-risk-adapted');
    const { code, stdout, stderr } = await cryowatch(['protocols', 'check', 'p.json'], {
      files: { 'p.json': json(bare) },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^staged-risk-adapted: sound, with 1 piece of advice\n$/);
    expect(stderr).toContain('cryowatch: p.json');
  });
});

describe('help', () => {
  const commands = [
    [],
    ['plan'],
    ['explain'],
    ['diff'],
    ['check'],
    ['protocols'],
    ['protocols', 'list'],
    ['protocols', 'show'],
    ['protocols', 'check'],
  ];

  it.each(commands.map((words) => ({ words })))('of $words goes to standard output', async (of) => {
    const { code, stdout, stderr } = await cryowatch([...of.words, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: ${['cryowatch', ...of.words].join(' ')} `);
  });

  it('keeps within 80 columns', async () => {
    for (const words of commands) {
      const { stdout } = await cryowatch([...words, '--help']);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('without a command it is a mistake of usage', async () => {
    const { code, stdout, stderr } = await cryowatch([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: cryowatch');
  });

  it('--version tells the version', async () => {
    expect(await cryowatch(['--version'])).toMatchObject({ code: 0, stdout: '0.0.0-test\n' });
  });
});

describe('text that could speak to a terminal', () => {
  const nasty = 'EP\u202E\u2066\u200F-1';
  const world = {
    files: {
      f: json(
        caseFile([{ ...exam, id: nasty }], {
          episode: { id: nasty, laterality: 'left', ablation: { date: '2026-01-15' } },
        }),
      ),
    },
    columns: 80,
    env: { NO_COLOR: '1' },
  };

  it.each([
    'plan --input f --output table',
    'plan --input f --output json',
    'plan --input f --output ndjson',
    'plan --input f --output csv',
    'plan --input f --output ics --privacy named',
    'plan --input f --output html',
    'explain a1.baseline --input f',
    'explain a1.baseline --input f --output json',
    'diff f --new-as-of 2027-01-01 --output text',
    'diff f --new-as-of 2027-01-01 --output json',
  ])('never comes out raw: %s', async (line) => {
    const { code, stdout } = await cryowatch(line.split(' '), world);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/u);
  });
});
