import { describe, expect, it } from 'vitest';
import type { Service } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { CheckReport, Report, ServiceReport } from '../../src/model/report.ts';
import { changesBetween } from '../../src/outputs/changes.ts';
import { expertStep } from '../../src/outputs/expert-step.ts';
import { nextActions } from '../../src/outputs/next-actions.ts';
import { serviceOf } from '../model/made.ts';
import { labInventory, labReport } from './lab-report.ts';

const at = (where = '') => ({ inventory: labInventory, where });

const healthy = await labReport('healthy');
const crashed = await labReport('worker-crash-loop');
const away = await labReport('clanker-down');
const burning = await labReport('everything-down');

const checkReportOf = (kind: string, facts: JsonObject): CheckReport => ({
  id: `a/b/${kind}`,
  kind,
  name: kind,
  state: 'down',
  note: '',
  latencyMs: 1,
  at: null,
  since: null,
  unwatchedUntil: null,
  streak: { toward: null, n: 0, of: 1 },
  facts,
  fault: null,
  because: null,
});

describe('what to do next', () => {
  it('is nothing where all that is measured is well', () => {
    expect(nextActions(healthy, at())).toEqual([]);
  });

  it('is to look at what is worst, in words that an agent can run', () => {
    expect(nextActions(crashed, at())).toEqual([
      {
        command: 'joelclaw status panda/worker --json',
        description: 'panda/worker is down: spawn scheduled after exit 1',
      },
      {
        command: expect.stringMatching(/^tail -n 50 \S+$/),
        description: 'panda/worker: what it has said last',
      },
      { command: 'joelclaw status panda --json', description: 'panda is degraded: worker is down' },
    ]);
  });

  it('is to read the last runs of a function that fails, of the app that is worst', async () => {
    const { functions, ...rest } = await labReport('functions-missing');
    const [first] = functions.apps;
    const worse = {
      ...first,
      server: 'other',
      state: 'down',
      note: 'away',
      because: null,
    } as const;
    const items = functions.items.map((item, index) =>
      index === 0 ? { ...item, server: 'other', marks: ['failing'], note: 'it said no' } : item,
    );
    const all = { ...functions, apps: [...functions.apps, worse], items } as Report['functions'];
    expect(nextActions({ ...rest, functions: all }, at()).slice(-2)).toMatchObject([
      { description: 'functions of other are down: away' },
      {
        command: `joelclaw logs ${items[0]?.name} -n 20 --json`,
        description: `${items[0]?.name}: it said no; its last runs tell more`,
      },
    ]);
  });

  it('is to look at functions that are not well, though every service is', async () => {
    expect(nextActions(await labReport('cron-silent'), at())).toEqual([
      {
        command: 'joelclaw functions --json',
        description:
          'functions of inngest are degraded: content-sync: its cron is overdue: no completed run since 2026-02-18 04:00Z',
      },
    ]);
  });

  it('is to accept what is registered, where that is not for the inventory to say', async () => {
    const { functions, ...rest } = await labReport('functions-missing');
    const commandsOf = (change: Partial<Report['functions']>): readonly string[] =>
      nextActions({ ...rest, functions: { ...functions, ...change } }, at(' --root /n')).map(
        ({ command }) => command,
      );
    const look = 'joelclaw functions --json --root /n';
    const accept = 'joelclaw functions accept --dry-run --root /n';
    expect(commandsOf({})).toEqual([look]);
    const apps = functions.apps.map((app) => ({ ...app, expect: null }));
    expect(commandsOf({ apps })).toEqual([look, accept]);
    const items = functions.items.map((item) => ({ ...item, marks: ['triggers-changed'] }));
    expect(commandsOf({ items })).toEqual([look, accept]);
  });

  it('is to look at a cluster that hides what runs in it, and has its hint', async () => {
    const [first, ...others] = nextActions(await labReport('kube-away'), at());
    expect(others).toEqual([]);
    expect(first).toEqual({
      command: 'joelclaw status panda --json',
      description: expect.stringMatching(
        /^panda\/cluster:joelclaw is unknown: the API of joelclaw refuses .*\(has its port changed/,
      ),
    });
  });

  it('is to look at the host that runs a node, whose name no command knows', async () => {
    const commands = nextActions(await labReport('node-pressure'), at()).map(
      ({ command }) => command,
    );
    expect(commands).toEqual([
      'joelclaw status panda/qdrant --json',
      'kubectl --context admin@joelclaw -n joelclaw describe statefulset qdrant',
      'joelclaw status panda --json',
    ]);
  });

  it('is not to look at what another explains', () => {
    const ids = nextActions(away, at()).map(({ command }) => command);
    expect(ids).toEqual(['joelclaw status clanker-001 --json']);
  });

  it('is five things at most, the worst first', () => {
    const descriptions = nextActions(burning, at()).map(
      ({ description }) => description.split(':')[0],
    );
    expect(descriptions).toEqual([
      'clanker-001 is down',
      'three-body is down',
      'panda/inngest is down',
      'panda/qdrant is down',
      'panda/redis is down',
    ]);
  });

  it.each([
    [
      { kind: 'systemd', unit: 'web.service', user: false },
      { loadState: 'not-found' },
      "systemctl list-unit-files '*web*'",
    ],
    [
      { kind: 'systemd', unit: 'web.service', user: true },
      { loadState: 'masked' },
      'systemctl --user status --no-pager web.service',
    ],
    [
      { kind: 'systemd', unit: 'web.service', user: true },
      { loadState: 'loaded' },
      'journalctl --user -u web.service -n 50 --no-pager',
    ],
    [
      { kind: 'launchd', label: 'com.web' },
      { domain: null, domains: { 'gui/501': '' }, path: null, disabled: true },
      'launchctl print-disabled gui/501',
    ],
    [
      { kind: 'launchd', label: 'com.web' },
      { domain: null, domains: {}, path: '/a b.plist', disabled: false },
      "plutil -lint '/a b.plist'",
    ],
    [
      { kind: 'launchd', label: 'com.web' },
      { domain: null, domains: {}, path: null, disabled: null },
      'launchctl list',
    ],
    [
      { kind: 'launchd', label: 'com.web' },
      { domain: 'gui/501', logs: { stderr: null, stdout: null } },
      'launchctl print gui/501/com.web',
    ],
    [
      { kind: 'k8s', cluster: 'joelclaw', workload: 'deployment/web' },
      { found: false },
      'kubectl --context admin@joelclaw get statefulsets,deployments,daemonsets -A',
    ],
    [
      { kind: 'k8s', cluster: 'joelclaw', workload: 'deployment/web' },
      { found: true, workload: 'a/deployment/web', badExit: 'exit 1' },
      'kubectl --context admin@joelclaw -n a logs deployment/web --previous --tail=50',
    ],
  ] as const)('is what an expert of %j would look at, seeing %j', (manager, facts, command) => {
    const service = serviceOf('panda/web', { manager: manager as Service['manager'] });
    const report = checkReportOf(manager.kind, facts as JsonObject);
    expect(expertStep(report, service, labInventory)?.command).toBe(command);
  });

  it('is asked over ssh, where the unit is on another host', () => {
    const manager = { kind: 'systemd', unit: 'pdf-brain.service', user: false } as const;
    const service = serviceOf('clanker-001/pdf-brain', { manager });
    const step = expertStep(
      checkReportOf('systemd', { loadState: 'loaded' }),
      service,
      labInventory,
    );
    expect(step?.command).toMatch(
      /^ssh -i \S+ \S*clanker-001 'journalctl -u pdf-brain.service -n 50 --no-pager'$/,
    );
  });

  it('bears the hint of the fault', () => {
    const fault = {
      code: 'auth',
      side: 'prober',
      message: 'no',
      hint: 'set the password',
    } as const;
    const services = crashed.services.map((service): ServiceReport => {
      const checks = service.checks.map((check) => ({ ...check, fault }));
      return service.id === 'panda/worker' ? { ...service, checks } : service;
    });
    expect(nextActions({ ...crashed, services }, at())[0]?.description).toMatch(
      / \(set the password\)$/,
    );
  });
});

describe('what changed', () => {
  it('between a report and itself is nothing', () => {
    expect(changesBetween(burning, burning)).toEqual([]);
  });

  it('is each host, service and Inngest server whose state differs, in this order', () => {
    expect(changesBetween(healthy, crashed)).toEqual([
      {
        type: 'change',
        at: crashed.at,
        id: 'panda',
        from: 'up',
        to: 'degraded',
        note: 'worker is down',
      },
      {
        type: 'change',
        at: crashed.at,
        id: 'panda/worker',
        from: 'up',
        to: 'down',
        note: 'spawn scheduled after exit 1',
      },
      {
        type: 'change',
        at: crashed.at,
        id: 'functions:inngest',
        from: 'up',
        to: 'suppressed',
        note: 'panda/worker/launchd is down',
      },
    ]);
  });

  it('is no reason that changes under the same state', () => {
    const services = crashed.services.map((one) =>
      one.id === 'panda/worker' ? { ...one, note: 'no answer within 5 s' } : one,
    );
    expect(changesBetween(crashed, { ...crashed, services })).toEqual([]);
  });

  it('leaves out what was not known before', () => {
    const before: Report = { ...healthy, services: [] };
    expect(changesBetween(before, crashed).map(({ id }) => id)).toEqual([
      'panda',
      'functions:inngest',
    ]);
  });
});
