import { describe, expect, test } from 'vitest';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { type Supposition, whatIf } from '../../../src/service/episode/what-if.ts';
import { NORTH } from '../../store/fixtures.ts';
import { caseOf } from '../cohort/cohort-clinic.ts';
import {
  BASELINE,
  done,
  type RecordingClinic,
  recordingClinic,
  refusal,
  SUSPICIOUS,
} from './recording-clinic.ts';

function suppose({ context }: RecordingClinic, more: Partial<Supposition>) {
  return whatIf(context, { clinic: NORTH, episode: 'EP-1', ...more });
}

/** An exam without an id. */
function exam({ id: _id, ...fields }: typeof BASELINE | typeof SUSPICIOUS) {
  return fields;
}

describe('what if an exam had been done', () => {
  test('the plan is the one that recording it would give', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const { after, before, supposed } = done(await suppose(clinic, { events: [exam(SUSPICIOUS)] }));
    expect(supposed).toHaveLength(1);
    const recorded = done(await clinic.record([{ ...exam(SUSPICIOUS), id: supposed[0] }]));
    expect(after).toEqual(recorded.after);
    expect(before).toEqual(recorded.before);
  });

  test('it may lie ahead: both plans are then of its day', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const ahead = { ...exam(SUSPICIOUS), date: '2027-03-01' };
    const { before, after, asOf, today } = done(await suppose(clinic, { events: [ahead] }));
    expect([asOf, today]).toEqual(['2027-03-01', '2026-06-15']);
    expect([before.asOf, after.asOf]).toEqual([asOf, asOf]);
    expect(after.escalations.map(({ raisedOn }) => raisedOn)).toEqual(['2027-03-01']);
  });

  test('neither the episode nor the audit log knows of it', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const rows = await clinic.auditRows();
    done(await suppose(clinic, { events: [exam(SUSPICIOUS)], protocol: { id: 'ice3' } }));
    expect(await clinic.auditRows()).toBe(rows);
    expect(await clinic.recorded()).toEqual(['x1']);
    expect(await clinic.version()).toBe(1);
  });

  test('a warning that it brings is told', async () => {
    const clinic = await recordingClinic([BASELINE]);
    const events = [{ type: 'decline', date: '2026-06-01', visit: 'a1.interval-9', reason: 'no' }];
    const { warnings } = done(await suppose(clinic, { events }));
    expect(warnings.map(({ code }) => code)).toEqual(['decline-without-effect']);
  });
});

describe('what if other facts or another protocol held', () => {
  const { episode: facts } = caseOf('EP-1') as { readonly episode: object };

  test('the facts give their tier', async () => {
    const clinic = await recordingClinic();
    const whole = { ...facts, tumor: { grade: 3 } };
    const { before, after } = done(await suppose(clinic, { facts: whole }));
    expect(before.tierFactors).not.toContain('grade-3');
    expect(after.tier).toBe('high');
  });

  test('a protocol of the catalog, and a version that the clinic keeps', async () => {
    const clinic = await recordingClinic();
    const shipped = done(await suppose(clinic, { protocol: { id: 'kawamoto-2024' } }));
    expect(shipped.after.protocol.id).toBe('kawamoto-2024');
    expect(shipped.before.protocol.id).toBe('staged-risk-adapted');
    const kept = { id: 'staged-risk-adapted', version: '1.0.0' };
    const same = done(await suppose(clinic, { protocol: kept }));
    expect(same.after).toEqual(same.before);
  });
});

describe('what cannot be supposed', () => {
  test('events and facts that are wrong are told together', async () => {
    const clinic = await recordingClinic();
    const told = refusal(
      await suppose(clinic, {
        events: [{ type: 'imaging', date: 'soon', modality: 'MRI' }],
        facts: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' }, intent: 'x' },
      }),
    );
    expect(told.fault).toBe('invalid');
    expect(told.says.map((line) => line.split(':')[0])).toEqual([
      'events[0].date',
      'episode.intent',
    ]);
  });

  test('a protocol that nobody has, an episode that is not there', async () => {
    const clinic = await recordingClinic();
    for (const protocol of [{ id: 'nowhere' }, { id: 'staged-risk-adapted', version: '9.9.9' }]) {
      expect(refusal(await suppose(clinic, { protocol })).fault).toBe('invalid');
    }
    expect(refusal(await suppose(clinic, { episode: 'EP-2' })).fault).toBe('not-found');
  });

  test('what was recorded before stands, whatever is supposed', async () => {
    const clinic = await recordingClinic([BASELINE]);
    done(
      await recordEvents(clinic.context, { clinic: NORTH, episode: 'EP-1', events: [SUSPICIOUS] }),
    );
    const { before } = done(await suppose(clinic, {}));
    expect(before.exams.map(({ id }) => id)).toEqual(['x1', 'x2']);
  });
});
