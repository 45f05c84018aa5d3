import { hostname, userInfo } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Behaving, neverAnswer, say, startBehaving } from '../support/behave.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { killStarted, startCli } from '../support/run-cli.ts';
import { type SshdServer, startSshd } from '../support/sshd-server.ts';
import { describeTier } from '../support/tiers.ts';

const ok = say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

/** Each way to be silent: from the start, after the log-in, after an answer. */
describeTier('sshd', 'a --watch over hosts that have fallen silent', () => {
  let silent: Behaving;
  let web: Behaving;
  let box: SshdServer;
  let folder: NetworkFolder;

  beforeEach(async () => {
    [silent, web, box] = await Promise.all([
      startBehaving(neverAnswer),
      startBehaving(ok),
      startSshd(),
    ]);
    const ssh = `user: ${userInfo().username}, identityFile: ${box.keyFile}, knownHosts: [${box.knownHosts}]`;
    folder = await makeNetworkFolder(`version: 1
name: silent
defaults: {interval: 1s, timeout: 60s}
hosts:
  - {name: here, hostname: ${hostname()}}
  - {name: box, access: ssh, ssh: {host: 127.0.0.1, port: ${box.port}, ${ssh}}}
  - {name: far, access: ssh, ssh: {host: 127.0.0.1, port: ${silent.port}, ${ssh}}}
clusters:
  - {name: away, host: here, kubeconfig: /nonexistent/kubeconfig, namespaces: [x]}
services:
  - {name: web, host: here, checks: [{kind: http, url: "http://127.0.0.1:${web.port}/"}]}
  - {name: tcp, host: box, checks: [{kind: http, url: "http://127.0.0.1:${silent.port}/"}]}
`);
  });

  afterEach(async () => {
    killStarted();
    await Promise.all([silent.stop(), web.stop(), box.stop(), folder.remove()]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends with its envelope on %s',
    async (signal) => {
      const watch = startCli(['--headless', '--watch', '--root', folder.root], {
        env: { JOELCLAW_STATE: folder.state },
      });
      await silent.connected(2);
      for (const pid of await box.sessions()) process.kill(pid, 'SIGSTOP');
      watch.child.kill(signal);
      const { stdout } = await watch.ended;
      expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
        command: 'joelclaw --headless --watch',
        result: { summary: {} },
      });
    },
  );
});
