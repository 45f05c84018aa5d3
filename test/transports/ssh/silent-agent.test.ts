import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { ownSshConfig, type SshConfig } from '../../support/ssh-config.ts';
import { type SshdServer, startSshd } from '../../support/sshd-server.ts';
import { describeTier } from '../../support/tiers.ts';

/** An agent that waits for somebody to unlock it. */
describeTier('sshd', 'an agent that does not answer', () => {
  let config: SshConfig;
  let sshd: SshdServer;
  let folder = '';
  const open = new Set<Socket>();
  const agent = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
    socket.resume();
  });
  beforeAll(async () => {
    config = await ownSshConfig();
    sshd = await startSshd();
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-agent-'));
    agent.listen(join(folder, 'socket'));
    await once(agent, 'listening');
    process.env['SSH_AUTH_SOCK'] = join(folder, 'socket');
  });
  afterAll(async () => {
    delete process.env['SSH_AUTH_SOCK'];
    agent.close();
    await sshd.stop();
    await config.restore();
    await rm(folder, { recursive: true });
  });

  it('is left for the key file, and its connection is closed', async () => {
    const transports = createLiveTransports();
    const { stdout } = await transports.exec(
      { on: sshd.host(), argv: ['echo', 'in'] },
      within(8000),
    );
    expect(stdout).toBe('in\n');
    await expect.poll(() => open.size, { interval: 10 }).toBe(0);
    await transports.close();
  });

  it('is named when no key is left, which is nothing of the host', async () => {
    const transports = createLiveTransports();
    const on = sshd.host({ identityFile: null });
    const fault = await faultOfCall(transports.exec({ on, argv: ['true'] }, within(8000)));
    expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
    expect(fault.message).toContain('the agent (no answer from');
    await transports.close();
  });
});
