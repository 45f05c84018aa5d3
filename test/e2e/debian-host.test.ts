import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Wish } from '../../src/actions/plan-refusals.ts';
import { carryOut } from '../../src/commands/acting/carry-out.ts';
import { prepareDeed } from '../../src/commands/acting/prepare-deed.ts';
import type { ActGround } from '../../src/commands/acting/prepared.ts';
import { bind } from '../../src/kinds/bind.ts';
import { explain } from '../../src/model/explain.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Service } from '../../src/model/inventory.ts';
import type { Acted } from '../../src/model/plan.ts';
import type { Report } from '../../src/model/report.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { createPoller } from '../../src/watch/poller.ts';
import { createWatchedStore } from '../../src/watch/store.ts';
import { inventoryOf } from '../inventory/read.ts';
import { type DebianHost, startDebianHost } from '../support/debian-host/index.ts';
import { startCli } from '../support/run-cli.ts';
import { ownSshConfig, type SshConfig } from '../support/ssh-config.ts';
import { describeTier } from '../support/tiers.ts';
import { wished } from '../support/wishes.ts';

const patienceMs = 90_000;
const units = ['works', 'crash', 'failed', 'missing', 'masked', 'slow', 'changed'];

/** A network of this machine and the host, asked every second. */
function inventoryText({ address, keyFile, knownHosts }: DebianHost): string {
  const unit = (name: string, more = ''): string =>
    `  - {name: ${name}, host: box, manager: {kind: systemd, unit: jc-${name}.service}${more}}`;
  return `version: 1
name: debian
defaults: {interval: 2s, timeout: 3s, failureThreshold: 2, successThreshold: 1}
hosts:
  - {name: here, access: local, hostname: ${hostname()}}
  - name: box
    access: ssh
    ssh: {host: ${address}, user: joel, identityFile: ${keyFile}, knownHosts: [${knownHosts}]}
services:
${units
  .filter((name) => name !== 'works')
  .map((name) => unit(name))
  .join('\n')}
  - name: works
    host: box
    port: 3847
    manager: {kind: systemd, unit: jc-works.service}
    checks:
      - {kind: tcp, host: ${address}, port: 3847}
      - {kind: http, url: "http://${address}:3847/", count: documents, unit: docs}
  - {name: timer, host: box, manager: {kind: systemd, unit: jc-oneshot.timer}}
  - {name: socket, host: box, manager: {kind: systemd, unit: jc-socket.socket}}
  - {name: user, host: box, manager: {kind: systemd, unit: jc-user.service, user: true}}
`;
}

/** The same with the units that a user may restart, asked in one go. */
function restartText(host: DebianHost): string {
  const ofUser = ['slow-stop', 'short-lived'].map(
    (name) =>
      `  - {name: ${name}, host: box, manager: {kind: systemd, unit: jc-${name}.service, user: true}}`,
  );
  return `${inventoryText(host)}${ofUser.join('\n')}\n`;
}

