import { describe, expect, it } from 'vitest';
import { type CohortCsvRow, readCohortCsv } from '../../src/input/cohort-csv.ts';
import type { TextLine } from '../../src/input/cohort-csv-records.ts';
import { SIMPLE_FIELDS } from '../../src/input/simple-case.ts';

async function rowsOf(text: string | readonly TextLine[]): Promise<CohortCsvRow[]> {
  const all = typeof text === 'string' ? text.replace(/\n$/, '').split('\n') : text;
  async function* each() {
    yield* all;
  }
  const rows: CohortCsvRow[] = [];
  for await (const row of readCohortCsv(each())) rows.push(row);
  return rows;
}

/** What each row holds, by its line; of a faulty row its problems in short. */
async function read(text: string | readonly TextLine[]) {
  return (await rowsOf(text)).map(({ line, document }) => [
    line,
    document.ok
      ? document.value
      : document.problems.map(({ path, message, found }) =>
          [path, message, found].filter((part) => (part ?? '') !== '').join(' | '),
        ),
  ]);
}

const HEAD = 'id,ablatedOn,laterality';
const ROW = { id: 'A', ablatedOn: '2026-01-15', laterality: 'left' };

describe('the columns of a cohort file', () => {
  it('are the fields of the short form', async () => {
    const names = Object.keys(SIMPLE_FIELDS);
    const cells = names.map((name) =>
      name in ROW ? ROW[name as keyof typeof ROW] : name.endsWith('ion') ? 'yes' : '1',
    );
    const [row] = await rowsOf(`${names.join(',')}\n${cells.join(',')}`);
    expect(row?.document.ok && Object.keys(row.document.value)).toEqual(names);
  });

  it.each([
    'ID,Ablated on,Laterality',
    'id,ablated_on,LATERALITY',
    '\uFEFFid,ablatedon,laterality',
    '"id","ablated-on"," laterality "',
    'id;ablatedOn;laterality',
    'id\tablatedOn\tlaterality',
    'sep=,\nid,ablatedOn,laterality',
    '\n\nid,ablatedOn,laterality',
  ])('are found in %j', async (head) => {
    const separator = [';', '\t'].find((each) => head.includes(each)) ?? ',';
    const rows = await rowsOf(`${head}\n${Object.values(ROW).join(separator)}`);
    expect(rows.map(({ document }) => document)).toEqual([{ ok: true, value: ROW }]);
    expect(rows[0]?.line).toBe(head.split('\n').length + 1);
  });

  it('an unknown one is told with what was probably meant, and no row is read', async () => {
    const [only, ...others] = await rowsOf('id,ablation_on,laterality,Grad\nA,2026-01-15,left,2');
    expect(others).toEqual([]);
    expect(only?.line).toBe(1);
    expect(only?.document.ok === false && only.document.problems).toMatchObject([
      {
        message: 'this column is not known',
        found: '"ablation_on"',
        mend: 'did you mean ablatedOn?',
      },
      { message: 'this column is not known', found: '"Grad"', mend: 'did you mean grade?' },
      { path: 'ablatedOn', message: 'this column is missing' },
    ]);
  });

  it('one that stands there twice is told with both places', async () => {
    expect(await read(`${HEAD},ID\nA,2026-01-15,left,B`)).toEqual([
      [1, ['id | columns 1 and 4 are both id | "ID"']],
    ]);
  });

  it('id, date and side are needed', async () => {
    expect(await read('grade,er\n1,positive')).toEqual([
      [
        1,
        [
          'id | this column is missing | nothing',
          'ablatedOn | this column is missing | nothing',
          'laterality | this column is missing | nothing',
        ],
      ],
    ]);
  });

  it('one without a name must stay empty', async () => {
    expect(await read(`${HEAD},,\nA,2026-01-15,left,,\nB,2026-01-15,left,x,`)).toEqual([
      [2, ROW],
      [3, ['column 4 has no name and holds something in this row']],
    ]);
  });
});

describe('the cells of a cohort file', () => {
  it('numbers and truths are turned from text, an empty cell is not recorded', async () => {
    const head = `${HEAD},biRads,tumorSizeMm,grade,lymphovascularInvasion,extensiveIntraductalComponent`;
    expect(await read(`${head}\nA,2026-01-15,left,2,12.5,,Yes,0`)).toEqual([
      [
        2,
        {
          ...ROW,
          biRads: '2',
          tumorSizeMm: 12.5,
          lymphovascularInvasion: true,
          extensiveIntraductalComponent: false,
        },
      ],
    ]);
  });

  it('a decimal comma is read between semicolons, and nowhere else', async () => {
    const row = (separator: string) =>
      ['A', '2026-01-15', 'left', '"12,5"'].join(separator).replace('"12,5"', '12,5');
    expect(await read(`id;ablatedOn;laterality;tumorSizeMm\n${row(';')}`)).toEqual([
      [2, { ...ROW, tumorSizeMm: 12.5 }],
    ]);
    expect(await read(`${HEAD},tumorSizeMm\nA,2026-01-15,left,"12,5"`)).toEqual([
      [2, ['tumorSizeMm | this is not a number | "12,5"']],
    ]);
  });

  it.each(['=1+1', '+49', '-7', '@x', '\uFF1Dx', ' =1'])(
    '%j in a text column is a formula',
    async (cell) => {
      expect(await read(`${HEAD},patientRef\nA,2026-01-15,left,${cell}`)).toEqual([
        [
          2,
          [
            `patientRef | a spreadsheet would read this cell as a formula | ${JSON.stringify(cell.trim())}`,
          ],
        ],
      ]);
    },
  );

  it('a TAB before text is a formula too', async () => {
    expect(await read(`${HEAD},patientRef\nA,2026-01-15,left,"\tcmd"`)).toEqual([
      [2, ['patientRef | a spreadsheet would read this cell as a formula | "cmd"']],
    ]);
  });

  it('a quote that guards such text is taken off', async () => {
    expect(await read(`${HEAD},patientRef\nA,2026-01-15,left,'-7`)).toEqual([
      [2, { ...ROW, patientRef: '-7' }],
    ]);
  });

  it.each([
    ['grade', '=1', 'this is not a number'],
    ['grade', '2.', 'this is not a number'],
    ['grade', '1e2', 'this is not a number'],
    ['lymphovascularInvasion', 'maybe', 'this is neither yes nor no'],
    ['lymphovascularInvasion', 'constructor', 'this is neither yes nor no'],
  ])('%s cannot be %s', async (column, cell, message) => {
    expect(await read(`${HEAD},${column}\nA,2026-01-15,left,${cell}`)).toEqual([
      [2, [`${column} | ${message} | "${cell}"`]],
    ]);
  });

  it('id, date and side are needed in each row; all that is wrong with a row is told', async () => {
    expect(await read(`${HEAD},grade\n, ,,x`)).toEqual([
      [
        2,
        [
          'id | this cell is empty | nothing',
          'ablatedOn | this cell is empty | nothing',
          'laterality | this cell is empty | nothing',
          'grade | this is not a number | "x"',
        ],
      ],
    ]);
  });
});

