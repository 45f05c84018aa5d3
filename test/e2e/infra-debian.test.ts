import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type DebianHost, startDebianHost } from '../support/debian-host/index.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli, startCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';

const patienceMs = 120_000;
const unit = (exec: string): string =>
  `[Unit]\nDescription=of joelclaw\n\n[Service]\nExecStart=${exec}\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n`;

describeTier('debian', 'infra apply on a real Debian host', () => {
  let host: DebianHost;
  let folder: NetworkFolder;
  beforeAll(async () => {
    host = await startDebianHost();
  }, 20 * 60_000);
  afterAll(() => host?.stop());
  beforeEach(async () => {
    folder = await makeNetworkFolder('');
    await mkdir(join(folder.root, 'infra'));
    await writeFile(join(folder.root, 'infra/jc-infra.env.example'), 'PORT=4100\n');
    await folder.write(inventory('infra', 'jc-infra.env.example'));
  });
  afterEach(async () => {
    await folder.remove();
    await host.shell(
      'systemctl disable --now jc-infra || true; rm -f /etc/systemd/system/jc-infra.service /etc/jc-infra.env; systemctl daemon-reload',
    );
  });

  const inventory = (where: string, env: string): string => `version: 1
name: debian
defaults: {interval: 2s, timeout: 5s, failureThreshold: 2, successThreshold: 2}
hosts:
  - name: box
    access: ssh
    ssh: {host: ${host.address}, user: root, identityFile: ${host.keyFile}, knownHosts: [${host.knownHosts}]}
services: [{name: web, host: box, manager: {kind: systemd, unit: jc-infra.service}}]
files:
  - {source: ${where}/jc-infra.service, kind: systemd, host: box, destination: /etc/systemd/system/, service: box/web}
  - {source: ${where}/${env}, kind: env, host: box, destination: /etc/jc-infra.env, service: box/web}
`;
  const repo = (exec: string): Promise<void> =>
    writeFile(join(folder.root, 'infra/jc-infra.service'), unit(exec));
  const options = () => ({ env: { JOELCLAW_STATE: folder.state } });
  const cli = (...args: readonly string[]): Promise<CliEnd> =>
    runCli(['infra', ...args, '--root', folder.root], options());
  const items = async (): Promise<readonly string[]> =>
    JSON.parse((await cli('plan', '--json')).stdout).result.items.map(
      (one: Record<string, string>) => `${one['verdict']} ${one['reloadNeeded']} ${one['action']}`,
    );
  const show = async (key: string): Promise<string> =>
    (await host.shell(`systemctl show -P ${key} jc-infra.service`)).trim();

  it(
    'installs a unit and its environment, and changes nothing a second time',
    async () => {
      await repo('/bin/sleep 1000001');
      expect(await items()).toEqual(['missing false create', 'missing false create']);
      const first = await cli('apply', '--yes');
      expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('✓ box/web: done')]);
      expect([await show('ActiveState'), await show('UnitFileState')]).toEqual([
        'active',
        'enabled',
      ]);
      expect(await items()).toEqual(['in-sync false none', 'in-sync false none']);
      const pid = await show('MainPID');
      expect((await cli('apply', '--yes')).code).toBe(0);
      expect(await show('MainPID')).toBe(pid);
      await host.shell('echo "# by hand" >> /etc/systemd/system/jc-infra.service');
      expect(await items()).toEqual(['drift true left', 'in-sync false none']);
      expect((await cli('apply', '--yes')).code).toBe(6);
      expect((await cli('apply', '--yes', '--overwrite-drift')).code).toBe(0);
      expect([await items(), await show('NeedDaemonReload')]).toEqual([
        ['in-sync false none', 'in-sync false none'],
        'no',
      ]);
    },
    patienceMs,
  );

  it(
    'puts a unit that does not come up back to the one of before, which runs again',
    async () => {
      await repo('/bin/sleep 1000001');
      await cli('apply', '--yes');
      await repo('/bin/false');
      const { code, stdout } = await cli('apply', '--yes');
      expect([code, stdout]).toEqual([3, expect.stringContaining('↩ systemd/jc-infra')]);
      expect(await show('ActiveState')).toBe('active');
      expect(await host.shell('cat /etc/systemd/system/jc-infra.service')).toContain('1000001');
      expect(await items()).toEqual(['pending false write', 'in-sync false none']);
    },
    patienceMs,
  );

  it(
    'takes a new unit that does not come up away again',
    async () => {
      await repo('/bin/false');
      expect((await cli('apply', '--yes')).code).toBe(3);
      expect(await show('LoadState')).toBe('not-found');
      expect(await host.shell('systemctl list-units --all --no-legend jc-infra.service')).toBe('');
      expect(await host.shell('ls /etc/systemd/system /etc | grep jc-infra || true')).toBe('');
      expect(await items()).toEqual(['missing false create', 'missing false create']);
    },
    patienceMs,
  );

  it(
    'has a unit that it has pruned run again, enabled, when that is taken back',
    async () => {
      await repo('/bin/sleep 1000001');
      await cli('apply', '--yes');
      await rm(join(folder.root, 'infra'), { recursive: true });
      const all = inventory('infra', 'jc-infra.env.example');
      await folder.write(all.replace(/^files:.*/ms, 'files: []\n'));
      expect((await cli('apply', '--yes', '--prune')).code).toBe(0);
      expect(await show('LoadState')).toBe('not-found');
      expect((await cli('rollback', '--yes')).code).toBe(0);
      expect([await show('ActiveState'), await show('UnitFileState')]).toEqual([
        'active',
        'enabled',
      ]);
    },
    patienceMs,
  );

  it(
    'knows nothing of a host that is cut off, and finishes when it is back',
    async () => {
      await repo('/bin/sleep 1000001');
      await host.cutCable();
      try {
        const plan = await cli('plan', '--timeout', '8s');
        expect([plan.code, plan.stdout]).toEqual([1, expect.stringContaining('unknown')]);
        expect((await cli('apply', '--yes', '--timeout', '8s')).code).toBe(1);
      } finally {
        await host.mendCable();
      }
      expect((await cli('apply', '--yes')).code).toBe(0);
      expect(await show('ActiveState')).toBe('active');
      expect((await cli('rollback', '--yes')).code).toBe(0);
      expect(await show('LoadState')).toBe('not-found');
    },
    patienceMs,
  );

  it(
    'is finished by the next one where the host was cut off half-way',
    async () => {
      await repo('/bin/sleep 1000001');
      const running = startCli(['infra', 'apply', '--yes', '--root', folder.root], options());
      const cut = new Promise<void>((resolve) => {
        running.child.stderr?.on('data', (text: string) => {
          if (text.includes('create')) resolve(host.cutCable());
        });
      });
      await cut;
      const { code } = await running.ended;
      await host.mendCable();
      expect(code).toBe(4);
      await expect.poll(() => cli('plan').then((end) => end.code), { timeout: 60_000 }).toBe(0);
      expect((await cli('apply', '--yes')).code).toBe(0);
      expect([await show('ActiveState'), await items()]).toEqual([
        'active',
        ['in-sync false none', 'in-sync false none'],
      ]);
    },
    3 * patienceMs,
  );
});
