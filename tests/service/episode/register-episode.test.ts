import { describe, expect, test } from 'vitest';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import type { SchedulerContext } from '../../../src/service/scheduler-context.ts';
import { day, NORTH } from '../../store/fixtures.ts';
import { caseOf, contextOf, EXAM, memoryClinic, PROTOCOL } from '../cohort/cohort-clinic.ts';
import { done, refusal } from './recording-clinic.ts';

const SHORT = { id: 'EP-2', ablatedOn: '2026-01-15', laterality: 'right' };

async function register(document: unknown, more = {}) {
  const context = contextOf(await memoryClinic());
  return { context, outcome: await registerEpisode(context, { clinic: NORTH, document, ...more }) };
}

function ids({ store }: SchedulerContext, externalId: string) {
  return store.findEpisodes(NORTH.id, { externalId });
}

describe('registering an episode', () => {
  test.each([
    ['a case file with what has happened', caseOf('EP-2', [EXAM])],
    ['the short form', SHORT],
  ])(
    '%s is kept, pinned to the approved protocol, and planned as of today',
    async (_, document) => {
      const { context, outcome } = await register(document);
      const registered = done(outcome);
      expect(registered).toMatchObject({ externalId: 'EP-2', protocol: PROTOCOL });
      expect(registered.plan.asOf).toBe('2026-03-01');
      expect(registered.nextVisit).toMatchObject({ key: 'a1.baseline', target: '2026-04-15' });
      expect(await ids(context, 'EP-2')).toMatchObject([{ version: 1 }]);
      const query = { clinic: NORTH.id, to: day('2026-12-31'), limit: 9 };
      expect((await context.store.findDue(query)).map(({ key }) => key)).toContain('a1.baseline');
    },
  );

  test('a dry run plans and writes nothing', async () => {
    const { context, outcome } = await register(SHORT, { dryRun: true });
    expect(done(outcome).plan.visits[0]?.key).toBe('a1.baseline');
    expect(await ids(context, 'EP-2')).toEqual([]);
  });

  test('an escalation that the end of the history leaves unanswered is told', async () => {
    const suspicious = { ...EXAM, id: 'x9', biRads: '5' };
    const end = { type: 'closure', id: 'c1', date: '2026-02-25' };
    const withdrew = caseOf('EP-2', [suspicious, { ...end, reason: 'withdrew' }]);
    const { outcome } = await register(withdrew);
    expect(done(outcome).leftUnanswered).toMatchObject([{ key: 'esc.x9', answeredBy: 'c1' }]);
    const malignant = { type: 'pathology', id: 'p1', date: '2026-02-22', result: 'malignant' };
    for (const events of [
      [EXAM],
      [suspicious],
      [suspicious, { ...end, reason: 'death' }],
      [suspicious, malignant, { ...end, type: 'surgery' }],
    ]) {
      const other = await register(caseOf('EP-2', events));
      expect(done(other.outcome).leftUnanswered).toEqual([]);
    }
  });

  test.each([
    [
      'no side',
      { ...SHORT, laterality: undefined },
      'laterality: an episode that is kept needs its side',
    ],
    ['no id', { ...SHORT, id: undefined }, 'id: an episode that is kept needs its id'],
    [
      'an ablation tomorrow',
      { ...SHORT, ablatedOn: '2026-03-02' },
      'ablatedOn: the ablation lies in the future',
    ],
    ['an unknown fact', { ...SHORT, focality: 'many' }, 'focality: the value is not allowed'],
    [
      'an exam tomorrow',
      caseOf('EP-2', [{ ...EXAM, date: '2026-03-02' }]),
      'events[0].date: the imaging lies in the future',
    ],
    [
      'an ablation tomorrow in a case',
      caseOf('EP-2', [], { ablation: { date: '2026-03-02' } }),
      'episode.ablation.date: the ablation lies in the future',
    ],
    ['no object', 7, ': this is not a case file'],
  ])('%s is refused with its field', async (_, document, says) => {
    const { context, outcome } = await register(document);
    expect(refusal(outcome)).toEqual({ fault: 'invalid', says: [says] });
    expect(await ids(context, 'EP-2')).toEqual([]);
  });

  test('the id of another episode is refused', async () => {
    const { context } = await register(SHORT);
    const again = await registerEpisode(context, { clinic: NORTH, document: SHORT });
    expect(refusal(again).says).toEqual(['id: the clinic has an episode with this id']);
  });

  test('the same lesion under another id is asked for twice, in the words of its form', async () => {
    const { context } = await register({ ...SHORT, patientRef: 'P-7' });
    const says = (path: string) =>
      `${path}: this patient has an episode of the right breast with this day of ablation`;
    const same = { ...SHORT, id: 'EP-3', patientRef: 'P-7' };
    const asked = await registerEpisode(context, { clinic: NORTH, document: same });
    expect(refusal(asked)).toEqual({ fault: 'invalid', says: [says('ablatedOn')] });
    const facts = { patientRef: 'P-7', laterality: 'right', ablation: { date: '2026-01-15' } };
    const document = caseOf('EP-3', [], facts);
    const dry = await registerEpisode(context, { clinic: NORTH, document, dryRun: true });
    expect(refusal(dry).says).toEqual([says('episode.ablation.date')]);
    const accepting = { clinic: NORTH, document, acceptContradictions: true };
    done(await registerEpisode(context, accepting));
    expect(await ids(context, 'EP-3')).toHaveLength(1);
  });

  test.each([{ id: 'staged-risk-adapted', version: '9.0.0' }, { id: 'another' }])(
    'the protocol %j that nobody approved is refused',
    async (protocol) => {
      const { outcome } = await register(SHORT, { protocol });
      expect(refusal(outcome)).toEqual({
        fault: 'refused',
        says: ['protocol: no clinician has approved this protocol for clinic NORTH'],
      });
    },
  );
});