describe('the rows of a cohort file', () => {
  const body = (...rows: readonly string[]) => [HEAD, ...rows].join('\n');

  it('are numbered by their first line; empty ones are passed over', async () => {
    const text = body(
      'A,2026-01-15,left',
      '',
      ',,',
      '"A\n",2026-01-15,left',
      'A,2026-01-15,left,,',
    );
    expect(await read(text)).toEqual([
      [2, ROW],
      [5, ROW],
      [7, ROW],
    ]);
  });

  it('Windows line ends are line ends', async () => {
    expect(
      await read(body('A,2026-01-15,left', 'A,2026-01-15,"left"', '').replaceAll('\n', '\r\n')),
    ).toEqual([
      [2, ROW],
      [3, ROW],
    ]);
  });

  it('may hold separators, quotes and line breaks in quotes', async () => {
    const text = 'id,ablatedOn,laterality,patientRef\n"A",2026-01-15,left,"a ""b"", c\nd"';
    expect(await read(text)).toEqual([[2, { ...ROW, patientRef: 'a "b", c\nd' }]]);
  });

  it('too few and too many cells are told with their row', async () => {
    expect(await read(body('A,2026-01-15', 'A,2026-01-15,left,x', 'A,2026-01-15,left'))).toEqual([
      [2, ['the row has too few cells | 2']],
      [3, ['the row has too many cells | 4']],
      [4, ROW],
    ]);
  });

  it.each([
    ['A,2026-01-15,le"ft', 'a quote stands in the wrong place'],
    ['"A"b,2026-01-15,left', 'a quote stands in the wrong place'],
    ['"A,2026-01-15,left', 'a cell that begins with a quote does not end with one'],
  ])('a stray quote in %j spoils no other row', async (row, message) => {
    const good = 'A,2026-01-15,left';
    expect(await read(body(good, row, good, good))).toEqual([
      [2, ROW],
      [3, [message]],
      [4, ROW],
      [5, ROW],
    ]);
  });

  it('a quote that is never closed spoils no other row of many', async () => {
    const many = Array.from({ length: 5000 }, () => 'A,2026-01-15,left');
    const rows = await read(body('"A,2026-01-15,left', ...many));
    expect(rows[0]).toEqual([2, ['a cell that begins with a quote does not end with one']]);
    expect(rows.slice(1)).toEqual(many.map((_, index) => [index + 3, ROW]));
  });

  it('a line that is not text is told, also inside quotes, and the rest goes on', async () => {
    const bad = { problem: { path: '', message: 'the text is not UTF-8' } };
    const good = 'A,2026-01-15,left';
    expect(await read([HEAD, bad, good, '"A', bad, good])).toEqual([
      [2, ['the text is not UTF-8']],
      [3, ROW],
      [4, ['a cell that begins with a quote does not end with one']],
      [5, ['the text is not UTF-8']],
      [6, ROW],
    ]);
  });
});

describe('what is no cohort file', () => {
  it.each([
    ['an empty file', [], [1, ['the file is empty | nothing']]],
    ['blank lines', ['', ' '], [1, ['the file is empty | nothing']]],
    [
      'a header alone',
      [HEAD],
      [1, ['the file names its columns and holds no episode | nothing below']],
    ],
    [
      'a header and empty rows',
      [HEAD, ',,', ''],
      [1, ['the file names its columns and holds no episode | nothing below']],
    ],
    [
      'a workbook',
      ['PK\u0003\u0004\u0014\u0000'],
      [1, ['this is a spreadsheet or another archive (.xlsx, .ods, .zip), not UTF-8 text']],
    ],
    [
      'a file of old line ends',
      [`${HEAD}\rA,2026-01-15,left`],
      [1, ['the lines of the file end as those of old Macintosh programs do']],
    ],
    [
      'UTF-8 read as Latin-1',
      [`\u00EF\u00BB\u00BF${HEAD}`],
      [1, ['this is UTF-8 that is read as Latin-1']],
    ],
    [
      'bytes',
      [{ problem: { path: '', message: 'the text is not UTF-8' } }, HEAD],
      [1, ['the text is not UTF-8']],
    ],
  ])('%s says so', async (_what, lines, told) => {
    expect(await read(lines as TextLine[])).toEqual([told]);
  });

  it('a file of JSON is told by its columns', async () => {
    const [row] = await rowsOf('{"episode":{"id":"A"}}');
    expect(row?.document.ok).toBe(false);
  });
});
