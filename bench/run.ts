import { parseArgs } from 'node:util';
import { calendarRows } from './calendar.ts';
import { cohortRows } from './cohort.ts';
import { httpRows } from './http.ts';
import { planRows } from './plan.ts';
import { type Row, tableText } from './row.ts';
import { startRows } from './start.ts';

const PARTS: Readonly<Record<string, (quick: boolean) => Row[] | Promise<Row[]>>> = {
  plan: planRows,
  calendar: calendarRows,
  start: startRows,
  http: httpRows,
};

/** Episodes of `npm run bench -- cohort` where no number is given. */
const EPISODES = 20_000;

/** `npm run bench -- [plan|calendar|start|http …] [--quick]`: measures and prints ratios to floors. */
async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [first, episodes = EPISODES] = positionals;
  const rows =
    first === 'cohort' && /^[1-9]\d{0,7}$/.test(String(episodes)) && positionals.length <= 2
      ? await cohortRows(values.quick, Number(episodes))
      : await rowsOfParts(positionals, values.quick);
  if (rows === null) return 2;
  if (values.quick) process.stdout.write('Quick: one round each. These figures mean nothing.\n\n');
  process.stdout.write(tableText(rows));
  return 0;
}

async function rowsOfParts(names: readonly string[], quick: boolean): Promise<Row[] | null> {
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    const parts = Object.keys(PARTS).join(', ');
    process.stderr.write(
      `bench: no part ${unknown}; there are ${parts}; or cohort with a number of episodes\n`,
    );
    return null;
  }
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (names.length === 0 || names.includes(name)) rows.push(...(await part(quick)));
  }
  return rows;
}

process.exitCode = await run(process.argv.slice(2));
