import { describe, expect, it } from 'vitest';
import { caseFile, cryowatch, json, ndjson, shippedProtocol } from './memory-surroundings.ts';

const exam = { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' };
const decline = { id: 'd1', type: 'decline', date: '2026-04-20', visit: 'a1.baseline' };

interface BadCase {
  readonly what: string;
  readonly document: unknown;
  /** The whole message behind the file's name. */
  readonly says: string;
}

/** Every fault of a case file that is refused, with the line of the field. */
const REFUSED: readonly BadCase[] = [
  {
    what: 'not a date',
    document: caseFile([{ ...exam, date: '20.04.2026' }]),
    says: 'line 14: events[0].date: this is not a date (found "20.04.2026"; allowed: a day of the calendar as YYYY-MM-DD, 2026-01-15 say)',
  },
  {
    what: '30 February',
    document: caseFile([{ ...exam, date: '2026-02-30' }]),
    says: 'line 14: events[0].date: this day does not exist in the calendar (found "2026-02-30"; allowed: a day of the calendar as YYYY-MM-DD, 2026-01-15 say)',
  },
  {
    what: 'an ablation before 1990',
    document: caseFile([], {
      episode: { id: 'EP-1', laterality: 'left', ablation: { date: '1926-01-15' } },
    }),
    says: 'line 7: episode.ablation.date: an ablation before 1990 is not plausible (found "1926-01-15"; allowed: a date from 1990-01-01 on; check the year)',
  },
  {
    what: 'an unknown category',
    document: caseFile([{ ...exam, biRads: '4D' }]),
    says: 'line 16: events[0].biRads: the value is not allowed (found "4D"; allowed: 0, 1, 2, 3, 4, 4A, 4B, 4C, 5, 6',
  },
  {
    what: 'a repeat ablation dated before the first',
    document: caseFile([{ id: 'a2', type: 'ablation', date: '2025-12-31' }]),
    says: 'line 14: events[0].date: a repeat ablation is dated before the first one (found 2025-12-31; allowed: a date from 2026-01-15 on; the earliest ablation belongs in episode.ablation)',
  },
  {
    what: 'duplicate event ids',
    document: caseFile([exam, { ...exam, date: '2026-05-01' }]),
    says: 'line 19: events[1].id: two events have the same id (found "x1"; allowed: an id that no other event of the case has)',
  },
  {
    what: 'a correction of nothing',
    document: caseFile([
      exam,
      { id: 'c1', type: 'correction', date: '2026-05-01', of: 'x2', reason: 'typing error' },
    ]),
    says: 'line 22: events[1].of: the corrected event is not in the case (found "x2"; allowed: one of x1; did you mean x1?)',
  },
  {
    what: 'a correction of itself',
    document: caseFile([
      { id: 'c1', type: 'correction', date: '2026-05-01', of: 'c1', reason: 'typing error' },
    ]),
    says: 'line 15: events[0].of: a correction cannot take back itself (found "c1"; allowed: the id of another event)',
  },
  {
    what: 'an unknown visit key',
    document: caseFile([{ ...decline, visit: 'baseline', reason: 'ill' }]),
    says: 'line 15: events[0].visit: this is not a visit key (found "baseline"; allowed: a<course>.baseline, a<course>.interval-<number> or a<course>.<lane>-<months>, a1.baseline say)',
  },
  {
    what: 'an unknown key',
    document: caseFile([{ ...exam, birads: '2' }]),
    says: 'line 17: events[0].birads: this field is not known (found "birads"; allowed: type, id, date, modality, laterality, quality, biRads, findings; did you mean biRads?)',
  },
  {
    what: 'a missing field, at what should hold it',
    document: caseFile([decline]),
    says: 'line 11: events[0].reason: this field is missing (found nothing; allowed: string)',
  },
  {
    what: 'a NUL in an id',
    document: caseFile([{ ...exam, id: 'x\u00001' }]),
    says: 'line 12: events[0].id: the text holds control characters (found "x\\u00001"; allowed: text on one line, without NUL, line breaks or other control characters)',
  },
  {
    what: 'a list instead of a case',
    document: [caseFile()],
    says: 'this is not a case file (found [',
  },
  {
    what: 'a document of another kind',
    document: { hello: 'world' },
    says: 'episode: this field is missing (found nothing; allowed: object)',
  },
];

describe('a case that is refused', () => {
  it.each(REFUSED)('$what: file, line, field, found, allowed; exit 3', async (bad) => {
    for (const args of [
      ['plan', '--input', 'case.json'],
      ['explain', 'a1.baseline', '--input', 'case.json'],
      ['diff', 'case.json'],
      ['check', 'case.json'],
    ]) {
      const { code, stdout, stderr } = await cryowatch(args, {
        files: { 'case.json': json(bad.document) },
      });
      expect(stderr).toContain(`case.json${bad.says.startsWith('line') ? ', ' : ': '}${bad.says}`);
      expect(stderr).toMatch(/^cryowatch: /);
      expect(code).toBe(3);
      expect(stdout).toBe(args[0] === 'check' ? '0 sound, 1 faulty\n' : '');
    }
  });

  it.each(REFUSED)('$what: one bad line of many, told by its number; exit 8', async (bad) => {
    const { code, stdout, stderr } = await cryowatch(['plan', '--input', 'cases.ndjson'], {
      files: { 'cases.ndjson': ndjson(caseFile(), bad.document, caseFile()) },
    });
    expect(stderr).toContain(`cases.ndjson, line 2: ${bad.says.replace(/^line \d+: /, '')}`);
    expect(stdout.match(/\n/g)).toHaveLength(2);
    expect(code).toBe(8);
  });
});

/** What is odd but planned, with the code of its warning. */
const WARNED = [
  {
    what: 'an ablation in the future',
    document: caseFile([], { asOf: '2026-01-14' }),
    code: 'ablation-in-future',
  },
  {
    what: 'an event before the ablation',
    document: caseFile([{ ...exam, date: '2025-11-03' }]),
    code: null,
  },
  {
    what: 'a visit that the plan does not have',
    document: caseFile([{ ...decline, visit: 'a7.interval-3', reason: 'ill' }]),
    code: 'decline-without-effect',
  },
] as const;

describe('a case that is planned with a warning', () => {
  it.each(WARNED)('$what', async ({ document, code }) => {
    const run = await cryowatch(['plan', '--input', 'case.json'], {
      files: { 'case.json': json(document) },
    });
    expect(run.code).toBe(0);
    expect(run.stderr).toBe('');
    const { warnings, exams } = JSON.parse(run.stdout);
    if (code !== null) expect(warnings).toContainEqual(expect.objectContaining({ code }));
    else expect(exams).toContainEqual(expect.objectContaining({ verdict: 'before-ablation' }));
  });
});

interface BadText {
  readonly what: string;
  readonly text: string;
  readonly says: string;
}

const NOT_JSON: readonly BadText[] = [
  { what: 'an empty file', text: '', says: 'the text is empty (found nothing; allowed: JSON)' },
  {
    what: 'only white space',
    text: ' \n\n\t\n',
    says: 'the text is empty (found nothing; allowed: JSON)',
  },
  {
    what: 'a NUL byte',
    text: '{\n  "asOf": "2026\u0000"\n}',
    says: 'this is not JSON: Bad control character in string literal at line 2, column 16 (allowed: JSON (RFC 8259))',
  },
  {
    what: 'a truncated file',
    text: '{\n  "asOf": "2026-01-01",\n  "episode": {',
    says: "this is not JSON: Expected property name or '}' at line 3, column 15 (allowed: JSON (RFC 8259))",
  },
  {
    what: 'text of another kind',
    text: 'episode,date\nEP-1,2026-01-15\n',
    says: 'this is not JSON: Unexpected character at line 1, column 1 (allowed: JSON (RFC 8259))',
  },
];

describe('a file that holds no JSON', () => {
  it.each(NOT_JSON)('$what: where and why; exit 3', async ({ text, says }) => {
    for (const args of [
      ['plan', '--input', 'f'],
      ['explain', 'a1.baseline', '--input', 'f'],
      ['diff', 'f'],
      ['check', 'f'],
      ['protocols', 'check', 'f'],
    ]) {
      const { code, stderr } = await cryowatch(args, { files: { f: text } });
      expect(stderr).toContain(`cryowatch: f: ${says}`);
      expect(code).toBe(3);
    }
  });

  it('that is not UTF-8: with the line; exit 3', async () => {
    const problem = { path: '', message: 'the text is not UTF-8' };
    const { code, stderr } = await cryowatch(['plan', '--input', 'f.json'], {
      files: { 'f.json': ['{', { problem }, '}'] },
    });
    expect(stderr).toBe('cryowatch: f.json, line 2: the text is not UTF-8\n');
    expect(code).toBe(3);
  });

  it('of many lines without a case: exit 3', async () => {
    for (const command of [['plan', '--input'], ['check']]) {
      const { code, stderr } = await cryowatch([...command, 'f.ndjson'], {
        files: { 'f.ndjson': '\n  \n' },
      });
      expect(stderr).toBe(
        'cryowatch: f.ndjson: the file holds no case (allowed: one case as JSON, or one case a line)\n',
      );
      expect(code).toBe(3);
    }
  });
});

describe('a file that is not there', () => {
  it.each([
    [['plan', '--input', 'nowhere.json']],
    [['explain', 'a1.baseline', '--input', 'nowhere.json']],
    [['diff', 'nowhere.json']],
    [['check', 'nowhere.json']],
    [['protocols', 'check', 'nowhere.json']],
    [['protocols', 'show', 'nowhere.json']],
    [['plan', '--ablated', '2026-01-15', '--protocol', 'nowhere.json']],
    [['plan', '--ablated', '2026-01-15', '--uid-key-file', 'nowhere.json']],
  ])('%j: exit 5', async (args) => {
    const { code, stdout, stderr } = await cryowatch(args);
    expect(stderr).toBe('cryowatch: nowhere.json: no such file\n');
    expect(stdout).toBe('');
    expect(code).toBe(5);
  });
});

describe('a protocol that is refused', () => {
  it('unknown id: did you mean; exit 5', async () => {
    for (const args of [
      ['plan', '--ablated', '2026-01-15', '--protocol', 'staged-risk-adpted'],
      ['protocols', 'show', 'staged-risk-adpted'],
    ]) {
      const { code, stderr } = await cryowatch(args);
      expect(stderr).toContain('there is no protocol of this id (found "staged-risk-adpted"');
      expect(stderr).toContain('did you mean staged-risk-adapted?');
      expect(code).toBe(5);
    }
  });

  it('newer format: both versions and what to do; exit 3', async () => {
    const files = { 'p.json': json({ ...shippedProtocol('ice3'), schemaVersion: 2 }) };
    for (const args of [
      ['plan', '--ablated', '2026-01-15', '--protocol', 'p.json'],
      ['protocols', 'check', 'p.json'],
    ]) {
      const { code, stderr } = await cryowatch(args, { files });
      expect(stderr).toBe(
        'cryowatch: p.json, line 2: schemaVersion: the protocol file has a newer format than this release reads (found 2; allowed: 1; install a newer cryowatch)\n',
      );
      expect(code).toBe(3);
    }
  });

  it('unknown key: did you mean; exit 3', async () => {
    const { code, stderr } = await cryowatch(['protocols', 'check', 'p.json'], {
      files: { 'p.json': json({ ...shippedProtocol('ice3'), hrizonMonths: 60 }) },
    });
    expect(stderr).toContain('hrizonMonths: this field is not known');
    expect(stderr).toContain('did you mean horizonMonths?');
    expect(code).toBe(3);
  });
});

interface BadFlag {
  readonly args: readonly string[];
  readonly says: string;
  readonly code: number;
}

const BAD_FLAGS: readonly BadFlag[] = [
  {
    args: ['--ablated', '2026-02-30'],
    says: '--ablated: this day does not exist in the calendar (found "2026-02-30"',
    code: 3,
  },
  {
    args: ['--ablated', '1989-12-31'],
    says: '--ablated: an ablation before 1990 is not plausible',
    code: 3,
  },
  {
    args: ['--ablated', '2026-01-15', '--birads', '4d'],
    says: '--birads: the value is not allowed (found "4D"; allowed: 0, 1, 2, 3, 4, 4A, 4B, 4C, 5, 6',
    code: 3,
  },
  {
    args: ['--ablated', '2026-01-15', '--tumor-size-mm', 'big'],
    says: '--tumor-size-mm: the value has the wrong type (found "big"; allowed: number)',
    code: 3,
  },
  {
    args: ['--ablated', '2026-01-15', '--focality', 'unifokal'],
    says: 'did you mean unifocal?',
    code: 3,
  },
  {
    args: ['--ablated', '2026-01-15', '--lymphovascular-invasion', 'maybe'],
    says: '--lymphovascular-invasion: the value has the wrong type (found "maybe"; allowed: boolean)',
    code: 3,
  },
  {
    args: ['--birads', '2'],
    says: '--ablated: the date of the ablation is missing (found nothing; allowed: YYYY-MM-DD)',
    code: 2,
  },
  { args: [], says: 'there is nothing to plan', code: 2 },
  {
    args: ['--ablated', '2026-01-15', '--input', 'f'],
    says: '--input: a case comes from a file or from flags, not from both',
    code: 2,
  },
  {
    args: ['--ablated', '2026-01-15', '--as-of', '2026-13-01'],
    says: '--as-of: this is not a day of the calendar (found "2026-13-01"; allowed: YYYY-MM-DD, 2026-01-15 say)',
    code: 2,
  },
  {
    args: ['--ablated', '2026-01-15', '--stamp', '2026-01-15'],
    says: '--stamp: this is not an instant (found "2026-01-15"',
    code: 2,
  },
  { args: ['--ablatd', '2026-01-15'], says: '(Did you mean --ablated?)', code: 2 },
  { args: ['--ablated'], says: "option '--ablated <date>' argument missing", code: 2 },
  {
    args: ['--ablated', '2026-01-15', '--output', 'jsn'],
    says: 'Allowed choices are table, json, ndjson, csv, ics, html.\n(Did you mean json?)',
    code: 2,
  },
  { args: ['--ablated', '2026-01-15', '--output', 'yaml'], says: 'Allowed choices are', code: 2 },
  { args: ['--ablated', '2026-01-15', 'extra'], says: 'too many arguments', code: 2 },
];

describe('a flag that is refused', () => {
  it.each(BAD_FLAGS)('plan $args: exit $code', async ({ args, says, code }) => {
    const run = await cryowatch(['plan', ...args], { files: { f: '{}' } });
    expect(run.stderr).toContain(says);
    expect(run.stderr).toMatch(/^cryowatch: /);
    expect(run.stdout).toBe('');
    expect(run.code).toBe(code);
  });

  it('unknown command: did you mean; exit 2', async () => {
    const { code, stderr } = await cryowatch(['pln']);
    expect(stderr).toContain("cryowatch: unknown command 'pln'\n(Did you mean plan?)");
    expect(code).toBe(2);
  });

  it('unknown command of protocols: did you mean; exit 2', async () => {
    const { code, stderr } = await cryowatch(['protocols', 'lst']);
    expect(stderr).toContain('(Did you mean list?)');
    expect(code).toBe(2);
  });

  it('standard input for both sides of a difference: exit 2', async () => {
    const { code, stderr } = await cryowatch(['diff', '-', '-'], {
      files: { '-': json(caseFile()) },
    });
    expect(stderr).toContain('standard input can be read only once');
    expect(code).toBe(2);
  });

  it('a secret for UIDs that is too short: exit 3, and the secret is not told', async () => {
    const { code, stderr } = await cryowatch(
      ['plan', '--ablated', '2026-01-15', '--output', 'ics', '--uid-key-file', 'key'],
      { files: { key: 'hunter2\n' } },
    );
    expect(stderr).toBe(
      'cryowatch: key: the secret is too short (found 7 characters; allowed: at least 16 characters)\n',
    );
    expect(code).toBe(3);
  });

  it('what was typed cannot reach the controls of the terminal', async () => {
    const nasty = '\u001B[31m\u202E\u0007';
    for (const args of [
      ['plan', '--ablated', nasty],
      ['plan', `--${nasty}`],
      ['plan', '--input', nasty],
      ['plan', '--ablated', '2026-01-15', '--protocol', nasty],
      ['explain', nasty, '--input', 'f'],
      [nasty],
    ]) {
      const { stderr } = await cryowatch(args, { files: { f: json(caseFile()) } });
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    }
  });
});

describe('many problems', () => {
  it('are told twenty at a time', async () => {
    const events = Array.from({ length: 30 }, (_, n) => ({ ...exam, id: `x${n}`, biRads: '9' }));
    const { stderr } = await cryowatch(['plan', '--input', 'f'], {
      files: { f: json(caseFile(events)) },
    });
    expect(stderr.split('\n').filter((line) => line.includes('biRads'))).toHaveLength(20);
    expect(stderr).toMatch(/cryowatch: … and 10 more problems there\n$/);
  });
});
