import { describe, expect, it } from 'vitest';
import { OUTPUT_FORMATS } from '../../../src/cli/output/output-formats.ts';
import { FORMATS } from '../../../src/service/case/export-plans.ts';
import { caseFile, cryowatch, json, NOON, ndjson } from '../memory-surroundings.ts';

const FLAGS = ['plan', '--ablated', '2026-01-15', '--birads', '2', '--as-of', '2026-01-20'];
const SIMPLE = [...FLAGS, '--id', 'EP-1'];
const exam = { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' };

describe('plan --output', () => {
  it('has the formats of the registry', () => {
    expect([...OUTPUT_FORMATS].sort()).toEqual(Object.keys(FORMATS).sort());
  });

  it.each(OUTPUT_FORMATS)('%s writes the plan and nothing else', async (format) => {
    const { code, stdout, stderr } = await cryowatch([...SIMPLE, '--output', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const starts = {
      table: 'Episode EP-1',
      json: '{\n  "schemaVersion": 1,',
      ndjson: '{"schemaVersion":1,',
      csv: 'episode,patient_ref,',
      ics: 'BEGIN:VCALENDAR\r\n',
      html: '<!DOCTYPE html>',
    }[format];
    expect(stdout.slice(0, starts.length).toLowerCase()).toBe(starts.toLowerCase());
  });

  it.each(OUTPUT_FORMATS)('%s: the same input gives the same bytes', async (format) => {
    const runs = [1, 2].map((day) =>
      cryowatch([...SIMPLE, '--output', format], { now: NOON * day, zone: 'Asia/Kathmandu' }),
    );
    const [first, second] = await Promise.all(runs);
    expect(first?.stdout).toBe(second?.stdout);
  });

  it('is a table on a terminal, else JSON, else a plan a line for many cases', async () => {
    const files = { one: json(caseFile()), many: ndjson(caseFile(), caseFile()) };
    const onTerminal = await cryowatch(['plan', '--input', 'one'], { files, columns: 100 });
    expect(onTerminal.stdout).toContain('VISITS');
    const piped = await cryowatch(['plan', '--input', 'one'], { files });
    expect(piped.stdout).toMatch(/^\{\n/);
    const many = await cryowatch(['plan', '--input', 'many'], { files });
    expect(many.stdout.split('\n').map((line) => line.slice(0, 1))).toEqual(['{', '{', '']);
  });

  it('json of many cases is one array', async () => {
    const { stdout } = await cryowatch(['plan', '--input', 'many', '--output', 'json'], {
      files: { many: ndjson(caseFile(), caseFile()) },
    });
    expect(JSON.parse(stdout)).toHaveLength(2);
  });

  it('csv of many cases has its head once', async () => {
    const { stdout } = await cryowatch(['plan', '--input', 'many', '--output', 'csv'], {
      files: { many: ndjson(caseFile(), caseFile()) },
    });
    expect(stdout.match(/^episode,/gm)).toHaveLength(1);
  });

  it('html shows one episode: more are a mistake of usage', async () => {
    const { code, stdout, stderr } = await cryowatch(
      ['plan', '--input', 'many', '--output', 'html'],
      { files: { many: ndjson(caseFile(), caseFile()) } },
    );
    expect(stderr).toContain('html shows one episode, and the file holds more');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('plan from flags', () => {
  it('takes every fact that the tier needs', async () => {
    const facts =
      '--laterality right --id EP-9 --patient-ref P-1 --tumor-size-mm 12.5 --focality unifocal --histology invasive-ductal --grade 2 --er positive --pr positive --her2 negative --ki67-percent 10 --extensive-intraductal-component no --lymphovascular-invasion no --nodal-status negative --minimum-margin-mm 12 --freeze-thaw-cycles 2 --endocrine-therapy taking --intent curative';
    const { code, stdout } = await cryowatch([...FLAGS, ...facts.split(' ')]);
    expect(code).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan.episode).toEqual({
      id: 'EP-9',
      patientRef: 'P-1',
      laterality: 'right',
      ablationDate: '2026-01-15',
    });
    expect(plan.tier).toBe('standard');
    expect(plan.assumptions.map(({ code: what }: { code: string }) => what)).toEqual([
      'category-assumed',
    ]);
  });

  it.each([
    ['--tumor-size-mm 21', 'size-over-20-mm'],
    ['--focality multifocal', 'not-unifocal'],
    ['--histology invasive-lobular', 'lobular-histology'],
    ['--grade 3', 'grade-3'],
    ['--her2 positive', 'her2-positive'],
    ['--er negative --pr negative --her2 negative', 'triple-negative'],
    ['--extensive-intraductal-component yes', 'extensive-intraductal-component'],
    ['--nodal-status positive', 'node-positive'],
    ['--minimum-margin-mm 4.9', 'margin-under-5-mm'],
    ['--lymphovascular-invasion yes', 'lymphovascular-invasion'],
    ['--ki67-percent 15', 'ki67-15-percent-or-more'],
    ['--freeze-thaw-cycles 1', 'single-freeze-thaw-cycle'],
    ['--endocrine-therapy declined', 'endocrine-therapy-declined'],
  ])('%s raises the tier', async (flags, factor) => {
    const { stdout } = await cryowatch([...SIMPLE, ...flags.split(' ')]);
    expect(JSON.parse(stdout).tierFactors).toEqual([factor]);
  });

  it('a category may be typed in small letters', async () => {
    const { stdout } = await cryowatch(['plan', '--ablated', '2026-01-15', '--birads', '4c']);
    expect(JSON.parse(stdout).category).toBe('4C');
  });

  it('keeps the end of the month', async () => {
    const { stdout } = await cryowatch(['plan', '--ablated', '2025-11-30']);
    const { visits } = JSON.parse(stdout);
    expect(visits[0].target).toBe('2026-02-28');
    expect(visits[1].target).toBe('2026-11-30');
  });
});

describe('plan --as-of', () => {
  const files = { 'case.json': json(caseFile()) };

  it('overrides the case, which overrides the run’s day', async () => {
    const asOf = async (...args: string[]) => {
      const { stdout } = await cryowatch(['plan', ...args], { files });
      return JSON.parse(stdout).asOf;
    };
    expect(await asOf('--ablated', '2026-01-15')).toBe('2026-06-15');
    expect(await asOf('--input', 'case.json')).toBe('2026-06-15');
    expect(await asOf('--input', 'case.json', '--as-of', '2026-09-01')).toBe('2026-09-01');
  });

  it.each([
    ['Pacific/Kiritimati', '2026-06-16'],
    ['UTC', '2026-06-15'],
    ['America/Los_Angeles', '2026-06-15'],
    ['', '2026-06-15'],
    ['No/Such', '2026-06-15'],
  ])('the run’s day at noon UTC in %j is %s', async (zone, day) => {
    const { stdout } = await cryowatch(['plan', '--ablated', '2026-01-15'], { zone });
    expect(JSON.parse(stdout).asOf).toBe(day);
  });
});

describe('plan --input', () => {
  const plans = (stdout: string) =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  it.each([
    ['a bare case', caseFile([exam])],
    ['a case under "case"', { name: 'some', case: caseFile([exam]), expect: {} }],
    ['the short form', { ablatedOn: '2026-01-15', biRads: '2' }],
  ])('reads %s, alone or as a line', async (_what, document) => {
    const whole = await cryowatch(['plan', '--input', 'f'], { files: { f: json(document) } });
    const line = await cryowatch(['plan', '--input', 'f'], {
      files: { f: ndjson(document, document) },
    });
    expect(whole.code).toBe(0);
    expect(plans(line.stdout)).toEqual([JSON.parse(whole.stdout), JSON.parse(whole.stdout)]);
  });

  it('reads standard input as -', async () => {
    const { code, stdout } = await cryowatch(['plan', '--input', '-'], {
      files: { '-': json(caseFile()) },
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).episode.id).toBe('EP-1');
  });

  it('passes over a byte order mark', async () => {
    for (const text of [json(caseFile()), ndjson(caseFile())]) {
      const { code } = await cryowatch(['plan', '--input', 'f'], {
        files: { f: `\uFEFF${text}` },
      });
      expect(code).toBe(0);
    }
  });

  it('passes over blank lines, first ones too', async () => {
    const { code, stdout } = await cryowatch(['plan', '--input', 'f'], {
      files: { f: `\n\n${ndjson(caseFile())}\n${ndjson(caseFile())}` },
    });
    expect(code).toBe(0);
    expect(plans(stdout)).toHaveLength(2);
  });

  it('tells a bad line by its number and goes on; exit 8', async () => {
    const lines = ['{"episode":', JSON.stringify(caseFile()), 'x', '', JSON.stringify(caseFile())];
    const { code, stdout, stderr } = await cryowatch(['plan', '--input', 'f.ndjson'], {
      files: { 'f.ndjson': lines.join('\n') },
    });
    expect(stderr.split('\n').map((line) => line.slice(0, 45))).toEqual([
      'cryowatch: f.ndjson, line 1: this is not JSON',
      'cryowatch: f.ndjson, line 3: this is not JSON',
      '',
    ]);
    expect(stderr).toContain('Unexpected character at line 3, column 1');
    expect(plans(stdout)).toHaveLength(2);
    expect(code).toBe(8);
  });

  it('tells a bad first line where only the lines behind it show what the file holds', async () => {
    const { code, stdout, stderr } = await cryowatch(['plan', '--input', '-'], {
      files: { '-': `{"episode": {"id\n${ndjson(caseFile(), caseFile())}` },
    });
    expect(stderr).toContain('cryowatch: standard input, line 1: this is not JSON');
    expect(plans(stdout)).toHaveLength(2);
    expect(code).toBe(8);
  });

  it('tells a truncated last line', async () => {
    const { code, stdout, stderr } = await cryowatch(['plan', '--input', 'f'], {
      files: { f: `${ndjson(caseFile(), caseFile())}{"episode":{"id":"E` },
    });
    expect(stderr).toContain('f, line 3: this is not JSON: Unterminated string at line 3');
    expect(plans(stdout)).toHaveLength(2);
    expect(code).toBe(8);
  });

  it('tells a line that is not UTF-8 and goes on', async () => {
    const problem = { path: '', message: 'the text is not UTF-8' };
    const { code, stdout, stderr } = await cryowatch(['plan', '--input', 'f.ndjson'], {
      files: { 'f.ndjson': [JSON.stringify(caseFile()), { problem }, JSON.stringify(caseFile())] },
    });
    expect(stderr).toBe('cryowatch: f.ndjson, line 2: the text is not UTF-8\n');
    expect(plans(stdout)).toHaveLength(2);
    expect(code).toBe(8);
  });

  it('all lines bad: exit 3 and nothing on standard output', async () => {
    const { code, stdout, stderr } = await cryowatch(['plan', '--input', 'f.ndjson'], {
      files: { 'f.ndjson': 'x\ny\n' },
    });
    expect(stderr.split('\n')).toHaveLength(3);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  it('a document whose second line is an object is still one document', async () => {
    const text = `{"asOf":"2026-06-15","episode":\n${JSON.stringify(caseFile().episode)}\n,"events":[]}`;
    const { code, stdout } = await cryowatch(['plan', '--input', 'f'], { files: { f: text } });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).episode.id).toBe('EP-1');
  });
});

describe('plan --out', () => {
  it('puts the file in place and writes nothing on standard output', async () => {
    const { stdout, written } = await cryowatch([...SIMPLE, '--out', 'plan.json'], {
      columns: 100,
    });
    expect(stdout).toBe('');
    expect(JSON.parse(written.get('plan.json') ?? '').episode.id).toBe('EP-1');
  });

  it('does not depend on the terminal', async () => {
    const text = async (columns?: number) => {
      const world = columns === undefined ? {} : { columns };
      const args = [...SIMPLE, '--output', 'table', '--out', 'f'];
      return (await cryowatch(args, world)).written.get('f');
    };
    expect(await text(40)).toBe(await text());
    expect(await text()).not.toContain('\u001B');
  });

  it('leaves nothing behind where no case could be planned', async () => {
    const { code, written, abandoned } = await cryowatch(
      ['plan', '--input', 'f.ndjson', '--out', 'plans.ndjson'],
      { files: { 'f.ndjson': 'x\n' } },
    );
    expect(code).toBe(3);
    expect(written.size).toBe(0);
    expect(abandoned).toEqual(['plans.ndjson']);
  });

  it('keeps the good plans where some lines are bad', async () => {
    const { code, written } = await cryowatch(
      ['plan', '--input', 'f.ndjson', '--out', 'plans.ndjson'],
      { files: { 'f.ndjson': `x\n${ndjson(caseFile())}` } },
    );
    expect(code).toBe(8);
    expect(written.get('plans.ndjson')).toMatch(/^\{.*\}\n$/);
  });
});

describe('colour', () => {
  const coloured = (world: object) => cryowatch([...SIMPLE, '--output', 'table'], world);

  it('is for a terminal alone', async () => {
    expect((await coloured({ columns: 80 })).stdout).toContain('\u001B[');
    expect((await coloured({})).stdout).not.toContain('\u001B');
  });

  it('is left out with NO_COLOR, unless that is empty', async () => {
    expect((await coloured({ columns: 80, env: { NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001B',
    );
    expect((await coloured({ columns: 80, env: { NO_COLOR: '' } })).stdout).toContain('\u001B[');
  });
});

describe('progress', () => {
  const many = ndjson(...Array.from({ length: 10 }, () => caseFile()));
  const args = ['plan', '--input', 'f.ndjson', '--output', 'ndjson'];
  const world = { files: { 'f.ndjson': many }, tick: 200 };

  const CLEAR = '\r\u001B[K';
  const cleared = CLEAR.replace('[', '\\[');
  const progressOnly = new RegExp(`^(${cleared}\\d+ cases, \\d+ %)+${cleared}$`);

  it('is one line on standard error that is cleared at the end', async () => {
    const { stderr, stdout } = await cryowatch(args, { ...world, columns: 80, piped: true });
    expect(stderr).toMatch(progressOnly);
    expect(stdout).not.toContain('cases,');
  });

  it('gives way to a message', async () => {
    const { stderr } = await cryowatch(args, {
      ...world,
      files: { 'f.ndjson': `${many}x\n${many}` },
      columns: 80,
      piped: true,
    });
    expect(stderr).toContain(`${CLEAR}cryowatch: f.ndjson, line 11`);
  });

  it.each([
    ['without a terminal', {}],
    ['where the plans go to the same terminal', { columns: 80 }],
  ])('is left out %s', async (_where, more) => {
    expect((await cryowatch(args, { ...world, ...more })).stderr).toBe('');
  });
});

describe('plan --output ics', () => {
  const uids = (text: string) => text.match(/^UID:.*$/gm);
  const ics = async (args: string[], files: Record<string, string> = {}) =>
    (await cryowatch([...SIMPLE, '--output', 'ics', ...args], { files })).stdout;

  it('makes UIDs with the secret of a file', async () => {
    const files = { key: 'a secret of some length\n', other: 'another secret of some length' };
    const plain = uids(await ics([]));
    const keyed = uids(await ics(['--uid-key-file', 'key'], files));
    expect(keyed).toHaveLength(plain?.length ?? 0);
    expect(keyed).not.toEqual(plain);
    expect(uids(await ics(['--uid-key-file', 'key'], files))).toEqual(keyed);
    expect(uids(await ics(['--uid-key-file', 'other'], files))).not.toEqual(keyed);
  });

  it('takes the revision stamp from --stamp', async () => {
    expect(await ics(['--stamp', '2026-02-03T04:05:06Z'])).toContain('DTSTAMP:20260203T040506Z');
    expect(await ics(['--stamp', '2026-02-03T04:05+02:00'])).toContain('DTSTAMP:20260203T020500Z');
  });

  it('says that cases without an id may share their UIDs', async () => {
    const { code, stderr } = await cryowatch([...FLAGS, '--output', 'ics']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^cryowatch: without --id, .*\n$/);
  });

  it('has alarms unless --no-alarms', async () => {
    expect(await ics([])).toContain('BEGIN:VALARM');
    expect(await ics(['--no-alarms'])).not.toContain('BEGIN:VALARM');
  });

  it('tells the reason only where the privacy level allows it', async () => {
    const minimal = await ics(['--patient-ref', 'P-4711']);
    expect(minimal).toBe(await ics(['--patient-ref', 'P-4711', '--privacy', 'minimal']));
    expect(minimal).not.toContain('P-4711');
    expect(await ics(['--patient-ref', 'P-4711', '--privacy', 'named'])).toContain('P-4711');
  });
});
