import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOf, unknownsOf } from '../../src/audit/collect/answers.ts';
import { collectFrom } from '../../src/audit/collect/collect.ts';
import type { Host } from '../../src/model/inventory.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { there, within } from '../support/calls.ts';
import { type DebianHost, startDebianHost } from '../support/debian-host/index.ts';
import { ownSshConfig, type SshConfig } from '../support/ssh-config.ts';
import { describeTier } from '../support/tiers.ts';

/** What a login itself writes, one by one: sshd's and PAM's lists of who came, and the journal. */
const ofLogins = ['/var/log/lastlog', '/var/log/wtmp', '/var/log/btmp', '/var/log/journal'];
const left = ['/proc', '/sys', '/run', '/dev', ...ofLogins];
const prune = left.map((path) => `-path ${path} -prune -o`).join(' ');
/** Names, modes, owners, sizes, links, and when each was last written or changed. */
const tree = `find / ${prune} -printf '%p %m %U:%G %s %l %T@ %C@\\n' | sort`;

describeTier('debian', 'the collection of a real Debian host', () => {
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

  it('changes no file, starts nothing, and takes one connection', {
    timeout: 180_000,
  }, async () => {
    const { address, keyFile, knownHosts } = host;
    const place = { host: address, port: 22, user: 'joel', identityFile: keyFile };
    const ssh = { ...place, knownHosts: [knownHosts], proxyJump: null, client: 'ssh2' as const };
    const box: Host = { ...there, ssh };
    const units = `systemctl list-units --all --plain --no-legend | awk '$3 == "active" { print $1 }' | grep -Ev 'session-|user-|crash|\\.device$|user@|\\.scope$|run-' | sort`;
    const transports = createLiveTransports();
    try {
      // A first login has its user's manager make what is its own.
      await transports.exec({ on: box, argv: ['true'] }, within(30_000));
      const before = { tree: await host.shell(tree), units: await host.shell(units) };
      const request = { host: box, pages: [{ port: 3847, path: '/' }], transports };
      const { answers, cutOff, skewMs } = await collectFrom({
        ...{ ...request, options: within(60_000), onProbe: () => undefined },
      });
      const after = { tree: await host.shell(tree), units: await host.shell(units) };
      expect(after.tree.split('\n')).toEqual(before.tree.split('\n'));
      expect(before.tree.split('\n').length).toBeGreaterThan(3000);
      expect(after.units).toBe(before.units);
      expect({ cutOff, skewMs, ...transports.counts() }).toMatchObject({
        ...{ cutOff: null, skewMs: 0, connections: 1 },
      });
      expect(answerOf(answers, 'services').text).toContain('Id=jc-works.service');
      expect(answerOf(answers, 'user-services').text).toContain('Id=jc-user.service');
      expect(answerOf(answers, 'failed').text).toContain('jc-failed.service');
      expect(answerOf(answers, 'linger').text.trim()).toBe('joel');
      expect(answerOf(answers, 'listeners').text).toContain(':3847');
      expect(answerOf(answers, 'keys-joel').text).toMatch(/SHA256:/);
      expect(answerOf(answers, 'keys-root').why).toBe('needs-root');
      const whys = unknownsOf(answers).map(({ why }) => why);
      expect(new Set(whys)).not.toContain('cut-off');
      expect(new Set(whys)).not.toContain('timed-out');
    } finally {
      await transports.close();
    }
  });
});
