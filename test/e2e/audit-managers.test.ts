import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { AuditedService, AuditReport } from '../../src/model/audit.ts';
import { type DebianHost, startDebianHost } from '../support/debian-host/index.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { port, ways } from '../support/ways-to-run.ts';

const patienceMs = 120_000;

describeTier('debian', 'what manages pdf-brain on a real Debian host', () => {
  let host: DebianHost;
  const folders = new Map<string, NetworkFolder>();
  beforeAll(async () => {
    host = await startDebianHost();
    await host.shell('systemctl disable --now jc-works');
    for (const user of ['joel', 'root']) folders.set(user, await makeNetworkFolder(text(user)));
  }, 20 * 60_000);
  afterAll(async () => {
    await host?.stop();
    for (const folder of folders.values()) await folder.remove();
  });

  const text = (user: string): string => `version: 1
name: debian
hosts:
  - name: box
    access: ssh
    ssh: {host: ${host.address}, user: ${user}, identityFile: ${host.keyFile}, knownHosts: [${host.knownHosts}]}
services:
  - name: pdf-brain
    host: box
    port: ${port}
    manager: {kind: none}
    checks: [{kind: http, url: "http://${host.address}:${port}/", count: documents, unit: docs}]
`;

  async function auditedBy(user: string): Promise<AuditReport> {
    const folder = folders.get(user);
    if (!folder) throw new Error(`no inventory of ${user}`);
    const args = ['audit', 'box', '--root', folder.root, '--json'];
    const { stdout, stderr } = await runCli(args, { env: { JOELCLAW_STATE: folder.state } });
    const { result } = JSON.parse(stdout);
    if (!result) throw new Error(`${stdout}${stderr}`);
    return result;
  }

  const answers = async (): Promise<boolean> =>
    fetch(`http://${host.address}:${port}/`, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  const until = (isUp: boolean): Promise<void> =>
    vi.waitFor(async () => expect(await answers()).toBe(isUp), {
      ...{ timeout: 30_000, interval: 50 },
    });
  const told = ({ manager, survives }: AuditedService): unknown => ({
    kind: manager.kind,
    name: manager.name,
    survives: [survives.reboot, survives.crash, survives.logout],
  });

  it.each(ways)(
    '$title: told right by joel and by root, and by a reboot',
    async (way) => {
      const end = await way.start(host);
      try {
        await until(true);
        const reports = await Promise.all(['joel', 'root'].map(auditedBy));
        for (const { services, cutOff } of reports) {
          const [brain] = services;
          expect(cutOff).toBeNull();
          if (!brain) throw new Error('pdf-brain is not in the report');
          const { kind, name, survives } = way;
          expect(told(brain), JSON.stringify(brain, null, 1)).toEqual({ kind, name, survives });
          expect(brain).toMatchObject({
            reached: { fromHost: true, fromHere: true, note: '' },
            documents: 700,
            // What belongs to root is hidden from joel.
            olderThanDisk: brain.process?.executable === null ? null : false,
            process: {
              command: expect.arrayContaining(['/usr/local/bin/jc-server', String(port)]),
            },
          });
        }
        expect(reports[0]?.services[0]?.restart?.startsWith(way.restart)).toBe(true);
        expect(reports[0]?.services.find((one) => one.port === 22)).toMatchObject({
          ...{ name: 'sshd', declared: false },
          manager: { kind: 'systemd', name: 'ssh.service', confidence: 'certain' },
        });
        if (end !== undefined && way.survives[2] === false) {
          await end();
          await until(false);
        }
        await host.reboot();
        await until(way.survives[0]);
      } finally {
        await end?.().catch(() => undefined);
        await way.clear(host);
        await until(false);
      }
    },
    patienceMs,
  );
});
