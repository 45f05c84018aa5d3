import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { adopt } from '../../src/commands/audit/adopt.ts';
import { withHost } from '../../src/commands/audit/with-host.ts';
import type { Context } from '../../src/commands/context.ts';
import { readOptions } from '../../src/commands/options.ts';
import type { Adopted } from '../../src/model/adoption.ts';
import { reportOf } from '../audit/adopt/seen.ts';
import { type DebianHost, startDebianHost } from '../support/debian-host/index.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli, startCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';

const patienceMs = 240_000;
const boot = '@reboot joel /usr/bin/perl /usr/local/bin/jc-server 3847 # 100 % "quoted" \\ $HOME';
const start =
  'cd /home/joel && setpriv --reuid 1000 --regid 1000 --init-groups sh -c \'GREETING="it is" setsid nohup perl /usr/local/bin/jc-server 3847 >>/home/joel/server.log 2>&1 </dev/null &\'';

describeTier('debian', 'a service of a real Debian host that is adopted', () => {
  let host: DebianHost;
  let folder: NetworkFolder;
  beforeAll(async () => {
    host = await startDebianHost();
    await host.shell('systemctl disable --now jc-works');
  }, 20 * 60_000);
  afterAll(() => host?.stop());
  beforeEach(async () => {
    folder = await makeNetworkFolder('');
    await mkdir(join(folder.root, 'infra'));
    await folder.write(inventory());
    await host.shell(
      `mkdir -p /etc/cron.d; cat >/etc/cron.d/jc <<'END'\nMAILTO=""\n${boot}\nEND\n`,
    );
    await host.shell(start);
    await expect.poll(() => listener().catch(() => ''), { timeout: 20_000 }).toMatch(/^\d+$/);
  });
  afterEach(async () => {
    await folder.remove();
    await host.shell('systemctl disable --now pdf-brain || true');
    await host.shell(`kill ${await listener()} || true`);
    await host.shell(
      'rm -f /etc/systemd/system/pdf-brain.service /etc/cron.d/jc; systemctl daemon-reload',
    );
  });

  const inventory = (): string => `# mine
version: 1
name: debian
defaults: {interval: 2s, timeout: 5s, failureThreshold: 2, successThreshold: 2}
hosts:
  - name: box # the box
    access: ssh
    ssh: {host: ${host.address}, user: root, identityFile: ${host.keyFile}, knownHosts: [${host.knownHosts}]}
services:
  - name: pdf-brain
    host: box
    port: 3847
    manager: { kind: none } # until it is adopted
    checks: [{kind: http, url: "http://${host.address}:3847/", count: documents, unit: docs}]
`;
  const options = () => ({ env: { JOELCLAW_STATE: folder.state } });
  const cli = (...args: readonly string[]): Promise<CliEnd> =>
    runCli(['infra', ...args, '--root', folder.root], options());
  const listener = async (): Promise<string> =>
    (await host.shell("ss -Hltnp 'sport = :3847' | sed 's/.*pid=\\([0-9]*\\),.*/\\1/'")).trim();
  const cgroup = async (pid: string): Promise<string> => host.shell(`cat /proc/${pid}/cgroup`);
  const show = async (key: string): Promise<string> =>
    (await host.shell(`systemctl show -P ${key} pdf-brain.service`)).trim();
  const cronFile = (): Promise<string> => host.shell('cat /etc/cron.d/jc');

  /** What runs on the port is said to be there by nohup: who says so otherwise is another test's. */
  const adoptIt = async (...flags: readonly string[]): Promise<Adopted> => {
    const context: Context = {
      options: readOptions([
        'audit',
        'box',
        '--adopt',
        'pdf-brain',
        '--json',
        '--root',
        folder.root,
        ...flags,
      ]),
      env: { JOELCLAW_STATE: folder.state },
      cwd: folder.root,
      home: homedir(),
      isTty: false,
      signal: new AbortController().signal,
      startedMs: 0,
      write: async () => {},
      warn: () => {},
    };
    let adopted: Adopted | null = null;
    await withHost('box', context, async (ground) => {
      const [service] = ground.open.network.inventory.services;
      const report = reportOf('nohup', null, Number(await listener()));
      if (service) adopted = await adopt(service, ground, async () => report);
      return 0;
    });
    return adopted as unknown as Adopted;
  };

  it(
    'is planned without a change, then written, applied, kept over a reboot, and given back',
    async () => {
      const before = await listener();
      const tree =
        'find /etc /usr /home /var/lib -xdev -type f -printf "%p %s %T@ %m\\n" | sort | sha256sum';
      const hash = await host.shell(tree);
      const planned = await adoptIt('--dry-run');
      expect(planned).toMatchObject({ outcome: 'planned', receipt: { verified: true } });
      expect(planned.plan.exposure).toBeLessThanOrEqual(2.5);
      expect((await adoptIt()).plan.refusals).toMatchObject([{ code: 'CONFIRMATION_REQUIRED' }]);
      expect(await readFile(join(folder.root, 'inventory.yaml'), 'utf8')).toBe(inventory());
      const done = await adoptIt('--yes');
      expect(done).toMatchObject({ outcome: 'done', plan: { unit: 'pdf-brain.service' } });
      expect(done.plan.warnings.join()).toContain('it was started with GREETING');
      expect(await host.shell(tree)).toBe(hash);
      expect(await listener()).toBe(before);

      const applied = await cli('apply', '--yes');
      expect([applied.code, applied.stdout, applied.stderr]).toEqual([
        0,
        expect.stringContaining('1. stop nohup'),
        expect.anything(),
      ]);
      const pid = await listener();
      expect(pid).not.toBe(before);
      expect(await cgroup(pid)).toContain('/pdf-brain.service');
      expect(await host.shell(`test -e /proc/${before} && echo there || echo gone`)).toBe('gone\n');
      expect([await show('ActiveState'), await show('UnitFileState')]).toEqual([
        'active',
        'enabled',
      ]);
      expect(await cronFile()).toContain(
        `\n# joelclaw: pdf-brain.service has taken over: ${boot}\n`,
      );
      const score = await host.shell(
        'systemd-analyze security --no-pager pdf-brain.service | tail -1',
      );
      expect(Number(/: ([\d.]+)/.exec(score)?.[1])).toBeLessThanOrEqual(2.5);
      expect((await cli('plan', '--detailed-exitcode')).code).toBe(0);

      await host.reboot();
      await expect.poll(() => listener().catch(() => ''), { timeout: 60_000 }).toMatch(/^\d+$/);
      expect(await cgroup(await listener())).toContain('/pdf-brain.service');

      const back = await cli('rollback', '--yes');
      expect([back.code, back.stdout, back.stderr]).toEqual([
        0,
        expect.anything(),
        expect.anything(),
      ]);
      const old = await listener();
      expect(await cgroup(old)).not.toContain('pdf-brain.service');
      expect(await host.shell(`ps -o user= -o args= -p ${old}; readlink /proc/${old}/cwd`)).toMatch(
        /^joel\s+\S*perl \/usr\/local\/bin\/jc-server 3847\n\/home\/joel\n$/,
      );
      expect(await host.shell(`tr '\\0' '\\n' </proc/${old}/environ`)).toContain(
        '\nGREETING=it is\n',
      );
      expect(await cronFile()).toBe(`MAILTO=""\n${boot}\n`);
      expect(await show('LoadState')).toBe('not-found');
    },
    2 * patienceMs,
  );

  it(
    'is undone where its unit does not come up: what ran before runs again',
    async () => {
      await adoptIt('--yes');
      const unit = join(folder.root, 'infra/systemd/pdf-brain.service');
      const text = await readFile(unit, 'utf8');
      await writeFile(unit, text.replace(/^ExecStart=.*$/m, 'ExecStart=/bin/false'));
      const { code, stdout } = await cli('apply', '--yes');
      expect([code, stdout]).toEqual([3, expect.stringContaining('what ran before runs again')]);
      expect(await cgroup(await listener())).not.toContain('pdf-brain.service');
      expect([await show('LoadState'), await cronFile()]).toEqual([
        'not-found',
        `MAILTO=""\n${boot}\n`,
      ]);
    },
    patienceMs,
  );

  it(
    'ends nothing but the process that was seen',
    async () => {
      await adoptIt('--yes');
      await host.shell(`kill ${await listener()}`);
      await expect.poll(listener, { timeout: 20_000 }).toBe('');
      await host.shell(start);
      await expect.poll(listener, { timeout: 20_000 }).toMatch(/^\d+$/);
      const other = await listener();
      const { code, stdout } = await cli('apply', '--yes');
      expect([code, stdout]).toEqual([1, expect.stringContaining('nothing is ended')]);
      expect([await listener(), await show('LoadState')]).toEqual([other, 'not-found']);
      expect(await cronFile()).toBe(`MAILTO=""\n${boot}\n`);
    },
    patienceMs,
  );

  /** Kills an apply as soon as it has told a line of progress. */
  const killedAt = async (words: string): Promise<void> => {
    const { child, ended } = startCli(
      ['infra', 'apply', '--yes', '--root', folder.root],
      options(),
    );
    child.stderr?.on('data', (text: string) => {
      if (text.includes(words)) child.kill('SIGKILL');
    });
    expect((await ended).signal).toBe('SIGKILL');
  };

  for (const words of ['is ended', 'create', 'enable']) {
    it(
      `is finished by the next apply, or taken back, where one was killed at “${words}”`,
      async () => {
        await adoptIt('--yes');
        await killedAt(words);
        const finished = await cli('apply', '--yes');
        expect([finished.code, finished.stderr]).toEqual([
          0,
          expect.stringContaining('did not end'),
        ]);
        expect(await cgroup(await listener())).toContain('/pdf-brain.service');
        expect(await show('UnitFileState')).toBe('enabled');
        expect(await cronFile()).not.toContain(`\n${boot}\n`);
        expect((await cli('rollback', '--yes')).code).toBe(0);
        expect(await cgroup(await listener())).not.toContain('pdf-brain.service');
        expect(await cronFile()).toBe(`MAILTO=""\n${boot}\n`);

        await adoptIt('--yes');
        await killedAt(words);
        const history = await cli('history', '--json');
        const [open] = JSON.parse(history.stdout).result.applies.filter(
          (one: { outcome: string }) => one.outcome === 'unfinished',
        );
        const back = await cli('rollback', open.id, '--yes');
        expect([back.code, back.stdout + back.stderr]).toEqual([0, expect.anything()]);
        expect(await cgroup(await listener())).not.toContain('pdf-brain.service');
        expect([await cronFile(), await show('LoadState')]).toEqual([
          `MAILTO=""\n${boot}\n`,
          'not-found',
        ]);
      },
      2 * patienceMs,
    );
  }
});
