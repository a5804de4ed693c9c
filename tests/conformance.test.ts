import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCases } from '../scripts/conformance/case-line.ts';
import { differences } from '../scripts/conformance/compare.ts';
import { planCase } from '../scripts/conformance/own-engine.ts';
import { loadProtocol } from '../src/protocol/load-protocol.ts';

const FOLDER = new URL('./cases/', import.meta.url);
const CONTRACT = new URL('../../shared/conformance/', import.meta.url);

function read(file: string, folder: URL = FOLDER): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

const loaded = loadProtocol(JSON.parse(read('staged-risk-adapted.protocol.json')));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const protocol = loaded.value;

describe.each(['named.ndjson', 'random.ndjson'])('the plan of every case in %s', (file) => {
  it.each(readCases(read(file), file))('$name', (line) => {
    expect(differences(line.expect, planCase(line.case, protocol))).toEqual([]);
  });
});

describe.skipIf(!existsSync(CONTRACT))('the copies of the contract', () => {
  const files = existsSync(CONTRACT)
    ? readdirSync(CONTRACT).filter((file) => /\.(ndjson|json)$/.test(file))
    : [];

  it.each(files)('%s is the contract to the byte', (file) => {
    expect(read(file)).toBe(read(file, CONTRACT));
  });
});
