import { expect, test } from 'vitest';
import { clinicStore } from './clinic-store.ts';
import { json } from './memory-surroundings.ts';
import { laterProtocol } from './registered.ts';

/** Turns the direction of what follows, so that `EP-1` is read as `1-PE`. */
const TURN = '\u202e';
const EPISODE = `${TURN}EP-1\u2066`;
const FILES = {
  'case.json': json({
    episode: {
      id: EPISODE,
      patientRef: `P-${TURN}ADA`,
      laterality: 'left',
      ablation: { date: '2026-01-15', device: `probe${TURN}` },
    },
    events: [
      { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' },
      { id: `x2${TURN}`, type: 'imaging', date: '2026-06-01', modality: 'US', biRads: '4B' },
    ],
  }),
  'later.json': json(laterProtocol('9.0.0')),
};

/** Command lines with their exit code, in this order on one store. */
const LINES: readonly (readonly [code: number, ...line: string[]])[] = [
  [0, 'init', '--clinic', 'WEST', '--name', `W${TURN}`, '--zone', 'UTC', '-d', 'NEW'],
  [0, 'episode', 'add', '--input', 'case.json'],
  [3, 'episode', 'add', '--input', 'case.json'],
  [0, 'episode', 'add', '--id', TURN, '--ablated', '2026-02-01', '--laterality', 'left'],
  [0, 'episode', 'list'],
  [0, 'episode', 'list', '-o', 'ndjson'],
  [0, 'episode', 'show', EPISODE],
  [5, 'episode', 'show', `${TURN}none`],
  [0, 'episode', 'plan', EPISODE],
  [0, 'episode', 'explain', EPISODE, 'a1.interval-1'],
  [5, 'episode', 'explain', EPISODE, TURN],
  [0, 'episode', 'export'],
  [0, 'episode', 'update', EPISODE, '--tumor-size-mm', '12'],
  [0, 'episode', 'update', EPISODE, '--tumor-size-mm', '12'],
  [0, 'record', EPISODE, 'contact', '--method', 'letter', '--outcome', 'sent', '--note', TURN],
  [3, 'record', EPISODE, 'decline', '--visit', TURN, '--reason', 'x'],
  [0, 'due'],
  [0, 'due', '-o', 'ndjson'],
  [0, 'nightly', '--out', 'lists'],
  [0, 'status'],
  [0, 'calendar', '--all', '--out', 'calendars'],
  [5, 'calendar', '--clinic', TURN],
  [0, 'protocol', 'approve', 'later.json', '--clinician', `Dr. ${TURN}Lee`],
  [0, 'protocol', 'list'],
  [0, 'protocol', 'adopt', 'staged-risk-adapted', '--dry-run'],
  [0, 'protocol', 'adopt', 'staged-risk-adapted', '--dry-run', '-o', 'ndjson'],
  [0, 'protocol', 'adopt', 'staged-risk-adapted', '--dry-run', '-o', 'json'],
  [0, 'audit', 'list', '--episode', EPISODE],
  [5, 'erase', '--episode', `${TURN}none`, '--ground', 'patient-request'],
  [0, 'clinic', 'add', 'south', '--name', `S${TURN}outh`, '--zone', 'UTC'],
  [0, 'clinic', 'list'],
];

test('no command turns text around on a terminal, whatever stands in ids, references and names', async () => {
  const store = await clinicStore();
  const told = [];
  for (const [expected, ...words] of LINES) {
    const line = words.map((word) => (word === 'NEW' ? `${store.folder}/new.db` : word));
    const run = await store.run(line, { files: FILES, columns: 100 });
    const turns = /\p{Bidi_Control}/u.test(`${run.stdout}${run.stderr}`);
    told.push({ line: shown(words.join(' ')), expected, code: run.code, turns });
  }
  expect(told.filter(({ code, expected, turns }) => turns || code !== expected)).toEqual([]);
});

/** The report of this test is read on a terminal too. */
function shown(text: string): string {
  return text.replace(/\p{Bidi_Control}/gu, '?');
}
