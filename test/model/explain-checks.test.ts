import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check, Parent } from '../../src/model/check.ts';
import { explainChecks } from '../../src/model/explain-checks.ts';
import { faultOf } from '../../src/model/fault.ts';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import type { CheckReport } from '../../src/model/report.ts';
import type { Part } from '../../src/model/result.ts';
import { classOf, type State } from '../../src/model/state.ts';
import {
  anyState,
  at,
  checkOf,
  failureOf,
  partOf,
  resultOf,
  sampled,
  startMs,
  stateOf,
} from './made.ts';

const on = (check: string): Parent => ({ check, through: false });
const through = (check: string): Parent => ({ check, through: true });

const hostCheck = checkOf('a/host');
const middle = checkOf('a/db/tcp', { parents: [on('a/host')] });
const leaf = checkOf('a/web/http', { parents: [on('a/db/tcp')] });

/** How the checks are explained after one round of these states, `ageMs` later. */
function explained(
  checks: readonly Check[],
  states: Readonly<Record<string, State>>,
  ageMs = 0,
): (id: string) => CheckReport {
  const reports = explainChecks(checks, stateOf(states), startMs + ageMs);
  return (id) => {
    const report = reports.get(id);
    if (!report) throw new Error(`no report of ${id}`);
    return report;
  };
}

describe('under a parent that is down', () => {
  it.each<State>(['down', 'degraded', 'unknown'])(
    'a %s check is suppressed and names it',
    (state) => {
      const of = explained([hostCheck, middle], { 'a/host': 'down', 'a/db/tcp': state });
      expect(of('a/db/tcp')).toMatchObject({
        state: 'suppressed',
        because: 'a/host',
        note: 'a/host is down',
      });
    },
  );

  it('a grandchild names the root, also when it is listed first', () => {
    const checks = [leaf, middle, hostCheck];
    const of = explained(checks, { 'a/host': 'down', 'a/db/tcp': 'down', 'a/web/http': 'down' });
    expect(of('a/web/http')).toMatchObject({ state: 'suppressed', because: 'a/host' });
  });

  it.each<State>(['up', 'idle'])(
    'a check that is %s stays so, and the parent’s note says so',
    (state) => {
      const of = explained([hostCheck, middle], { 'a/host': 'down', 'a/db/tcp': state });
      expect(of('a/db/tcp')).toMatchObject({ state, because: null });
      expect(of('a/host').note).toBe('it is down, but a/db/tcp answers');
    },
  );

  it.each([
    ['before it failed is not quoted', 'refused', -5, 'it is down'],
    ['while it was asked is', 'timeout', -5, 'it is down, but a/db/tcp answers'],
    [
      'since it began to fail is, also before its last failure',
      'refused',
      8,
      'it is down, but a/db/tcp answers',
    ],
  ] as const)('an answer from %s', (_, code, seconds, note) => {
    const fault = faultOf(code, 'it is down');
    const failed = (second: number) =>
      sampled(failureOf(fault, { check: 'a/host', at: at(second) }));
    const answered = sampled(resultOf('up', { check: 'a/db/tcp', at: at(seconds) }));
    const state = [[answered], [failed(0)], [failed(10)]].reduce(foldRound, emptyNetworkState);
    const reports = explainChecks([hostCheck, middle], state, startMs + 10_000);
    expect(reports.get('a/host')?.note).toBe(note);
  });

  it('only the first of several that answer is named', () => {
    const second = checkOf('a/web/http', { parents: [on('a/host')] });
    const states: Record<string, State> = {
      'a/host': 'down',
      'a/db/tcp': 'up',
      'a/web/http': 'up',
    };
    expect(explained([hostCheck, middle, second], states)('a/host').note).toBe(
      'it is down, but a/db/tcp answers',
    );
  });

  it('a check that was never measured is suppressed too', () => {
    const of = explained([hostCheck, middle], { 'a/host': 'down' });
    expect(of('a/db/tcp')).toMatchObject({ state: 'suppressed', because: 'a/host', at: null });
  });

  it('the evidence of the check’s own trouble stays', () => {
    const of = explained([hostCheck, middle], { 'a/host': 'down', 'a/db/tcp': 'down' });
    expect(of('a/db/tcp').streak).toEqual({ toward: 'down', n: 1, of: 3 });
  });
});

