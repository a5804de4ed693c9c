import { beforeEach, describe, expect, test } from 'vitest';
import { setClosedDays } from '../../../src/service/clinic/closed-days.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { erasePatient } from '../../../src/service/keeping/erase-patient.ts';
import { listDue } from '../../../src/service/night/list-due.ts';
import { WorklistWarmer } from '../../../src/service/night/warm-worklists.ts';
import { WorklistBook } from '../../../src/service/night/worklist-book.ts';
import { WholeClinicTurns } from '../../../src/service/whole-clinic-turns.ts';
import { ok } from '../../cli/clinic-store.ts';
import { type HttpClinic, httpClinic } from '../../http/http-clinic.ts';

const SOON_DAYS = 28;
const HOUR = 3_600_000;

describe('the worklist that is kept between requests', () => {
  let place: HttpClinic;
  let book: WorklistBook;

  beforeEach(async () => {
    place = await httpClinic();
    book = new WorklistBook();
    await told();
  });

  async function told(soonDays = SOON_DAYS) {
    return ok(await book.worklist(place.access, { clinic: place.clinic, soonDays })).worklist;
  }

  async function fresh(soonDays = SOON_DAYS) {
    const { access, clinic } = place;
    return ok(await listDue(access, { clinics: [clinic], soonDays, filter: {} })).worklist;
  }

  async function record(episode: string, event: object) {
    const { access, clinic } = place;
    ok(await recordEvents(access, { clinic, episode, events: [event] }));
  }

  const CALL = { type: 'contact', date: '2026-06-15', method: 'call', outcome: 'reached' };

  test('is the due list', async () => {
    expect(await told()).toEqual(await fresh());
    expect(await told(0)).toEqual(await fresh(0));
  });

  test('told beforehand, it gives others their turn and is at hand for who asks', async () => {
    let rests = 0;
    book = new WorklistBook(async () => {
      rests += 1;
    });
    const warmer = new WorklistWarmer(place.access, book);
    await warmer.warm();
    expect(rests).toBe(2);
    const asked = casesAskedFor();
    const list = await told();
    expect(asked).toEqual([]);
    expect(list).toEqual(await fresh());
  });

  test('gives others their turn where many episodes were changed', async () => {
    let rests = 0;
    book = new WorklistBook(async () => {
      rests += 1;
    });
    const episodes = new Set((await told()).rows.map(({ episode }) => episode));
    expect(episodes.size).toBeGreaterThanOrEqual(20);
    for (const episode of episodes) await record(episode, CALL);
    rests = 0;
    expect(await told()).toEqual(await fresh());
    expect(rests).toBe(Math.floor(episodes.size / 20));
  });

  test('whole lists are told one at a time, few of them for one account', async () => {
    let atWork = 0;
    let most = 0;
    const pages = place.access.store.pageCases;
    Object.assign(place.access.store, {
      pageCases: async (query: Parameters<typeof pages>[0]) => {
        atWork += 1;
        most = Math.max(most, atWork);
        await new Promise((settle) => setImmediate(settle));
        atWork -= 1;
        return pages(query);
      },
    });
    book = new WorklistBook();
    const ask = (actor: string, soonDays: number) =>
      book.worklist({ ...place.access, actor }, { clinic: place.clinic, soonDays });
    const all = await Promise.all([
      ...[1, 2, 3, 4, 5].map((soonDays) => ask('nurse-a', soonDays)),
      ask('dr-lee', 6),
    ]);
    expect(most).toBe(1);
    expect(all.map((each) => (each.ok ? 'told' : each.fault))).toEqual([
      'told',
      'told',
      'busy',
      'busy',
      'busy',
      'told',
    ]);
    expect(ok(await ask('nurse-a', 3)).worklist).toEqual(await fresh(3));
  });

  test('who asks for a list that is just told waits for it, and has what was recorded meanwhile', async () => {
    const asked = casesAskedFor();
    book = new WorklistBook(async () => {
      if (asked.length === 1) await meanwhile?.();
    });
    let meanwhile: (() => Promise<void>) | undefined = async () => {
      meanwhile = undefined;
      await record('EP-2001', { ...CALL, id: 'meanwhile' });
      others.push(...['a', 'b', 'c'].map((actor) => ask(actor)));
    };
    const ask = (actor: string) =>
      book.worklist({ ...place.access, actor }, { clinic: place.clinic, soonDays: 9 });
    const others: ReturnType<typeof ask>[] = [];
    await ask('first');
    expect(others).toHaveLength(3);
    const lists = await Promise.all(others);
    expect(asked).toHaveLength(1);
    const now = await fresh(9);
    for (const list of lists) expect(ok(list).worklist).toEqual(now);
  });

  test('is told beforehand once for each day of each clinic', async () => {
    const warmer = new WorklistWarmer(place.access, book);
    const asked = casesAskedFor();
    const passes: number[] = [];
    // The day of both clinics, in Berlin, begins at 22:00 UTC.
    for (const hours of [0, 9, 1, 1]) {
      place.pass(hours * HOUR);
      await warmer.warm();
      passes.push(asked.splice(0).length);
    }
    expect(passes).toEqual([1, 0, 2, 0]);
    const list = await told();
    expect(asked).toEqual([]);
    expect(list.asOf).toBe('2026-06-16');
    expect(list).toEqual(await fresh());
  });

  test('is told beforehand a little later where too many are at work', async () => {
    const turns = new WholeClinicTurns();
    book = new WorklistBook(undefined, turns);
    const warmer = new WorklistWarmer(place.access, book);
    let goOn = () => {};
    const held = new Promise<void>((settle) => {
      goOn = settle;
    });
    const work = async () => {
      await held;
      return { ok: true as const, value: null };
    };
    const others = Array.from({ length: 12 }, (_, index) => turns.take(`nurse-${index}`, work));
    const asked = casesAskedFor();
    await warmer.warm();
    expect(asked).toEqual([]);
    goOn();
    await Promise.all(others);
    await warmer.warm();
    expect(asked).toHaveLength(2);
  });

  /** The pages of cases that are read of the store from now on. */
  function casesAskedFor(): unknown[] {
    const pages = place.access.store.pageCases;
    const asked: unknown[] = [];
    Object.assign(place.access.store, {
      pageCases: (query: Parameters<typeof pages>[0]) => {
        asked.push(query);
        return pages(query);
      },
    });
    return asked;
  }

  test('is the same list, not told anew, while nothing changes', async () => {
    expect(await told()).toBe(await told());
  });

  test('tells an event at once', async () => {
    const before = await told();
    await record('EP-2033', { type: 'imaging', date: '2026-06-15', modality: 'CEM', biRads: '4' });
    const after = await told();
    expect(after).toEqual(await fresh());
    expect(after.counts.escalation).toBe(before.counts.escalation + 1);
  });

  test('tells changes of several episodes, one after another', async () => {
    for (const episode of ['EP-2033', 'EP-2018', 'EP-2033', 'EP-2004']) {
      await record(episode, CALL);
      expect(await told()).toEqual(await fresh());
    }
  });

  test('loses an erased patient at once', async () => {
    const { access, clinic } = place;
    const whose = { patientRef: 'S-40132' };
    const erasure = { clinic, whose, ground: 'patient-request', confirm: 'S-40132' } as const;
    ok(await erasePatient(access, erasure));
    const after = await told();
    expect(after).toEqual(await fresh());
    expect(after.rows.filter(({ patientRef }) => patientRef === 'S-40132')).toEqual([]);
  });

  test('suggests other days at once where the closed days change', async () => {
    const { access, clinic } = place;
    const document = {
      clinic: 'North',
      closed: [{ rule: 'FREQ=WEEKLY;BYDAY=SA,SU', name: 'weekend' }],
    };
    ok(await setClosedDays(access, { clinic, document }));
    const after = await told();
    expect(after).toEqual(await fresh());
    expect(after.rows.some(({ suggested }) => suggested !== null)).toBe(true);
  });

  test('is another list on the next day', async () => {
    const before = await told();
    place.pass(24 * HOUR);
    const after = await told();
    expect(after.asOf).not.toBe(before.asOf);
    expect(after).toEqual(await fresh());
  });

  test('asked by several at once is told once', async () => {
    await record('EP-2033', CALL);
    const [first, second] = await Promise.all([told(), told()]);
    expect(first).toBe(second);
  });

  test('keeps so many rows, and tells lists anew that were asked for longest ago', async () => {
    const { length } = (await told()).rows;
    // With 40 episodes, and a little for the list itself.
    book = new WorklistBook(undefined, undefined, 3 * (length + 50));
    const first = await told(1);
    for (const soonDays of [2, 3]) await told(soonDays);
    expect(await told(1)).toBe(first);
    const second = await told(2);
    await told(4);
    expect(await told(2)).toBe(second);
    const again = await told(1);
    expect(again).toEqual(first);
    const third = await told(3);
    expect(await told(3)).toBe(third);
  });

  test('keeps not any number of lists without a row', async () => {
    book = new WorklistBook(undefined, undefined, 50);
    const { access, other: clinic } = place;
    const empty = async (soonDays: number) => ok(await book.worklist(access, { clinic, soonDays }));
    const first = await empty(1);
    for (let soonDays = 2; soonDays <= 5; soonDays += 1) await empty(soonDays);
    expect(await empty(1)).toBe(first);
    for (let soonDays = 6; soonDays <= 10; soonDays += 1) await empty(soonDays);
    expect(await empty(1)).not.toBe(first);
  });

  test('keeps the newest list, however long it is', async () => {
    book = new WorklistBook(undefined, undefined, 1);
    const list = await told();
    expect(await told()).toBe(list);
    expect(await told(1)).not.toBe(list);
    expect(await told()).not.toBe(list);
  });
});
