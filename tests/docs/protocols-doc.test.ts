import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_IDS } from '../../src/protocol/catalog.ts';
import { CERTAINTIES, protocolSchema } from '../../src/protocol/protocol-schema.ts';

const text = readFileSync(new URL('../../docs/protocols.md', import.meta.url), 'utf8');

describe('docs/protocols.md', () => {
  it.each(Object.keys(protocolSchema.shape))('explains the key %s', (key) => {
    expect(text).toMatch(new RegExp(`\`${key}[\`.]|^### ${key}$`, 'im'));
  });

  it.each(PROTOCOL_IDS)('lists the protocol %s', (id) => {
    expect(text).toContain(`| \`${id}\``);
  });

  it.each(CERTAINTIES)('names the certainty %s', (certainty) => {
    expect(text).toContain(`\`${certainty}\``);
  });
});