describe('under a parent that is not down', () => {
  it.each<[State, string]>([
    ['degraded', 'degraded'],
    ['up', 'up'],
  ])('that is %s a down check stays down', (parent) => {
    const of = explained([hostCheck, middle], { 'a/host': parent, 'a/db/tcp': 'down' });
    expect(of('a/db/tcp')).toMatchObject({ state: 'down', because: null });
  });

  it('that is unknown a check is unknown only when it is seen through it', () => {
    const seen = checkOf('a/job/command', { parents: [through('a/host')] });
    const states: Record<string, State> = {
      'a/host': 'unknown',
      'a/db/tcp': 'down',
      'a/job/command': 'down',
    };
    const of = explained([hostCheck, middle, seen], states);
    expect(of('a/db/tcp').state).toBe('down');
    expect(of('a/job/command')).toMatchObject({
      state: 'unknown',
      because: 'a/host',
      note: 'seen only through a/host: unknown',
    });
  });

  it('a down one beside it explains more than an unknown one', () => {
    const parents = [through('a/host'), on('b/host')];
    const checks = [hostCheck, checkOf('b/host'), checkOf('a/job/command', { parents })];
    const of = explained(checks, {
      'a/host': 'unknown',
      'b/host': 'down',
      'a/job/command': 'down',
    });
    expect(of('a/job/command')).toMatchObject({ state: 'suppressed', because: 'b/host' });
  });

  it('a parent that is not bound explains nothing', () => {
    const of = explained([leaf], { 'a/web/http': 'down' });
    expect(of('a/web/http')).toMatchObject({ state: 'down', because: null });
  });
});

describe('under a part', () => {
  const daemon = checkOf('b/tailscale');
  const nas = checkOf('nas/host', { parents: [on('b/tailscale#nas')] });
  const web = checkOf('nas/web/http', { parents: [on('nas/host')] });
  const peer = (state: State): Part => ({ ...partOf('nas', state), kind: 'peer', name: 'nas-2' });

  const withPeer = (state: NetworkState, part: State, own: State, at?: string): NetworkState => {
    const result = resultOf(own, {
      check: 'b/tailscale',
      parts: [peer(part)],
      ...(at === undefined ? {} : { at }),
    });
    return foldRound(state, [sampled(result)]);
  };

  const under = (part: State, states: Readonly<Record<string, State>>, own: State = 'up') =>
    explainChecks([daemon, nas, web], withPeer(stateOf(states), part, own), startMs);

  it('that is down a bad check is suppressed, and so is what hangs on it: the part is the root', () => {
    const reports = under('down', { 'nas/host': 'down', 'nas/web/http': 'down' });
    for (const id of ['nas/host', 'nas/web/http']) {
      expect(reports.get(id)).toMatchObject({ state: 'suppressed', because: 'b/tailscale#nas' });
    }
    expect(reports.get('b/tailscale#nas')).toMatchObject({
      state: 'down',
      kind: 'peer',
      name: 'nas-2',
      because: null,
    });
  });

  it('that is down a check that answers stays up, and the part’s note says so', () => {
    const reports = under('down', { 'nas/host': 'up' });
    expect(reports.get('nas/host')).toMatchObject({ state: 'up', because: null });
    expect(reports.get('b/tailscale#nas')?.note).toBe('part is down, but nas/host answers');
  });

  it('that was never found explains nothing', () => {
    const reports = explainChecks([daemon, nas], stateOf({ 'nas/host': 'down' }), startMs);
    expect(reports.get('nas/host')).toMatchObject({ state: 'down', because: null });
    expect(reports.has('b/tailscale#nas')).toBe(false);
  });

  it('that is too old explains nothing', () => {
    const longAgo = new Date(startMs - 60_000).toISOString();
    const state = withPeer(stateOf({ 'nas/host': 'down' }), 'down', 'up', longAgo);
    const reports = explainChecks([daemon, nas], state, startMs);
    expect(reports.get('nas/host')).toMatchObject({ state: 'down', because: null });
  });

  it('suppresses only when the part is down and the result is not good, whatever its check is', () => {
    fc.assert(
      fc.property(anyState, anyState, anyState, (part, own, found) => {
        const report = under(part, { 'nas/host': found }, own).get('nas/host');
        const explains = part === 'down' || part === 'suppressed';
        const suppressed = explains && classOf(found) !== 'good';
        expect(report?.state).toBe(suppressed ? 'suppressed' : found);
        expect(report?.because).toBe(suppressed ? 'b/tailscale#nas' : null);
      }),
    );
  });
});

describe('staleness', () => {
  it.each([
    ['three waits later', 30_000, 'up'],
    ['a moment after three waits', 30_001, 'unknown'],
    ['with the clock set back by three waits', -30_000, 'up'],
    ['with the clock set back further', -30_001, 'unknown'],
  ])('%s the check is as told', (_title, ageMs, state) => {
    expect(explained([hostCheck], { 'a/host': 'up' }, ageMs)('a/host').state).toBe(state);
  });

  it('says since when and what was last seen', () => {
    const { note, fault } = explained([hostCheck], { 'a/host': 'down' }, 240_000)('a/host');
    expect(note).toBe('stale, last down');
    expect(fault?.code).toBe('stale');
  });

  it('of a parent does not suppress its children', () => {
    const stale = stateOf({ 'a/host': 'down', 'a/db/tcp': 'down' }, (check) =>
      check === 'a/host' ? { at: new Date(startMs - 60_000).toISOString() } : {},
    );
    expect(explainChecks([hostCheck, middle], stale, startMs).get('a/db/tcp')?.state).toBe('down');
  });
});