describeTier('debian', 'a real Debian host', () => {
  let host: DebianHost;
  let config: SshConfig;
  beforeAll(async () => {
    config = await ownSshConfig();
    host = await startDebianHost();
  }, 20 * 60_000);
  afterAll(async () => {
    await host?.stop();
    await config?.restore();
  });

  /** Watches the host until the body ends. */
  async function watched(body: (watch: Watch) => Promise<void>): Promise<void> {
    const network = bind(inventoryOf(inventoryText(host)));
    const transports = createLiveTransports();
    const store = createWatchedStore(network, { nowMs: Date.now(), lastKnown: null });
    const poller = createPoller({ network, transports, store });
    const report = (): Report => explain(network, store.getState().state, Date.now());
    const seen = new Map<string, Set<string>>();
    const count = (): void => {
      for (const [check, { seenAt }] of Object.entries(store.getState().state.health)) {
        seen.set(check, (seen.get(check) ?? new Set()).add(seenAt));
      }
    };
    store.subscribe(count);
    poller.start();
    try {
      await poller.idle();
      await body({
        report,
        counts: transports.counts,
        states: () => statesOf(report()),
        /** Resolves at the first state that is so; the states are told when it does not come. */
        until: (wanted) =>
          new Promise((resolve, reject) => {
            const late = setTimeout(() => {
              stop();
              reject(
                new Error(`not within ${patienceMs} ms: ${JSON.stringify(statesOf(report()))}`),
              );
            }, patienceMs);
            const look = (): void => {
              if (!wanted(statesOf(report()))) return;
              stop();
              clearTimeout(late);
              resolve();
            };
            const stop = store.subscribe(look);
            look();
          }),
        samples: (check) => seen.get(check)?.size ?? 0,
      });
    } finally {
      await poller.stop();
      await transports.close();
    }
  }

  it('has every unit in the state that it is in', { timeout: patienceMs }, async () => {
    await watched(async ({ report }) => {
      const said = report().services.map(({ id, state, note }) => [id, `${state}: ${note}`]);
      const { 'box/crash': crash, ...others } = Object.fromEntries(said);
      expect(report().nodes[1]).toMatchObject({ name: 'box', state: 'up' });
      expect(crash).toMatch(/^(up: $|(down|degraded): .*exit 1)/);
      expect(others).toEqual({
        'box/works': 'up: 700 docs',
        'box/failed': 'down: failed: exit 3',
        'box/missing': 'down: there is no such unit',
        'box/masked': 'down: masked: it cannot be started',
        'box/slow': 'unknown: starting',
        'box/changed': 'degraded: its file was changed: systemctl daemon-reload',
        'box/timer': 'idle: ',
        'box/socket': 'idle: ',
        'box/user': 'up: ',
      });
    });
  });

  it('has its crash loop named by the second sample that sees it started anew', {
    timeout: patienceMs,
  }, async () => {
    await watched(async ({ report, until }) => {
      const crash = () => report().services.find(({ id }) => id === 'box/crash');
      await until(() => /restart|crash loop/.test(crash()?.note ?? ''));
      // The first sighting is what both are compared with: asked each second, it runs in some of them.
      const seen = crash()?.checks[0]?.facts['sightings'] as readonly unknown[];
      expect(seen.length).toBeLessThanOrEqual(3);
      expect(['down', 'degraded']).toContain(crash()?.state);
      const [check] = crash()?.checks ?? [];
      const words = { text: 'Error: cannot find module', from: 'journal' };
      expect(check?.facts['lastWords']).toEqual(words);
    });
  });

  it('is asked over one connection, and no program is started for it', {
    timeout: patienceMs,
  }, async () => {
    await watched(async ({ counts, until, samples }) => {
      const first = counts();
      await until(() => samples('box/host') >= 5 && samples('box/works/systemd') >= 5);
      const { connections, processes } = counts();
      // The http server of the host closes each of its connections, and the tcp check does so itself.
      const asked = samples('box/works/http') + samples('box/works/tcp') - 2;
      expect(processes).toBe(first.processes);
      expect(connections - first.connections).toBeLessThanOrEqual(asked);
      const logins = await host.shell('ps -C sshd -o args= | grep -c "sshd: joel"');
      // sshd has two processes for a login.
      expect(Number(logins)).toBe(2);
    });
  });

  /** Plans and carries out, as `joelclaw VERB NAME --yes` does; the first time it is restarted. */
  async function restart(name: string, verb: Wish['verb'] = 'restart'): Promise<Acted> {
    const network = bind(inventoryOf(restartText(host)));
    const transports = createLiveTransports();
    const known = { secrets: [], identity: '', rootPath: null, badge: null };
    const stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-restart-'));
    const ground: ActGround = {
      open: { network, transports, stateFolder, ...known },
      ...{ actor: 'a test', force: false, verifyMs: null },
      ...{ signal: new AbortController().signal, warn: () => {}, onStep: () => {} },
      onLook: () => {},
    };
    try {
      const service = network.inventory.services.find((one) => one.name === name) as Service;
      return await carryOut(
        await prepareDeed(wished(service, verb), emptyNetworkState, ground),
        ground,
      );
    } finally {
      await transports.close();
      await rm(stateFolder, { recursive: true });
    }
  }

  it("has a user's unit restarted, also one that is slow to stop, and proves it", {
    timeout: 2 * patienceMs,
  }, async () => {
    for (const name of ['user', 'slow-stop']) {
      const { outcome, receipt } = await restart(name);
      expect({ name, outcome, note: receipt?.note }).toEqual({ name, outcome: 'done', note: '' });
      expect(receipt?.before.pid).not.toBe(receipt?.after.pid);
      expect(receipt?.stableMs).toBeGreaterThanOrEqual(5000);
    }
  });

  it("has a user's unit stopped, started, kept from the boot and let again, and proves each", {
    timeout: 2 * patienceMs,
  }, async () => {
    const isActive = (): Promise<string> =>
      host.shell(
        "su - joel -c 'XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user is-active jc-user' || true",
      );
    for (const [verb, after] of [
      ['stop', 'inactive'],
      ['start', 'active'],
      ['reload', 'active'],
      ['disable', 'active'],
      ['enable', 'active'],
    ] as const) {
      const { outcome, receipt } = await restart('user', verb);
      expect({ verb, outcome, isVerified: receipt?.verified }).toEqual({
        ...{ verb, outcome: 'done', isVerified: true },
      });
      expect((await isActive()).trim()).toBe(after);
      const again = await restart('user', verb);
      if (verb !== 'reload') expect(again).toMatchObject({ outcome: 'done', steps: [] });
    }
    expect((await restart('short-lived', 'reload')).plan.refusals).toMatchObject([
      { code: 'NOT_OFFERED' },
    ]);
  });

  it('calls a unit that comes up and dies no success, quotes it, and proves it when it is mended', {
    timeout: 2 * patienceMs,
  }, async () => {
    const first = await restart('short-lived');
    expect(first.outcome).toBe('failed');
    expect(first.receipt?.note).toMatch(/^it came up and died/);
    await host.shell('touch /tmp/jc-mended');
    expect((await restart('short-lived')).outcome).toBe('done');
  });

  it('tells what only root may restart, with the command for it', {
    timeout: patienceMs,
  }, async () => {
    const { outcome, steps, plan } = await restart('works');
    // There is no polkit on it: that is known before anything is tried.
    expect({ outcome, steps }).toEqual({ outcome: 'refused', steps: [] });
    expect(plan.refusals).toMatchObject([
      {
        code: 'NEEDS_ROOT',
        hint: expect.stringMatching(
          /^ssh -t -i \S+ -o UserKnownHostsFile=\S+ joel@[\d.]+ 'sudo systemctl restart jc-works.service'$/,
        ),
      },
    ]);
    expect((await restart('missing')).plan.refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('has its journals followed together, also over a cut cable, without a repeat', {
    timeout: 3 * patienceMs,
  }, async () => {
    const root = await mkdtemp(join(tmpdir(), 'joelclaw-logs-'));
    await writeFile(join(root, 'inventory.yaml'), restartText(host));
    const args = ['logs', 'crash', 'works', 'user', '-f', '-n', '3', '--json', '--root', root];
    // Its own ssh_config, known_hosts and keys are of this process's home.
    const { HOME = '' } = process.env;
    const cli = startCli(args, { env: { HOME, JOELCLAW_STATE: join(root, 'state') } });
    try {
      await cli.until(/"box\/crash".*cannot find module/);
      await host.cutCable();
      // Of this one, whose life is waited for: each log is told for itself.
      await cli.until(/"type":"event".*"box\/crash".*reconnecting/);
      await host.mendCable();
      await cli.until(/"box\/crash".*"live again/);
      await host.shell('systemctl restart jc-works');
      await cli.until(/"box\/works".*(?:Started|Stopped) /);
    } finally {
      cli.child.kill('SIGINT');
    }
    const { code, stdout } = await cli.ended;
    expect(code).toBe(0);
    const lines = stdout.split('\n').filter((line) => line.includes('cannot find module'));
    expect(new Set(lines).size).toBe(lines.length);
    await rm(root, { recursive: true });
  });

  it('is one host that is down when its cable is cut, and comes back', {
    timeout: 3 * patienceMs,
  }, async () => {
    await watched(async ({ until, states, report }) => {
      const before = states();
      await host.cutCable();
      await until((now) => now['box'] === 'down');
      await until((now) =>
        Object.entries(now).every(
          ([id, state]) => !id.startsWith('box/') || state === 'suppressed',
        ),
      );
      expect(states()['here']).toBe('up');
      expect(report().services.every(({ because }) => because === 'box/host')).toBe(true);
      await host.mendCable();
      await until((now) => now['box'] === 'up' && now['box/works'] === 'up');
      await until((now) =>
        Object.keys(before).every((id) => now[id] === before[id] || id === 'box/crash'),
      );
    });
  });

  it('comes back after a reboot with its units', { timeout: 3 * patienceMs }, async () => {
    await watched(async ({ until }) => {
      await until((now) => now['box/works'] === 'up');
      await host.reboot();
      await until(
        (now) => now['box'] === 'up' && now['box/works'] === 'up' && now['box/user'] === 'up',
      );
    });
  });
});

interface Watch {
  report(): Report;
  states(): Readonly<Record<string, string>>;
  until(wanted: (states: Readonly<Record<string, string>>) => boolean): Promise<void>;
  counts(): { readonly connections: number; readonly processes: number };
  /** How often a check has answered. */
  samples(check: string): number;
}

function statesOf({ nodes, services }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...nodes.map(({ name, state }) => [name, state] as const),
    ...services.map(({ id, state }) => [id, state] as const),
  ]);
}
