import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { fillAccess } from '../access-fixtures.ts';
import {
  act,
  approvalOf,
  day,
  entry,
  exam,
  facts,
  furnish,
  item,
  NORTH,
  newEpisode,
  SEAL,
  SECOND,
  UID_SECRET,
  value,
} from '../fixtures.ts';

/**
 * Makes a store with rows in every table, to be kept as the fixture of a schema before the next
 * migration is written: `node tests/store/children/make-fixture.ts FILE`.
 */
const [path = ''] = process.argv.slice(2);
const clinic = NORTH.id;
const ten = { clinic, episode: 10 };
const store = await furnish(
  await createStore(path, { seal: SEAL, act: act(), uidSecret: UID_SECRET }),
);
const episodes = [10, 11, 12].map((id) => newEpisode(id));
value(await store.registerEpisodes(act(), { clinic, episodes }));
value(await store.appendEvents(act(1), { ...ten, expected: 1, events: [exam('x2'), exam('x3')] }));
const revised = facts('E-10', { intent: 'curative' });
value(await store.reviseEpisode(act(2), { ...ten, expected: 2, facts: revised }));
value(await store.approveProtocol(act(3), { clinic, approval: approvalOf(SECOND) }));
value(await store.pinProtocol(act(3), { ...ten, expected: 3, protocol: SECOND }));
const items = [
  item('a1.baseline', '2026-04-01', { kind: 'baseline' }),
  item('esc.x1', '2026-07-01'),
];
value(await store.savePlans(act(4), { clinic, plans: [{ episode: 10, restsOn: 4, items }] }));
value(await store.saveCalendar(act(5), { ...ten, entries: [entry('a1.baseline')] }));
value(await store.setClinicCalendar(act(5), { clinic, document: '{"dates":["2026-12-24"]}' }));
const acknowledgement = { escalations: ['esc.x1'], reason: 'seen elsewhere' };
value(
  await store.appendEvents(act(5), {
    clinic,
    episode: 11,
    expected: 1,
    events: [exam('x2')],
    acknowledgement,
  }),
);
const night = { clinic, asOf: day('2026-03-01'), holder: 'host-a 1', leaseMs: 0 };
value(await store.startRun(act(5), night));
const { run } = value(await store.startRun(act(5), night));
const report = { digest: 'ab'.repeat(32), episodes: 3, counts: { due: 2 } };
value(await store.finishRun(act(5), { ...night, run, report }));
await fillAccess(store);
const whose = { episode: 12 };
value(await store.erasePatient(act(6), { clinic, whose, ground: 'patient-request' }));
await store.close();
