import { describe, expect, it } from 'vitest';
import type { Report, ServiceReport } from '../../src/model/report.ts';
import { changesBetween } from '../../src/outputs/changes.ts';
import { nextActions } from '../../src/outputs/next-actions.ts';
import { labReport } from './lab-report.ts';

const healthy = await labReport('healthy');
const crashed = await labReport('worker-crash-loop');
const away = await labReport('clanker-down');
const burning = await labReport('everything-down');

describe('what to do next', () => {
  it('is nothing where all that is measured is well', () => {
    expect(nextActions(healthy, '')).toEqual([]);
  });

  it('is to look at what is worst, in words that an agent can run', () => {
    expect(nextActions(crashed, '')).toEqual([
      {
        command: 'joelclaw status panda/worker --json',
        description: 'panda/worker is down: spawn scheduled after exit 1',
      },
      { command: 'joelclaw status panda --json', description: 'panda is degraded: worker is down' },
    ]);
  });

  it('is to look at functions that are not well, though every service is', async () => {
    expect(nextActions(await labReport('cron-silent'), '')).toEqual([
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
      nextActions({ ...rest, functions: { ...functions, ...change } }, ' --root /n').map(
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
    const [first, ...others] = nextActions(await labReport('kube-away'), '');
    expect(others).toEqual([]);
    expect(first).toEqual({
      command: 'joelclaw status panda --json',
      description: expect.stringMatching(
        /^panda\/cluster:joelclaw is unknown: the API of joelclaw refuses .*\(has its port changed/,
      ),
    });
  });

  it('is to look at the host that runs a node, whose name no command knows', async () => {
    const commands = nextActions(await labReport('node-pressure'), '').map(
      ({ command }) => command,
    );
    expect(commands).toEqual([
      'joelclaw status panda/qdrant --json',
      'joelclaw status panda --json',
    ]);
  });

  it('is not to look at what another explains', () => {
    const ids = nextActions(away, '').map(({ command }) => command);
    expect(ids).toEqual(['joelclaw status clanker-001 --json']);
  });

  it('is five things at most, the worst first', () => {
    const descriptions = nextActions(burning, '').map(
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
    expect(nextActions({ ...crashed, services }, '')[0]?.description).toMatch(
      / \(set the password\)$/,
    );
  });
});

describe('what changed', () => {
  it('between a report and itself is nothing', () => {
    expect(changesBetween(burning, burning)).toEqual([]);
  });

  it('is each host, service and Inngest server whose state or reason differs, in this order', () => {
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

  it('is told of a reason that changes under the same state', () => {
    const services = crashed.services.map((one) =>
      one.id === 'panda/worker' ? { ...one, note: 'no answer within 5 s' } : one,
    );
    const [change, ...more] = changesBetween(crashed, { ...crashed, services });
    expect(change).toMatchObject({ from: 'down', to: 'down', note: 'no answer within 5 s' });
    expect(more).toEqual([]);
  });

  it('leaves out what was not known before', () => {
    const before: Report = { ...healthy, services: [] };
    expect(changesBetween(before, crashed).map(({ id }) => id)).toEqual([
      'panda',
      'functions:inngest',
    ]);
  });
});
