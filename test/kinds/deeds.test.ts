import { describe, expect, it } from 'vitest';
import type { Deed } from '../../src/kinds/deed.ts';
import { deeds as deedsK8s } from '../../src/kinds/k8s/deeds.ts';
import { deeds as deedsLaunchd } from '../../src/kinds/launchd/deeds.ts';
import { deeds as deedsSystemd } from '../../src/kinds/systemd/deeds.ts';
import type { JsonObject } from '../../src/model/json.ts';

const deedOf = (deeds: readonly Deed[], wanted: Deed['verb']): Deed => {
  const [deed] = deeds.filter(({ verb }) => verb === wanted);
  if (!deed) throw new Error(`no ${wanted} among them`);
  return deed;
};
const restartOf = (deeds: readonly Deed[]): Deed => deedOf(deeds, 'restart');
/** Of each verb its commands, or why there are none. */
const offered = (deeds: readonly Deed[]): Record<string, unknown> =>
  Object.fromEntries(
    deeds.map((deed) => [
      deed.object === null ? deed.verb : `${deed.verb} ${deed.object}`,
      deed.refusal?.message ?? deed.needless ?? commands(deed),
    ]),
  );
const restartK8s = (...of: Parameters<typeof deedsK8s>) => restartOf(deedsK8s(...of));
const restartLaunchd = (...of: Parameters<typeof deedsLaunchd>) => restartOf(deedsLaunchd(...of));
const restartSystemd = (...of: Parameters<typeof deedsSystemd>) => restartOf(deedsSystemd(...of));

const commands = ({ steps }: Deed): readonly string[] =>
  steps.map((step) => (step.kind === 'exec' ? step.argv.join(' ') : step.title));

describe('a unit of systemd', () => {
  const running: JsonObject = { loadState: 'loaded', activeState: 'active', limitSeconds: 90 };
  const unit = { unit: 'jc-works', user: false };

  it('is restarted without a question for a password, for as long as it may take', () => {
    const { steps, refusal } = restartSystemd(unit, running);
    expect(refusal).toBeNull();
    expect(steps).toMatchObject([
      {
        argv: ['systemctl', '--no-ask-password', 'restart', 'jc-works.service'],
        timeoutMs: 120_000,
      },
    ]);
  });

  it('that has failed, or was started too often, is first forgotten to have failed', () => {
    for (const more of [{ activeState: 'failed' }, { startLimitHit: true }]) {
      const [first] = commands(restartSystemd(unit, { ...running, ...more }));
      expect(first).toBe('systemctl --no-ask-password reset-failed jc-works.service');
    }
  });

  it("of a user is found by that user's runtime folder", () => {
    const [command] = commands(restartSystemd({ unit: 'a.service', user: true }, running));
    expect(command).toBe(
      'sh -c XDG_RUNTIME_DIR=/run/user/$(id -u) exec systemctl --user "$@" sh restart a.service',
    );
  });

  it('that is not there or masked is none to be restarted, and a changed file is told', () => {
    for (const loadState of ['not-found', 'masked']) {
      const { steps, refusal } = restartSystemd(unit, { ...running, loadState });
      expect({ steps, code: refusal?.code }).toEqual({ steps: [], code: 'NOT_FOUND' });
    }
    const { warnings } = restartSystemd(unit, { ...running, needsDaemonReload: true });
    expect(warnings.join()).toMatch(/its file has changed/);
  });
});