it('a check of which nothing is known is not measured yet', () => {
  const report = explainChecks([hostCheck], emptyNetworkState, startMs).get('a/host');
  expect(report).toMatchObject({
    state: 'unknown',
    note: 'not measured yet',
    at: null,
    fault: null,
  });
});

it('checks that explain each other are explained by what was seen', () => {
  const a = checkOf('a/x/http', { parents: [on('a/y/http')] });
  const b = checkOf('a/y/http', { parents: [on('a/x/http')] });
  const of = explained([a, b], { 'a/x/http': 'down', 'a/y/http': 'down' });
  expect(['a/x/http', 'a/y/http'].map((id) => of(id).state).toSorted()).toEqual([
    'down',
    'suppressed',
  ]);
});

describe('what is seen through a check that is unknown', () => {
  const host = checkOf('a/cluster:x');
  const seen = checkOf('a/db/k8s', { parents: [through('a/cluster:x')] });

  it('says of itself that it was never measured, or is too old', () => {
    const never = explained([host, seen], { 'a/cluster:x': 'unknown' });
    expect(never('a/db/k8s')).toMatchObject({ note: 'not measured yet', because: null });
    const old = explained([host, seen], { 'a/cluster:x': 'up', 'a/db/k8s': 'up' }, 3_600_000);
    expect(old('a/db/k8s').note).toContain('stale');
  });
});

describe('under a parent that has come back', () => {
  const cluster = checkOf('a/cluster');
  const inside = checkOf('a/db/k8s', { parents: [through('a/cluster')] });
  /** One result after another, a second apart. */
  const told = (
    checks: readonly Check[],
    ...results: readonly (readonly [string, State])[]
  ): ((id: string) => CheckReport | undefined) => {
    const state = results.reduce(
      (known, [check, word], second) =>
        foldRound(known, [sampled(resultOf(word, { check, at: at(second) }))]),
      emptyNetworkState,
    );
    const reports = explainChecks(checks, state, startMs + 1000 * results.length);
    return (id) => reports.get(id);
  };

  it('trouble that is older than its return is held until it is asked anew', () => {
    const of = told(
      [hostCheck, middle],
      ['a/host', 'down'],
      ['a/db/tcp', 'down'],
      ['a/host', 'up'],
    );
    expect(of('a/db/tcp')).toMatchObject({
      state: 'suppressed',
      because: 'a/host',
      note: 'it is down (a/host is back: asked anew)',
    });
  });

  it('trouble that nobody asks after any more is stale, and says so', () => {
    const known = [
      ['a/host', 'down'],
      ['a/db/tcp', 'down'],
      ['a/host', 'up'],
    ] as const;
    const state = known.reduce(
      (before, [check, word], second) =>
        foldRound(before, [sampled(resultOf(word, { check, at: at(second) }))]),
      emptyNetworkState,
    );
    const late = explainChecks([hostCheck, middle], state, startMs + 60_000).get('a/db/tcp');
    expect(late).toMatchObject({ state: 'unknown', because: null, fault: { code: 'stale' } });
  });

  it('trouble that is younger is its own', () => {
    const of = told(
      [hostCheck, middle],
      ['a/host', 'down'],
      ['a/host', 'up'],
      ['a/db/tcp', 'down'],
    );
    expect(of('a/db/tcp')).toMatchObject({ state: 'down', because: null });
  });

  it('a first sample of either is no return', () => {
    const of = told([hostCheck, middle], ['a/db/tcp', 'down'], ['a/host', 'up']);
    expect(of('a/db/tcp')).toMatchObject({ state: 'down', because: null });
  });

  it('a parent that was degraded has explained nothing, and does not now', () => {
    const of = told(
      [hostCheck, middle],
      ['a/host', 'degraded'],
      ['a/db/tcp', 'down'],
      ['a/host', 'up'],
    );
    expect(of('a/db/tcp')).toMatchObject({ state: 'down', because: null });
  });

  it('what is seen only through one that was unknown stays unknown', () => {
    const of = told(
      [cluster, inside],
      ['a/cluster', 'unknown'],
      ['a/db/k8s', 'unknown'],
      ['a/cluster', 'up'],
    );
    expect(of('a/db/k8s')).toMatchObject({ state: 'unknown', because: 'a/cluster' });
  });
});
