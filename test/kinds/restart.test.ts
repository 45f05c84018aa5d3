import { describe, expect, it } from 'vitest';
import type { Deed } from '../../src/kinds/deed.ts';
import { deeds as deedsK8s } from '../../src/kinds/k8s/deeds.ts';
import { deeds as deedsLaunchd } from '../../src/kinds/launchd/deeds.ts';
import { deeds as deedsSystemd } from '../../src/kinds/systemd/deeds.ts';
import type { JsonObject } from '../../src/model/json.ts';

const restartOf = (deeds: readonly Deed[]): Deed => {
  const [deed] = deeds.filter(({ verb }) => verb === 'restart');
  if (!deed) throw new Error('no restart among them');
  return deed;
};
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
  const plist = (program: string): string =>
    `<?xml version="1.0"?><plist version="1.0"><dict><key>Label</key><string>com.joel.caddy</string><key>Program</key><string>${program}</string></dict></plist>`;

  it('is kicked where launchd has what its file says, or where that cannot be read', () => {
    for (const file of [plist('/opt/homebrew/bin/caddy'), null, 'bplist00']) {
      const plan = restartLaunchd(job, loaded, file);
      expect(commands(plan)).toEqual(['/bin/launchctl kickstart -k gui/501/com.joel.caddy']);
      expect(plan).toMatchObject({ warnings: [], minimumMs: 20_000 });
    }
  });

  it('goes out and in again where its file differs, and is waited for in between', () => {
    const plan = restartLaunchd(job, loaded, plist('/usr/local/bin/caddy'));
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
    const held = { ...loaded, held: 'inefficient' };
    const plan = restartLaunchd(job, held, plist('/usr/local/bin/caddy'));
    expect(commands(plan).at(-1)).toBe('/bin/launchctl kickstart gui/501/com.joel.caddy');
  });

  it('that is disabled is enabled first', () => {
    const [first] = commands(restartLaunchd(job, { ...loaded, disabled: true }, null));
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
    expect(commands(restartLaunchd(job, missing, null))).toEqual([
      'sh -c exec /bin/launchctl bootstrap "$1" "$HOME/$2" sh gui/501 Library/LaunchAgents/com.joel.caddy.plist',
    ]);
  });

  it('without a file, or without a session to live in, is none to be restarted', () => {
    for (const more of [{ path: null }, { doubt: 'no GUI session: there is no gui/501' }]) {
      const { steps, refusal } = restartLaunchd(job, { ...missing, ...more }, null);
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

  it('that no namespace has is none to be restarted', () => {
    expect(restartK8s(spec, { found: false }).refusal?.code).toBe('NOT_FOUND');
  });
});