describe('what can be done to a unit of systemd', () => {
  const unit = { unit: 'web', user: false };
  const on = { loadState: 'loaded', activeState: 'active', subState: 'running' };
  const sys = (verb: string) => [`systemctl --no-ask-password ${verb} web.service`];

  it('that runs', () => {
    const facts = { ...on, unitFileState: 'enabled', canReload: true, startLimitHit: false };
    expect(offered(deedsSystemd(unit, facts))).toEqual({
      restart: sys('restart'),
      start: 'it is started already',
      stop: sys('stop'),
      reload: sys('reload'),
      'reset-failed': 'it has not failed',
      enable: 'it is enabled already',
      disable: sys('disable'),
    });
  });

  it('that has failed, cannot be reloaded and is started by others alone', () => {
    const facts = {
      ...{ loadState: 'loaded', activeState: 'failed', subState: 'failed' },
      ...{ unitFileState: 'static', canReload: false, startLimitHit: false },
    };
    expect(offered(deedsSystemd(unit, facts))).toEqual({
      restart: [...sys('reset-failed'), ...sys('restart')],
      start: [...sys('reset-failed'), ...sys('start')],
      stop: 'it does not run',
      'reset-failed': sys('reset-failed'),
    });
  });

  it('that is off may be reloaded when it runs, and is enabled for the next boot', () => {
    const facts = { loadState: 'loaded', activeState: 'inactive', canReload: true };
    const deeds = deedsSystemd(unit, { ...facts, unitFileState: 'disabled' });
    expect(offered(deeds)).toMatchObject({ reload: 'it does not run', enable: sys('enable') });
    expect(deedOf(deeds, 'enable').warnings).toEqual(['it is started at the next boot, not now']);
  });

  it('that waits to be started again can be started at once, and stopped', () => {
    const facts = { ...on, activeState: 'activating', subState: 'auto-restart' };
    expect(offered(deedsSystemd(unit, facts))).toMatchObject({
      start: sys('start'),
      stop: sys('stop'),
    });
  });

  it('says what starts a stopped one again, and what is seen when each is done', () => {
    const deeds = deedsSystemd(unit, {
      ...on,
      unitFileState: 'enabled',
      triggeredBy: ['web.socket'],
    });
    expect(deedOf(deeds, 'stop').warnings).toEqual(['web.socket may start it again']);
    const isDone = (verb: Deed['verb'], facts: JsonObject) => deedOf(deeds, verb).isDone?.(facts);
    expect(isDone('stop', { activeState: 'deactivating' })).toBe(false);
    expect(isDone('stop', { activeState: 'inactive' })).toBe(true);
    expect(isDone('disable', { unitFileState: 'enabled' })).toBe(false);
    expect(isDone('disable', { unitFileState: 'disabled' })).toBe(true);
    expect(isDone('reset-failed', { activeState: 'failed' })).toBe(false);
    expect(isDone('reset-failed', { activeState: 'inactive', startLimitHit: false })).toBe(true);
    expect(deedOf(deeds, 'start').isDone).toBeNull();
  });
});

describe('what can be done to a job of launchd', () => {
  const job = { label: 'com.joel.caddy' };
  const target = 'gui/501/com.joel.caddy';
  const ctl = (words: string) => `/bin/launchctl ${words}`;
  it('that runs: a stop unloads it, as launchd starts again what is killed', () => {
    const facts = { domain: 'gui/501', pid: 12, disabled: null, path: '/x.plist' };
    const deeds = deedsLaunchd(job, facts);
    expect(offered(deeds)).toEqual({
      restart: [ctl(`kickstart -k ${target}`)],
      start: 'it runs already',
      stop: [ctl(`bootout ${target}`), ctl(`print ${target}`)],
      enable: [ctl(`enable ${target}`)],
      disable: [ctl(`disable ${target}`)],
    });
    const { isDone, warnings } = deedOf(deeds, 'stop');
    expect([isDone?.({ domain: 'gui/501' }), isDone?.({ domain: null })]).toEqual([false, true]);
    expect(warnings.join()).toMatch(/again at the next login or boot/);
    const told = ['enable', 'disable'] as const;
    const areDone = (disabled: boolean | null) =>
      told.map((verb) => deedOf(deeds, verb).isDone?.({ disabled }));
    expect(areDone(false)).toEqual([true, false]);
    expect(areDone(true)).toEqual([false, true]);
    // Nobody has looked: that proves nothing.
    expect(areDone(null)).toEqual([false, false]);
  });

  it('that is loaded and does not run, also where it is disabled', () => {
    const facts = { domain: 'gui/501', pid: null, disabled: true, jobKind: 'service' };
    const deeds = deedsLaunchd(job, facts);
    expect(offered(deeds)).toMatchObject({
      start: [ctl(`enable ${target}`), ctl(`kickstart ${target}`)],
      disable: 'it is disabled already',
    });
    expect(deedOf(deeds, 'start')).toMatchObject({ minimumMs: 10_000, isDone: null });
  });

  it('that is not loaded is started by loading it, and is stopped already', () => {
    const missing = { domain: null, domains: { 'gui/501': 'none' }, disabled: false, doubt: null };
    const deeds = deedsLaunchd(job, { ...missing, path: '/Library/LaunchAgents/x.plist' });
    expect(offered(deeds)).toMatchObject({
      start: [ctl('bootstrap gui/501 /Library/LaunchAgents/x.plist')],
      stop: 'it is not loaded',
      enable: 'it is not disabled',
    });
    expect(offered(deedsLaunchd(job, { ...missing, path: null }))).toEqual({
      restart: 'launchd does not know it, and no plist of that name is found',
      start: 'launchd does not know it, and no plist of that name is found',
      stop: 'it is not loaded',
    });
  });
});

