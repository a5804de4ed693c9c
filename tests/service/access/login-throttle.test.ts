import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LoginThrottle } from '../../../src/service/access/login-throttle.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A throttle with a clock that the test sets. */
function throttle(most?: number) {
  let now = Date.UTC(2026, 5, 15);
  const slow = new LoginThrottle(() => now, most);
  const begin = (name: string, source: string) => slow.begin({ name, source });
  return {
    begin,
    /** Tries a wrong password, and says how long it had to wait instead. */
    guess: (name: string, source = 'a') => {
      const begun = begin(name, source);
      if (!begun.ok) return begun.waitSeconds;
      begun.end('wrong');
      return 0;
    },
    /** Signs in with the right password, or says how long to wait. */
    enter: (name: string, source = 'a') => {
      const begun = begin(name, source);
      if (!begun.ok) return begun.waitSeconds;
      begun.end('proven');
      return 0;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const none = (count: number) => Array<number>(count).fill(0);

describe('guesses at one account from one network', () => {
  test('are five, then each after twice as long, up to 15 minutes', () => {
    const { guess, pass } = throttle();
    const next = () => guess('nurse-a');
    expect(Array.from({ length: 5 }, next)).toEqual(none(5));
    const waits = Array.from({ length: 8 }, () => {
      const wait = next();
      pass(wait * 1000 - 1);
      expect(next()).toBe(1);
      pass(1);
      expect(next()).toBe(0);
      return wait;
    });
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('that are still at work count, so that many at once are no more than one by one', () => {
    const { begin } = throttle();
    const begun = Array.from({ length: 100 }, () => begin('nurse-a', 'a'));
    expect(begun.filter(({ ok }) => ok)).toHaveLength(5);
  });

  test('that failed by a fault of ours count for nothing', () => {
    const { begin, guess } = throttle();
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const begun = begin('nurse-a', 'a');
      if (!begun.ok) throw new Error('nothing of it was to count');
      begun.end('fault');
    }
    expect(guess('nurse-a')).toBe(0);
  });

  test('are forgotten after an hour without one, and after a success', () => {
    const { guess, enter, pass } = throttle();
    for (let attempt = 0; attempt < 5; attempt += 1) guess('nurse-a');
    expect(guess('nurse-a')).toBe(30);
    pass(60 * MINUTE);
    expect(Array.from({ length: 4 }, () => guess('nurse-a'))).toEqual(none(4));
    expect(enter('nurse-a')).toBe(0);
    expect(Array.from({ length: 6 }, () => guess('nurse-a'))).toEqual([...none(5), 30]);
  });

  test('are at most 200 a day, whenever they are made', () => {
    const step = fc.integer({ min: 0, max: 70 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (minutes) => {
        const { guess, pass } = throttle();
        let [time, guesses, turn] = [0, 0, 0];
        while (time < DAY) {
          while (guess('nurse-a') === 0) guesses += 1;
          const wait = (minutes[turn % minutes.length] ?? 0) * MINUTE + MINUTE / 2;
          turn += 1;
          time += wait;
          pass(wait);
        }
        expect(guesses).toBeLessThanOrEqual(200);
      }),
      { numRuns: 50 },
    );
  });

  test('are at most 200 a day, however many are at work at one time and for however long', () => {
    const step = fc.record({
      minutes: fc.integer({ min: 0, max: 70 }),
      ended: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        const { begin, pass } = throttle();
        const atWork: (() => void)[] = [];
        let [time, guesses, turn] = [0, 0, 0];
        while (time < DAY) {
          for (let begun = begin('nurse-a', 'a'); begun.ok; begun = begin('nurse-a', 'a')) {
            const { end } = begun;
            atWork.push(() => end('wrong'));
            guesses += 1;
          }
          const { minutes, ended } = steps[turn % steps.length] ?? { minutes: 1, ended: 1 };
          turn += 1;
          for (const end of atWork.splice(0, ended)) end();
          const wait = minutes * MINUTE + MINUTE / 2;
          time += wait;
          pass(wait);
        }
        expect(guesses).toBeLessThanOrEqual(200);
      }),
      { numRuns: 50 },
    );
  });

  test('wait no longer than was told where the clock is set back', () => {
    const { guess, pass } = throttle();
    for (let attempt = 0; attempt < 5; attempt += 1) guess('nurse-a');
    pass(-DAY);
    const wait = guess('nurse-a');
    expect(wait).toBe(30);
    pass(wait * 1000);
    expect(guess('nurse-a')).toBe(0);
  });
});

describe('guesses at many accounts from one network', () => {
  test('are slowed down after twenty, and that is of this network alone', () => {
    const { guess } = throttle();
    const waits = Array.from({ length: 21 }, (_, place) => guess(`nurse-${place}`));
    expect(waits).toEqual([...none(20), 30]);
    expect(guess('nurse-x', 'another')).toBe(0);
  });

  test('are not washed off by one who knows one password', () => {
    const { guess, enter } = throttle();
    for (let place = 0; place < 19; place += 1) guess(`nurse-${place}`);
    expect(enter('nurse-a')).toBe(0);
    expect([guess('nurse-x'), guess('nurse-y')]).toEqual([0, 30]);
  });

  test('keep nobody waiting who signed in from there before', () => {
    const { guess, enter } = throttle();
    enter('nurse-a');
    for (let place = 0; place < 30; place += 1) guess(`nurse-${place}`);
    expect(guess('nurse-x')).toBeGreaterThan(0);
    expect(enter('nurse-a')).toBe(0);
  });
});

describe('in a network in which twenty people mistyped', () => {
  function mistyped() {
    const all = throttle();
    for (let place = 0; place < 20; place += 1) all.guess(`typo-${place}`);
    return all;
  }

  test('who types rightly after the wait keeps nobody behind them waiting', () => {
    const { enter, pass } = mistyped();
    expect(enter('nurse-0')).toBe(30);
    pass(30_000);
    expect(Array.from({ length: 50 }, (_, place) => enter(`nurse-${place}`))).toEqual(none(50));
  });

  test('that is forgotten an hour after the last of it, however many sign in meanwhile', () => {
    const { enter, guess, pass } = mistyped();
    for (let place = 0; place < 6; place += 1) {
      pass(10 * MINUTE);
      expect(enter(`nurse-${place}`)).toBe(0);
    }
    expect(Array.from({ length: 21 }, (_, place) => guess(`x-${place}`))).toEqual([
      ...none(20),
      30,
    ]);
  });

  test('one guess at a time is tried after the wait, and the next waits twice as long', () => {
    const { begin, pass } = mistyped();
    pass(30_000);
    const burst = Array.from({ length: 20 }, (_, place) => begin(`x-${place}`, 'a'));
    expect(burst.filter(({ ok }) => ok)).toHaveLength(1);
    expect(burst[1]).toEqual({ ok: false, why: 'crowd', waitSeconds: 5 });
    if (burst[0]?.ok) burst[0].end('wrong');
    expect(begin('x', 'a')).toEqual({ ok: false, why: 'failures', waitSeconds: 60 });
  });

  test('guesses that end after an hour count as of then', () => {
    const { begin, guess, pass } = throttle();
    for (let attempt = 0; attempt < 4; attempt += 1) guess('nurse-a');
    const slow = begin('nurse-a', 'a');
    pass(60 * MINUTE);
    if (slow.ok) slow.end('wrong');
    expect(Array.from({ length: 5 }, () => guess('nurse-a'))).toEqual([...none(4), 30]);
  });
});

describe('attempts in turn', () => {
  /** Attempts that are checked two at a time, in their order. */
  async function checked(names: readonly string[], isRight: (name: string) => boolean) {
    const slow = new LoginThrottle(() => Date.UTC(2026, 5, 15));
    const ends: (() => void)[] = [];
    const all = names.map(async (name) => {
      const begun = await slow.beginInTurn({ name, source: 'clinic' });
      if (!begun.ok) return begun.why;
      await new Promise<void>((go) => ends.push(go));
      const how = isRight(name) ? 'proven' : 'wrong';
      begun.end(how);
      return how;
    });
    const counted: string[] = [];
    void Promise.all(all.map((each) => each.then((how) => counted.push(how))));
    let checks = 0;
    while (counted.length < all.length) {
      await new Promise((go) => setImmediate(go));
      for (const end of ends.splice(0, 2)) {
        checks += 1;
        end();
      }
    }
    return { how: Object.groupBy(await Promise.all(all), (each) => each), checks };
  }
  const nurses = (count: number) => Array.from({ length: count }, (_, place) => `nurse-${place}`);

  test('let the fifty of a clinic in who come at once, none of whom is known yet', async () => {
    const { how } = await checked(nurses(50), () => true);
    expect(how.proven).toHaveLength(50);
  });

  test('of fifty guesses at once check twenty, and have the others wait as after twenty in a row', async () => {
    const { how, checks } = await checked(nurses(50), () => false);
    expect(checks).toBe(20);
    expect(how.wrong).toHaveLength(20);
    expect(how.failures).toHaveLength(30);
  });

  test('of fifty guesses at one account check five', async () => {
    const { how, checks } = await checked(Array<string>(50).fill('nurse-a'), () => false);
    expect(checks).toBe(5);
    expect(how.failures).toHaveLength(45);
  });

  test('of guesses among those who know their password check no more than twenty', async () => {
    const names = nurses(80);
    const { how } = await checked(names, (name) => Number(name.slice(6)) % 2 === 0);
    expect(how.wrong).toHaveLength(20);
    expect(how.proven?.length).toBeGreaterThan(18);
  });

  test('are 80; those beyond are told that there is a crowd, and not that they failed', async () => {
    const { how } = await checked(nurses(100), () => true);
    expect(how.proven).toHaveLength(80);
    expect(how.crowd).toHaveLength(20);
  });
});

describe('guesses at one account from many networks', () => {
  test('keep its owner waiting at no network where they signed in before', () => {
    const { guess, enter, pass } = throttle();
    expect(enter('nurse-a', 'clinic')).toBe(0);
    for (let minute = 0; minute < 600; minute += 1) {
      for (let place = 0; place < 5; place += 1) guess('nurse-a', `bot ${minute % 200} ${place}`);
      pass(MINUTE);
    }
    expect(guess('nurse-a', 'a new one')).toBeGreaterThan(0);
    expect(enter('nurse-a', 'clinic')).toBe(0);
    pass(29 * DAY);
    for (let place = 0; place < 200; place += 1) guess('nurse-a', `bot ${place}`);
    expect(enter('nurse-a', 'clinic')).toBe(0);
  });

  test('of one stranger keep the owner waiting nowhere else', () => {
    const { guess, enter } = throttle();
    for (let attempt = 0; attempt < 1000; attempt += 1) guess('nurse-a', 'stranger');
    expect(enter('nurse-a', 'stranger')).toBe(30);
    expect(enter('nurse-a', 'home')).toBe(0);
  });

  test('are a hundred, then one in three minutes: 580 on the first day, 480 on each other', () => {
    const { guess, pass } = throttle();
    let place = 0;
    const ofDay = () => {
      let guesses = 0;
      for (let second = 0; second < DAY / 1000; second += 30) {
        for (;;) {
          place += 1;
          const wait = guess('nurse-a', `bot ${place}`);
          if (wait > 180) throw new Error(`${wait} seconds are too long`);
          if (wait > 0) break;
          guesses += 1;
        }
        pass(30_000);
      }
      return guesses;
    };
    expect(ofDay()).toBeLessThanOrEqual(580);
    expect(ofDay()).toBeLessThanOrEqual(480);
    expect(ofDay()).toBeGreaterThan(400);
  });

  test('are as many where a network is known no longer', () => {
    const { guess, enter, pass } = throttle();
    enter('nurse-a', 'clinic');
    pass(30 * DAY);
    for (let place = 0; place < 100; place += 1) guess('nurse-a', `bot ${place}`);
    expect(enter('nurse-a', 'clinic')).toBe(180);
  });

  test('are bounded although the names of others are tried by thousands', () => {
    const { guess } = throttle(10);
    for (let place = 0; place < 100; place += 1) guess('nurse-a', `source ${place}`);
    for (let name = 0; name < 1000; name += 1) guess(`name ${name}`, `source ${name}`);
    expect(guess('nurse-a', 'another')).toBe(180);
  });
});

describe('attempts at work at one time', () => {
  test('are 20, and again as many when they are done', () => {
    const { begin } = throttle();
    let place = 0;
    const begun = () => {
      place += 1;
      return begin(`nurse-${place}`, `source ${place}`);
    };
    const all = Array.from({ length: 30 }, begun);
    expect(all.filter(({ ok }) => ok)).toHaveLength(20);
    expect(all[20]).toEqual({ ok: false, why: 'crowd', waitSeconds: 5 });
    for (const each of all.slice(0, 7)) if (each.ok) each.end('wrong');
    expect(Array.from({ length: 30 }, begun).filter(({ ok }) => ok)).toHaveLength(7);
  });

  test('of strangers leave room for those who signed in from their network before', () => {
    const { begin, enter } = throttle();
    enter('nurse-a', 'clinic');
    for (let place = 0; place < 30; place += 1) begin(`name ${place}`, `source ${place}`);
    expect(begin('nurse-b', 'clinic').ok).toBe(false);
    expect(enter('nurse-a', 'clinic')).toBe(0);
  });
});
