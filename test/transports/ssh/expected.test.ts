import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '../../../src/model/inventory.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { startBehaving } from '../../support/behave.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { freePort } from '../../support/free-port.ts';
import { ownSshConfig, type SshConfig } from '../../support/ssh-config.ts';
import { type SshdServer, startSshd } from '../../support/sshd-server.ts';
import { describeTier } from '../../support/tiers.ts';

describeTier('sshd', 'An ssh host that will be asked at once', () => {
  let server: SshdServer;
  let config: SshConfig;
  beforeAll(async () => {
    config = await ownSshConfig();
    server = await startSshd();
  });
  afterAll(async () => {
    await server.stop();
    await config.restore();
  });

  let transports: Transports;
  beforeEach(() => {
    transports = createLiveTransports();
  });
  afterEach(() => transports.close());

  const ask = (on: Host) => transports.exec({ on, argv: ['echo', 'here'] }, within(10_000));
  const logins = () => server.log().match(/^Accepted publickey/gm)?.length ?? 0;

  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    it('has its line opened meanwhile, and is asked over that', async () => {
      const before = logins();
      const on = server.host({ client });
      transports.expect(on);
      await vi.waitFor(() => expect(logins()).toBe(before + 1), { timeout: 10_000 });
      expect((await ask(on)).stdout).toBe('here\n');
      expect(logins()).toBe(before + 1);
    });

    it('and is not there is told so when it is asked', async () => {
      const on = server.host({ client, port: await freePort() });
      transports.expect(on);
      expect(await faultOfCall(ask(on))).toMatchObject({ code: 'refused', side: 'target' });
    });
  });

  it('and never answers holds nobody up who has not asked', async () => {
    const silent = await startBehaving((socket) => void socket.resume());
    try {
      transports.expect(server.host({ port: silent.port }));
      await vi.waitFor(() => expect(silent.connections()).toBe(1), { timeout: 10_000 });
      const closed = silent.nextClosed();
      await transports.close();
      await closed;
    } finally {
      await silent.stop();
    }
  });
});
