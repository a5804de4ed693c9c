import { describe, expect, test } from 'vitest';
import { succeed } from '../../src/service/service-outcome.ts';
import { WholeClinicTurns } from '../../src/service/whole-clinic-turns.ts';
import { ok } from '../cli/clinic-store.ts';
import { failure } from './access/access-clinic.ts';

describe('turns at whole clinics', () => {
  /** Work that ends when it is told to. */
  function place() {
    const turns = new WholeClinicTurns();
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const work = (who: string, name = who) =>
      turns.take(who, async () => {
        begun.push(name);
        await new Promise<void>((end) => ends.push(end));
        return succeed(name);
      });
    const next = async () => {
      ends.shift()?.();
      await new Promise((settle) => setImmediate(settle));
    };
    return { turns, begun, work, next };
  }

  test('are taken one at a time, in the order of asking', async () => {
    const { begun, work, next } = place();
    const all = ['a', 'b', 'c'].map((who) => work(who));
    await next();
    expect(begun).toEqual(['a']);
    await next();
    expect(begun).toEqual(['a', 'b']);
    await next();
    await next();
    expect((await Promise.all(all)).map((each) => ok(each))).toEqual(['a', 'b', 'c']);
  });

  test('are two of one account at most, and twelve of all; more are turned away at once', async () => {
    const { work, next } = place();
    const own = [work('nurse-a', '1'), work('nurse-a', '2')];
    expect(failure(await work('nurse-a', '3'))).toContain('busy : this account asked for other');
    const others = Array.from({ length: 10 }, (_, account) => work(`other-${account}`));
    expect(failure(await work('late'))).toContain('busy : too many ask for whole clinics');
    for (let count = 0; count < 13; count += 1) await next();
    const done = await Promise.all([...own, ...others]);
    expect(done.every((each) => each.ok)).toBe(true);
    const again = work('nurse-a', '3');
    await next();
    await next();
    expect(ok(await again)).toBe('3');
  });

  test('go on after one that failed, which only who asked for it is told', async () => {
    const turns = new WholeClinicTurns();
    const failing = turns.take('a', () => Promise.reject(new Error('the file cannot be read')));
    const after = turns.take('b', async () => succeed('done'));
    await expect(failing).rejects.toThrow('cannot be read');
    expect(ok(await after)).toBe('done');
    expect(ok(await turns.take('a', async () => succeed('again')))).toBe('again');
  });
});
