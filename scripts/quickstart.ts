import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDay } from '../src/domain/civil-date.ts';
import { dayInZone } from '../src/domain/clock.ts';
import { SAMPLE_ZONE, writeSampleEpisodes } from './quickstart/sample-episodes.ts';
import { openStage } from './quickstart/stage.ts';

/**
 * `npm run quickstart`: a store with the sample clinic, tonight's due list, the calendars. With
 * `--as-of 2026-06-15`, the sample's own day, everybody sees the same.
 */
const { values } = parseArgs({
  options: {
    'as-of': { type: 'string' },
    folder: { type: 'string', default: 'quickstart' },
  },
});
const { folder } = values;
const given = values['as-of'] === undefined ? undefined : parseDay(values['as-of']);
if (values['as-of'] !== undefined && given === undefined) {
  console.error(`--as-of: this is not a day of the calendar: ${values['as-of']}`);
  process.exit(2);
}
const stage = openStage(folder, given);

if (existsSync(stage.database)) {
  stage.say(
    `The sample clinic in ${folder}/ is there already, and is used as it is.`,
    'Remove the folder to begin anew.',
  );
} else {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const today = given ?? dayInZone(Date.now(), SAMPLE_ZONE);
  const episodes = writeSampleEpisodes(folder, today);
  stage.say(
    `A clinic of 40 invented episodes (examples/clinic/README.md), made in ${folder}/.`,
    'Its clinician "Dr. Sample" approves the protocol: in your clinic a real one has to.',
  );
  stage.run('init', '--clinic', 'SAMPLE', '--name', 'Sample breast clinic', '--zone', SAMPLE_ZONE);
  stage.run('protocol', 'approve', 'staged-risk-adapted', '--clinician', 'Dr. Sample');
  stage.run('clinic', 'closed-days', 'examples/clinic/closed-days.json');
  stage.run('episode', 'import', episodes);
  const password = join(folder, 'password.txt');
  writeFileSync(password, `${randomBytes(15).toString('base64url')}\n`, { mode: 0o600 });
  const roles = ['scheduler', 'clinician', 'administrator'].flatMap((role) => ['--role', role]);
  stage.run('user', 'add', 'demo', ...roles, '--password-file', password);
}
stage.run('due', ...stage.asOf);
stage.run('nightly', '--out', `${folder}/nightly`, ...stage.asOf);
stage.quietly('calendar', '--all', '--out', `${folder}/calendars`);
stage.say(
  'What to try next:',
  '',
  `  export CRYOWATCH_DATABASE=${stage.database}`,
  '  npx cryowatch episode show EP-2004                 the timeline of one episode, and why',
  '  npx cryowatch record EP-2004 imaging --modality MRI --birads 4B',
  '                                                     what an exam changes, at once',
  '  npx cryowatch due --bucket overdue --output csv    for a spreadsheet',
  '  npx cryowatch calendar --patient S-40132           a calendar that can be updated',
  '  npx cryowatch protocol adopt staged-from-previous-exam --dry-run',
  '                                                     needs its approval first; then: who would move',
  '',
  'In the browser: npx cryowatch serve',
  `  then http://127.0.0.1:8080, as demo with the password in ${folder}/password.txt`,
  '',
  'docs/operations.md says how a clinic runs this at night, docs/service.md how it serves the pages.',
);
