import { writeSync } from 'node:fs';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { act, exam, NORTH, SEAL } from '../fixtures.ts';

/**
 * Appends one event after the other to an episode and prints its id when it was acknowledged; starts
 * again from the version it is told when another writer was quicker. Arguments: file, episode, name
 * of the writer, how many (0: until it is killed).
 */
const [path = '', episodeText, writer = 'w', countText] = process.argv.slice(2);
const scope = { clinic: NORTH.id, episode: Number(episodeText) };
const count = Number(countText) || Number.MAX_SAFE_INTEGER;
const store = await openStore(path, { seal: SEAL, act: act() });
const loaded = await store.loadCase(scope);
let expected = loaded.outcome === 'ok' ? loaded.value.version : 0;
for (let n = expected, done = 0; done < count; n += 1) {
  const id = `${writer}-${n}`;
  const result = await store.appendEvents(act(), { ...scope, expected, events: [exam(id)] });
  if (result.outcome === 'ok') {
    done += 1;
    expected = result.value.version;
    writeSync(1, `${id}\n`);
  } else if (result.outcome === 'conflict') {
    expected = result.version;
  } else {
    throw new Error(JSON.stringify(result));
  }
}
await store.close();
