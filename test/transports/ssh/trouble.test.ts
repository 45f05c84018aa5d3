import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../../src/model/inventory.ts';
import type { ExecOutput, Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { loadSsh2 } from '../../../src/transports/ssh/load-ssh2.ts';
import { garbage, neverAnswer, startBehaving } from '../../support/behave.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { describeSshd } from '../../support/describe-sshd.ts';
import { freePort } from '../../support/free-port.ts';
import { pidIn } from '../../support/processes.ts';
import { startSshd } from '../../support/sshd-server.ts';

describeSshd('A connection to an ssh host', (ground) => {
  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    let transports: Transports;
    beforeEach(() => {
      transports = createLiveTransports();
    });
    afterEach(() => transports.close());
    const echo = (
      ssh: Partial<NonNullable<Host['ssh']>> = {},
      options = within(10_000),
    ): Promise<ExecOutput> =>
      transports.exec(
        { on: ground.server.host({ client, ...ssh }), argv: ['echo', 'in'] },
        options,
      );

    it('that is refused says so: the host is down', async () => {
      const port = await freePort();
      expect(await faultOfCall(echo({ port }))).toEqual({
        code: 'refused',
        side: 'target',
        message: `connection refused by 127.0.0.1:${port}`,
        hint: 'is it running, and on this port?',
      });
    });

    it('to something that speaks no SSH says so', async () => {
      const web = await startBehaving((socket) => {
        socket.end(`${garbage}${'x'.repeat(9000)}\r\n`);
      });
      expect(await faultOfCall(echo({ port: web.port }))).toMatchObject({
        code: 'protocol',
        side: 'target',
        message: 'answered something that is not SSH',
      });
      await web.stop();
    });

    it('that hangs up before it greets says so', async () => {
      const full = await startBehaving((socket) => void socket.end());
      expect(await faultOfCall(echo({ port: full.port }))).toMatchObject({
        code: 'protocol',
        side: 'target',
        message: 'it hung up before it greeted',
      });
      await full.stop();
    });

    it('that waits for somebody to follow Tailscale’s link says so', async () => {
      const asking = await startAsking(ground.server.folder);
      const knownHosts = [`${ground.server.folder}/asking`];
      const known = `[127.0.0.1]:${asking.port} ${ground.server.hostKeys.ed25519}\n`;
      await writeFile(knownHosts[0] ?? '', known);
      const fault = await faultOfCall(echo({ port: asking.port, knownHosts }, within(2500)));
      expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
      expect(fault.message).toContain('Tailscale wants a login in the browser');
      await asking.stop();
    });

    it('that is lost while a program runs says so, and the next call opens another', async () => {
      await echo();
      const on = ground.server.host({ client });
      const script = `echo $$ > ~/lost-${client}; exec yes`;
      const call = faultOfCall(
        transports.exec({ on, argv: ['sh', '-c', script], headOnly: true }, within(20_000)),
      );
      const pid = await pidIn(`${ground.server.folder}/lost-${client}`);
      for (const session of await ground.server.sessions()) process.kill(session, 'SIGKILL');
      expect(await call).toMatchObject({ code: 'protocol', side: 'target' });
      expect((await call).message).toBe('the connection was lost');
      expect(await echo()).toMatchObject({ stdout: 'in\n' });
      expect(pid).toBeGreaterThan(0);
    });

    it('comes back when the server does', async () => {
      await echo();
      const sessions = await ground.server.sessions();
      await ground.server.stopListening();
      for (const session of sessions) process.kill(session, 'SIGKILL');
      const down = await faultOfCall(echo());
      expect(['refused', 'protocol']).toContain(down.code);
      expect(down.side).toBe('target');
      await ground.server.startAgain();
      await expect
        .poll(
          () =>
            echo().then(
              ({ stdout }) => stdout,
              ({ message }) => message,
            ),
          {
            timeout: 15_000,
            interval: 100,
          },
        )
        .toBe('in\n');
    });
  });

  describe('with ssh2 alone', () => {
    let transports: Transports;
    beforeEach(() => {
      transports = createLiveTransports();
    });
    afterEach(() => transports.close());

    it('that is never answered is one, whoever waits, and ends when nobody does', async () => {
      const silent = await startBehaving(neverAnswer);
      const on = ground.server.host({ port: silent.port });
      const run = new AbortController();
      const call = (options = within(60_000, run.signal)) =>
        faultOfCall(transports.exec({ on, argv: ['true'] }, options));
      const calls = [call(), call(), call()];
      const late = call(within(500));
      expect(await late).toEqual({
        code: 'timeout',
        side: 'target',
        message: 'no answer within 500 ms',
      });
      expect(silent.connections()).toBe(1);
      expect(silent.open()).toBe(1);
      run.abort();
      expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(Array(3).fill('aborted'));
      if (silent.open() > 0) await silent.nextClosed();
      expect(silent.open()).toBe(0);
      await silent.stop();
    });

    it('that failed answers for those that would follow: a dead host is not stormed', async () => {
      const full = await startBehaving((socket) => void socket.end());
      const on = ground.server.host({ port: full.port });
      const call = () => faultOfCall(transports.exec({ on, argv: ['true'] }, within(5000)));
      const first = await call();
      const startedMs = performance.now();
      const next = [];
      for (let index = 0; index < 20; index++) next.push(await call());
      expect(performance.now() - startedMs).toBeLessThan(900);
      expect(next).toEqual(Array(20).fill(first));
      expect(full.connections()).toBe(1);
      await full.stop();
    });

    it('that hangs under a program ends it at its deadline, and the host is down', async () => {
      const on = ground.server.host();
      await transports.exec({ on, argv: ['true'] }, within(5000));
      const sessions = await ground.server.sessions();
      for (const session of sessions) process.kill(session, 'SIGSTOP');
      const call = transports.exec({ on, argv: ['true'] }, within(700));
      expect(await faultOfCall(call)).toEqual({
        code: 'timeout',
        side: 'target',
        message: 'true did not end within 700 ms',
      });
      for (const session of sessions) process.kill(session, 'SIGCONT');
      expect(await transports.exec({ on, argv: ['echo', 'in'] }, within(5000))).toMatchObject({
        stdout: 'in\n',
      });
      expect(transports.counts().connections).toBe(1);
    });

    it('to a server that stands still after the connect is late, and says so', async () => {
      const stopped = await startSshd();
      process.kill(stopped.pid, 'SIGSTOP');
      const call = transports.exec({ on: stopped.host(), argv: ['true'] }, within(700));
      expect(await faultOfCall(call)).toMatchObject({ code: 'timeout', side: 'target' });
      process.kill(stopped.pid, 'SIGCONT');
      await stopped.stop();
    });

    it('that takes one session at a time says so of the next', async () => {
      const narrow = await startSshd(['MaxSessions 1']);
      const on = narrow.host();
      const long = transports.exec(
        { on, argv: ['sh', '-c', 'echo $$ > ~/one; exec sleep 600'] },
        within(20_000),
      );
      const pid = await pidIn(`${narrow.folder}/one`);
      const fault = await faultOfCall(transports.exec({ on, argv: ['true'] }, within(5000)));
      expect(fault).toMatchObject({
        code: 'protocol',
        message: 'it opens no session for a program',
      });
      process.kill(pid, 'SIGTERM');
      expect(await long).toMatchObject({ signal: 'SIGTERM' });
      await narrow.stop();
    });
  });
});

/** An SSH server that shows Tailscale's link before the login, and then waits. */
async function startAsking(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const { Server } = await loadSsh2();
  const banner = '# To authenticate, visit: https://login.tailscale.com/a/0123456789ab\n';
  const hostKeys = [await readFile(`${folder}/host_ed25519`)];
  const open = new Set<{ end(): void }>();
  const server = new Server({ hostKeys, banner }, (client) => {
    open.add(client);
    client.on('authentication', () => {}).on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    for (const client of open) client.end();
    server.close();
    await once(server, 'close');
  };
  return { port, stop };
}
