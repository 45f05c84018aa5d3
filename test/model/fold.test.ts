import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { fold } from '../../src/model/fold.ts';
import type { Health } from '../../src/model/health.ts';
import type { State } from '../../src/model/state.ts';
import { anyPolicy, anyResult, anyState, at, failureOf, policy, resultOf, story } from './made.ts';

const confirmedUp: readonly State[] = ['up', 'up'];

/** `toward n/of` of the last sample. */
function streakAfter(...states: readonly State[]): string {
  const { toward, n, of } = story(states).last.streak;
  return `${toward} ${n}/${of}`;
}

describe('a streak', () => {
  it.each<[string, State[], string]>([
    ['counts the first good result', ['up'], 'up 1/2'],
    ['is over when successThreshold good ones confirm', ['up', 'up'], 'null 0/2'],
    ['counts the first bad result', ['down'], 'down 1/3'],
    ['counts bad results up to one less than failureThreshold', ['down', 'down'], 'down 2/3'],
    ['is over when failureThreshold bad ones confirm', ['down', 'down', 'down'], 'null 0/3'],
    ['starts anew when a good result comes between', ['down', 'down', 'up', 'down'], 'down 1/3'],
    ['starts anew toward good after bad ones', ['down', 'down', 'up'], 'up 1/2'],
    ['goes on from down to degraded, as both are bad', ['down', 'degraded'], 'degraded 2/3'],
    ['is none while what is confirmed is seen', ['up', 'up', 'up'], 'null 0/2'],
    ['is broken by what is confirmed', ['up', 'up', 'down', 'up'], 'null 0/2'],
    [
      'of unmeasured results wants failureThreshold of them',
      ['up', 'up', 'unknown'],
      'unknown 1/3',
    ],
    [
      'of bad ones starts anew after an unmeasured one',
      ['up', 'up', 'down', 'unknown', 'down'],
      'down 1/3',
    ],
    ['of the first unknown is none: nothing was known before', ['unknown'], 'null 0/3'],
  ])('%s', (_title, states, expected) => {
    expect(streakAfter(...states)).toBe(expected);
  });
});

describe('what is confirmed', () => {
  it('is unknown since the first sample, whatever that one saw', () => {
    const { last } = story(['up']);
    expect(last.confirmed).toEqual({ state: 'unknown', since: at(0) });
    expect(last.state).toBe('up');
  });

  it('turns up at the second good result, and that is a transition of it', () => {
    const { transitions, last } = story(['up', 'up']);
    expect(last.confirmed).toEqual({ state: 'up', since: at(10) });
    expect(transitions).toEqual([
      { check: 'a/x/http', from: 'unknown', to: 'up', at: at(10), note: 'it is up' },
    ]);
  });

  it('turns down at the third bad result, once', () => {
    const { transitions } = story([...confirmedUp, 'down', 'down', 'down', 'down', 'down']);
    const turns = transitions.map(({ from, to, at: when }) => [from, to, when]);
    expect(turns).toEqual([
      ['unknown', 'up', at(10)],
      ['up', 'down', at(40)],
    ]);
  });

  it('stays up through unknowns below the threshold, and is then unknown, never down', () => {
    const { healths, transitions } = story([...confirmedUp, 'unknown', 'unknown', 'unknown']);
    expect(healths.map(({ confirmed }) => confirmed.state)).toEqual([
      'unknown',
      'up',
      'up',
      'up',
      'unknown',
    ]);
    expect(transitions.map(({ to }) => to)).toEqual(['up', 'unknown']);
  });

  it('changes from down to degraded only after the threshold', () => {
    const { healths } = story(['down', 'down', 'down', 'degraded', 'degraded', 'degraded']);
    const confirmed = healths.slice(2).map((health) => health.confirmed.state);
    expect(confirmed).toEqual(['down', 'down', 'down', 'degraded']);
  });

  it('turns at once where both thresholds are 1', () => {
    const { transitions } = story(['up', 'down', 'up'], {
      ...policy,
      failureThreshold: 1,
      successThreshold: 1,
    });
    expect(transitions.map(({ to }) => to)).toEqual(['up', 'down', 'up']);
  });
});

describe('a health', () => {
  it('shows the last sample at once, since when it has been so without a break', () => {
    const { healths } = story(['up', 'up', 'down', 'down', 'up']);
    expect(healths.map(({ state, since }) => [state, since])).toEqual([
      ['up', at(0)],
      ['up', at(0)],
      ['down', at(20)],
      ['down', at(20)],
      ['up', at(40)],
    ]);
  });

  it('carries the fault, facts and latency of the last sample and nothing of the one before', () => {
    const first = fold(undefined, resultOf('up', { facts: { count: 14 }, latencyMs: 7 }), policy);
    const fault = faultOf('refused', 'connection refused');
    const { health } = fold(first.health, failureOf(fault, { at: at(10) }), policy);
    expect(health).toMatchObject({ facts: {}, latencyMs: null, fault, seenAt: at(10) });
  });

  it('says until when nobody looked, where the state was the same before and after', () => {
    const seen = (before: Health | undefined, seconds: number, state: State, of = policy): Health =>
      fold(before, resultOf(state, { at: at(seconds) }), of).health;
    const first = seen(undefined, 0, 'up');
    expect(first.unwatchedUntil).toBeNull();
    // Three waits of 10 s are no gap yet.
    const onTime = seen(first, 30, 'up');
    expect(onTime.unwatchedUntil).toBeNull();
    const after = seen(onTime, 61, 'up');
    expect(after).toMatchObject({ since: at(0), unwatchedUntil: at(61) });
    // It stays, until a later gap or another state.
    expect(seen(after, 71, 'up').unwatchedUntil).toBe(at(61));
    expect(seen(after, 161, 'up').unwatchedUntil).toBe(at(161));
    expect(seen(after, 161, 'down')).toMatchObject({ since: at(161), unwatchedUntil: null });
    // Who announced a longer wait was not away.
    const slow = seen(undefined, 0, 'up', { ...policy, waitMs: 60_000 });
    expect(seen(slow, 100, 'up').unwatchedUntil).toBeNull();
    // What begins anew after the gap has none.
    const anew = { ...onTime, since: at(600) };
    expect(seen(anew, 601, 'up').unwatchedUntil).toBeNull();
  });

  it('remembers the wait that was announced', () => {
    expect(story(['up'], { ...policy, waitMs: 30_000 }).last.waitMs).toBe(30_000);
  });
});

