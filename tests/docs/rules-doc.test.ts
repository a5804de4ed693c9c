import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulesDoc } from '../../scripts/docs/rules-text.ts';
import { RULE_IDS, RULES } from '../../src/domain/rule.ts';
import { defaultProtocol } from '../../src/protocol/catalog.ts';

describe('docs/rules.md', () => {
  const file = new URL('../../docs/rules.md', import.meta.url);

  it('is what the generator writes', () => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(rulesDoc());
  });

  it.each(RULE_IDS)('tells of %s its section, its sentence and the reason', (rule) => {
    const text = rulesDoc();
    expect(text).toContain(`### ${rule}\n\nSection ${RULES[rule].section}. ${RULES[rule].says}`);
    expect(text).toContain(defaultProtocol().rules?.[rule]?.reason);
  });

  it('links every citation to its source, with its certainty', () => {
    const text = rulesDoc();
    for (const [key, source] of Object.entries(defaultProtocol().sources ?? {})) {
      expect(text).toContain(`- [${key}](#${key}): ${source.certainty}`);
      expect(text).toContain(`### ${key}\n\n${source.citation}`);
    }
  });

  it('says so where a protocol gives no reason and cites nothing', () => {
    const { rules, sources, ...bare } = defaultProtocol();
    expect(rulesDoc(bare)).toContain(
      '### baseline\n\nSection 3.1. The baseline exam is planned at fixed months from the ablation and accepts no exam before its earliest date.\n\nThe protocol gives no reason.\n\nThe protocol cites nothing.',
    );
  });
});