describe('a job of launchd', () => {
  const job = { label: 'com.joel.caddy' };
  const loaded: JsonObject = {
    domain: 'gui/501',
    path: '/Users/joel/Library/LaunchAgents/com.joel.caddy.plist',
    program: '/opt/homebrew/bin/caddy',
    jobKind: 'service',
    minimumRuntimeSeconds: 20,
    runAtLoad: true,
    logs: { stdout: '/tmp/out.log', stderr: '/tmp/err.log' },
    disabled: null,
    held: null,
  };
  it('is kicked where launchd has what its file says, or where that cannot be read', () => {
    for (const fileDiffers of [[], null]) {
      const plan = restartLaunchd(job, { ...loaded, fileDiffers });
      expect(commands(plan)).toEqual(['/bin/launchctl kickstart -k gui/501/com.joel.caddy']);
      expect(plan).toMatchObject({ warnings: [], minimumMs: 20_000 });
    }
  });

  it('goes out and in again where its file differs, and is waited for in between', () => {
    const plan = restartLaunchd(job, { ...loaded, fileDiffers: ['Program'] });
    expect(commands(plan)).toEqual([
      '/bin/launchctl bootout gui/501/com.joel.caddy',
      '/bin/launchctl print gui/501/com.joel.caddy',
      '/bin/launchctl bootstrap gui/501 /Users/joel/Library/LaunchAgents/com.joel.caddy.plist',
    ]);
    expect(plan.warnings).toEqual(['its file differs from what is loaded: Program']);
    expect(plan.steps).toMatchObject([
      { okExits: [0, 3, 113] },
      { okExits: [113], retry: { on: [0] } },
      { okExits: [0], retry: { on: [5, 36, 37] } },
    ]);
  });

  it('that launchd holds back is started by hand after it was loaded', () => {
    const held = { ...loaded, held: 'inefficient', fileDiffers: ['Program'] };
    const plan = restartLaunchd(job, held);
    expect(commands(plan).at(-1)).toBe('/bin/launchctl kickstart gui/501/com.joel.caddy');
  });

  it('that is disabled is enabled first', () => {
    const [first] = commands(restartLaunchd(job, { ...loaded, disabled: true }));
    expect(first).toBe('/bin/launchctl enable gui/501/com.joel.caddy');
  });

  const missing: JsonObject = {
    domain: null,
    domains: { 'gui/501': 'no such service', 'user/501': 'no such service', system: 'none' },
    path: '~/Library/LaunchAgents/com.joel.caddy.plist',
    disabled: false,
    doubt: null,
  };

  it('that is not loaded is loaded from its file', () => {
    expect(commands(restartLaunchd(job, missing))).toEqual([
      'sh -c exec /bin/launchctl bootstrap "$1" "$HOME/$2" sh gui/501 Library/LaunchAgents/com.joel.caddy.plist',
    ]);
  });

  it('without a file, or without a session to live in, is none to be restarted', () => {
    for (const more of [{ path: null }, { doubt: 'no GUI session: there is no gui/501' }]) {
      const { steps, refusal } = restartLaunchd(job, { ...missing, ...more });
      expect({ steps, code: refusal?.code }).toEqual({ steps: [], code: 'NOT_FOUND' });
    }
  });
});

describe('a workload of Kubernetes', () => {
  const spec = { cluster: 'joelclaw', workload: 'statefulset/redis' };
  const found: JsonObject = {
    found: true,
    workload: 'joelclaw/statefulset/redis',
    stages: { broken: 0 },
    pods: [],
  };

  it('is rolled where it was found', () => {
    expect(restartK8s(spec, found).steps).toMatchObject([
      { kind: 'rollout-restart', namespace: 'joelclaw', workload: 'statefulset/redis' },
    ]);
  });

  it('whose rollout would wait for a broken pod is told so', () => {
    const pods = [{ name: 'redis-0', stage: 'broken' }];
    const { warnings } = restartK8s(spec, { ...found, stages: { broken: 1 }, pods });
    expect(warnings.join()).toMatch(/broken pod redis-0: it goes on when that is deleted/);
  });

  it('has each of its pods deleted by its uid, the broken one of a stuck rollout named so', () => {
    const pods = [
      { name: 'redis-0', uid: 'u0', stage: 'broken' },
      { name: 'redis-1', uid: 'u1', stage: 'leaving' },
      { name: 'redis-2', uid: null, stage: 'ready' },
    ];
    const deeds = deedsK8s(spec, { ...found, stages: { broken: 1 }, pods });
    expect(offered(deeds)).toEqual({
      restart: ['restart'],
      'delete-pod redis-0': ['delete redis-0'],
      'delete-pod redis-1': 'redis-1 is being deleted already',
    });
    expect(deedOf(deeds, 'delete-pod')).toMatchObject({
      risk: 'destructive',
      steps: [{ kind: 'delete-pod', namespace: 'joelclaw', pod: 'redis-0', uid: 'u0' }],
      warnings: ['the rollout that waits for it goes on'],
    });
  });

  it('whose pod is over is proved by its absence: nothing takes its place', () => {
    const pods = [{ name: 'job-x', uid: 'u', stage: 'finished' }];
    const { isDone } = deedOf(deedsK8s(spec, { ...found, pods }), 'delete-pod');
    expect([isDone?.({ pods }), isDone?.({ pods: [] })]).toEqual([false, true]);
  });

  it('that no namespace has is none to be restarted', () => {
    expect(restartK8s(spec, { found: false }).refusal?.code).toBe('NOT_FOUND');
  });
});
