import { describe, expect, test } from 'vitest';
import { withEventIds } from '../../../src/service/episode/event-ids.ts';
import { day, exam } from '../../store/fixtures.ts';

const NEW = { type: 'imaging', date: '2026-05-02' };

function idsOf(documents: readonly unknown[]) {
  return documents.map((document) => (document as { id?: unknown }).id);
}

describe('ids of events', () => {
  test('are numbers behind those of the episode, which stay in order beyond nine', () => {
    const recorded = Array.from({ length: 8 }, (_, index) => exam(`x${index}`));
    expect(idsOf(withEventIds([NEW, NEW, NEW], recorded))).toEqual(['e0009', 'e0010', 'e0011']);
  });

  test('pass over those that are taken, in the store or in the same recording', () => {
    const given = { ...NEW, id: 'e0003', date: '2026-05-01' };
    expect(idsOf(withEventIds([NEW, given], [exam('e0002', '2026-01-01')]))).toEqual([
      'e0004',
      'e0003',
    ]);
  });

  test('come behind every id of the same day and type, so that the last one recorded counts last', () => {
    const recorded = [exam('x1', '2026-05-02')];
    expect(idsOf(withEventIds([NEW, NEW], recorded))).toEqual(['x1-2', 'x1-2-2']);
    const others = [
      exam('x1', '2026-05-01'),
      { ...exam('x2'), type: 'surgery' as const, date: day('2026-05-02') },
    ];
    expect(idsOf(withEventIds([NEW], others))).toEqual(['e0003']);
  });

  test('are left alone where they are given, and what is no event stays as it is', () => {
    const documents = [{ ...NEW, id: 'mine' }, null, 'text', [1]];
    expect(withEventIds(documents, [])).toEqual(documents);
  });

  test('are added to a copy', () => {
    const document = { ...NEW };
    withEventIds([document], []);
    expect(document).toEqual(NEW);
  });
});
