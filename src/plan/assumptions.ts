import type { ProtocolFacts } from './protocol-facts.ts';
import type { Note, Schedule } from './schedule.ts';

/** Each fact that is not recorded and could have changed the plan. schedule.md sections 1 and 2. */
export function assumptionsOf(
  schedule: Schedule,
  assumedBiRads: string | undefined,
  protocol: ProtocolFacts,
): Note[] {
  const notes: Note[] = [];
  const { category, tier, unknownFacts } = schedule;
  if (schedule.categoryAssumed) {
    const whose =
      category === assumedBiRads ? 'given for the episode' : `of protocol ${protocol.id}`;
    notes.push({
      code: 'category-assumed',
      message: `Category ${category} is assumed (${whose}): no exam of this course has given one.`,
    });
    if (protocol.intervals !== undefined && !['1', '2', '3'].includes(category)) {
      notes.push({
        code: 'category-without-interval',
        message: `Category ${category} has no interval: no visit is forecast after the baseline. An exam with this category would be escalated instead.`,
      });
    }
  }
  for (const { fact, raisesTo } of unknownFacts) {
    const tiers = raisesTo.length === 1 ? raisesTo[0] : raisesTo.join(' or ');
    notes.push({
      code: 'fact-not-recorded',
      fact,
      message: `${fact} is not recorded; it could have raised the tier from ${tier} to ${tiers}.`,
    });
  }
  return notes;
}