/** Turns between good and bad: `changes` of them, then `calm` samples of the last one. */
function turning(changes: number, calm: number): readonly State[] {
  const turns = Array.from({ length: changes + 1 }, (_, n): State => (n % 2 === 0 ? 'up' : 'down'));
  return [...turns, ...Array.from({ length: calm }, () => turns.at(-1) ?? 'up')];
}

describe('flapping', () => {
  it.each([
    [5, 0, false],
    [6, 0, true],
    [6, 14, true],
  ])('after %i changes and %i calm samples is %s', (changes, calm, expected) => {
    expect(story(turning(changes, calm)).last.flapping).toBe(expected);
  });

  it('does not start at 6 changes that more than 21 samples hold', () => {
    const slow = Array.from({ length: 7 }, (_, n): State[] => {
      const state = n % 2 === 0 ? 'up' : 'down';
      return [state, state, state, state];
    });
    expect(story(slow.flat()).healths.some(({ flapping }) => flapping)).toBe(false);
  });

  it('goes on at 3 changes within the last 21 samples and ends at 2', () => {
    const { healths } = story(turning(6, 25));
    const flags = healths.map(({ flapping }) => flapping);
    const first = flags.indexOf(true);
    const end = flags.indexOf(false, first);
    const changesAt = (index: number): number => {
      const letters = healths[index]?.recent ?? '';
      return [...letters].filter((letter, n) => n > 0 && letter !== letters[n - 1]).length;
    };
    expect(changesAt(first)).toBe(6);
    expect([changesAt(end - 1), changesAt(end)]).toEqual([3, 2]);
    expect(flags.slice(end)).not.toContain(true);
  });

  it('is not made by unknowns between good results', () => {
    const states = Array.from({ length: 20 }, (_, n): State => (n % 2 === 0 ? 'up' : 'unknown'));
    expect(story(states).last.flapping).toBe(false);
  });

  it('is seen through unknowns between good and bad ones', () => {
    const states = turning(6, 0).flatMap((state): State[] => [state, 'unknown']);
    expect(story(states).last.flapping).toBe(true);
  });

  it('takes a change between down and degraded for none', () => {
    const states = Array.from({ length: 20 }, (_, n): State => (n % 2 ? 'down' : 'degraded'));
    expect(story(states).last.flapping).toBe(false);
  });

  it('keeps no more than 21 samples', () => {
    expect(story(turning(40, 0)).last.recent).toBe('gbgbgbgbgbgbgbgbgbgbg');
  });
});

describe('fold', () => {
  const samples = fc.array(fc.tuple(anyResult, anyPolicy), { minLength: 1, maxLength: 40 });

  it('is total: streaks stay below what makes them firm and the newest sample is what is shown', () => {
    fc.assert(
      fc.property(samples, (steps) => {
        let health: Health | undefined;
        for (const [result, under] of steps) {
          const before = health?.state;
          health = fold(health, result, under).health;
          if (before !== health.state) expect(health.unwatchedUntil).toBeNull();
          expect(health.streak.n).toBeLessThan(health.streak.of);
          expect(health.streak.n === 0).toBe(health.streak.toward === null);
          expect([health.state, health.seenAt]).toEqual([result.verdict.state, result.at]);
          expect(health.recent.length).toBeLessThanOrEqual(21);
        }
      }),
    );
  });

  it('tells a transition exactly when the confirmed state changes', () => {
    fc.assert(
      fc.property(samples, (steps) => {
        let health: Health | undefined;
        for (const [result, under] of steps) {
          const before = health?.confirmed.state ?? 'unknown';
          const folded = fold(health, result, under);
          const after = folded.health.confirmed.state;
          expect(folded.transition !== null).toBe(before !== after);
          if (folded.transition) {
            expect([folded.transition.from, folded.transition.to]).toEqual([before, after]);
          }
          health = folded.health;
        }
      }),
    );
  });

  it('is pure: frozen input gives the same answer twice', () => {
    fc.assert(
      fc.property(
        fc.array(anyState, { minLength: 1, maxLength: 25 }),
        anyResult,
        (states, next) => {
          const before = deepFrozen(story(states).last);
          const result = deepFrozen(next);
          expect(fold(before, result, policy)).toEqual(fold(before, result, policy));
        },
      ),
    );
  });

  it('confirms no unknown as up or down', () => {
    fc.assert(
      fc.property(fc.array(anyState, { maxLength: 25 }), (states) => {
        const { last } = story([...states, 'unknown', 'unknown', 'unknown']);
        expect(last.confirmed.state).toBe('unknown');
      }),
    );
  });
});

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFrozen(inner);
    Object.freeze(value);
  }
  return value;
}
