import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../../src/model/inventory.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { freePort } from '../../support/free-port.ts';
import { ownSshConfig, type SshConfig } from '../../support/ssh-config.ts';
import { addLines, type SshdServer, startSshd } from '../../support/sshd-server.ts';
import { describeTier } from '../../support/tiers.ts';

describeTier('sshd', 'The way to an ssh host', () => {
  let server: SshdServer;
  let jump: SshdServer;
  let config: SshConfig;
  beforeAll(async () => {
    config = await ownSshConfig();
    [server, jump] = await Promise.all([startSshd(), startSshd()]);
  });
  afterAll(async () => {
    await Promise.all([server.stop(), jump.stop()]);
    await config.restore();
  });

  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    let transports: Transports;
    beforeEach(() => {
      transports = createLiveTransports();
    });
    afterEach(async () => {
      await transports.close();
      await config.write();
    });
    const ask = async (ssh: Partial<NonNullable<Host['ssh']>>): Promise<string> => {
      const on = server.host({ client, ...ssh });
      const argv = ['sh', '-c', 'echo $SSH_CONNECTION'] as const;
      const { stdout } = await transports.exec({ on, argv }, within(10_000));
      return stdout.trim();
    };
    /** What the jump host's own settings say: its key and its known key. */
    const writeJump = (name = 'jump', known = jump.knownHosts): Promise<void> =>
      config.write(
        `Host ${name}`,
        '  HostName 127.0.0.1',
        `  Port ${jump.port}`,
        `  IdentityFile ${jump.keyFile}`,
        `  UserKnownHostsFile ${known}`,
      );

    it('is looked up in ssh’s settings by its name', async () => {
      await config.write(
        'Host box.alias',
        '  HostName 127.0.0.1',
        `  Port ${server.port}`,
        `  IdentityFile ${server.keyFile}`,
        `  UserKnownHostsFile ${server.knownHosts}`,
      );
      const open = { port: 22, user: null, identityFile: null, knownHosts: [] };
      expect(await ask({ host: 'box.alias', ...open })).toContain(` ${server.port}`);
    });

    it('goes by way of a jump host, whose key is verified too', async () => {
      await writeJump();
      const before = jump.log().length;
      expect(await ask({ proxyJump: 'jump' })).toContain(` ${server.port}`);
      expect(jump.log().slice(before)).toContain('Accepted publickey');
    });

    it('goes by way of the jump host that ssh’s settings name', async () => {
      await config.write(
        'Host via',
        '  HostName 127.0.0.1',
        '  ProxyJump jump',
        'Host jump',
        '  HostName 127.0.0.1',
        `  Port ${jump.port}`,
        `  IdentityFile ${jump.keyFile}`,
        `  UserKnownHostsFile ${jump.knownHosts}`,
      );
      const before = jump.log().length;
      expect(await ask({ host: 'via' })).toContain(` ${server.port}`);
      expect(jump.log().slice(before)).toContain('Accepted publickey');
    });

    it('ends at a jump host whose key is not known', async () => {
      await writeJump('jump', join(jump.folder, 'none'));
      const fault = await faultOfCall(ask({ proxyJump: 'jump' }));
      expect(fault).toMatchObject({ code: 'host-key', side: 'prober' });
      const words =
        /^the jump host \w+@127\.0\.0\.1:\d+: the key .*ssh-ed25519 SHA256:\S{43}.* is not known$/;
      expect(fault.message).toMatch(words);
    });
  });

  describe('with ssh2 alone', () => {
    let transports: Transports;
    beforeEach(() => {
      transports = createLiveTransports();
    });
    afterEach(async () => {
      await transports.close();
      await config.write();
    });
    const faultFor = (ssh: Partial<NonNullable<Host['ssh']>>) =>
      faultOfCall(transports.exec({ on: server.host(ssh), argv: ['true'] }, within(10_000)));

    it('ends at a jump host that is down: of the host itself nothing is known', async () => {
      const port = await freePort();
      expect(await faultFor({ proxyJump: `joel@127.0.0.1:${port}` })).toMatchObject({
        code: 'refused',
        side: 'prober',
        message: `the jump host joel@127.0.0.1:${port}: connection refused by 127.0.0.1:${port}`,
      });
    });

    it('ends where the jump host gets no connection: the host is down', async () => {
      const port = await freePort();
      const known = { knownHosts: [jump.knownHosts, server.knownHosts] };
      const proxyJump = `127.0.0.1:${jump.port}`;
      const fault = await faultFor({ port, proxyJump, identityFile: jump.keyFile, ...known });
      expect(fault).toMatchObject({ code: 'refused', side: 'target' });
      expect(fault.message).toContain(`gets no connection to 127.0.0.1:${port}`);
    });

    it('ends at a jump host that passes nothing on', async () => {
      const closed = await startSshd(['AllowTcpForwarding no']);
      const known = { knownHosts: [closed.knownHosts, server.knownHosts] };
      const proxyJump = `127.0.0.1:${closed.port}`;
      const fault = await faultFor({ proxyJump, identityFile: closed.keyFile, ...known });
      expect(fault).toMatchObject({ code: 'forbidden', side: 'prober' });
      await closed.stop();
    });

    it('by a ProxyCommand is for openssh, and that is said', async () => {
      await config.write('Host odd', '  ProxyCommand nc 127.0.0.1 22');
      const fault = await faultFor({ host: 'odd' });
      expect(fault).toMatchObject({ code: 'tool-missing', side: 'prober' });
      expect(fault.hint).toContain('client: openssh');
    });

    it.each([
      { host: '-oProxyCommand=touch /tmp/x' },
      { user: '-l' },
      { proxyJump: 'joel@-oProxyCommand=x' },
    ])('is not gone when a name would be read as an option: %o', async (ssh) => {
      const fault = await faultFor(ssh);
      expect(fault).toMatchObject({ code: 'forbidden', side: 'prober' });
      expect(fault.message).toContain('would be read as an option');
      expect(transports.counts().connections).toBe(0);
    });

    it('with settings that ssh refuses ends there', async () => {
      await config.write('NoSuchOption yes');
      expect(await faultFor({})).toMatchObject({
        code: 'tool-missing',
        side: 'prober',
        message: 'ssh does not say its settings for 127.0.0.1',
      });
    });

    describe('where there is no ssh program', () => {
      const { PATH } = process.env;
      beforeEach(() => {
        process.env['PATH'] = '/nonexistent';
      });
      afterEach(() => {
        Object.assign(process.env, { PATH });
      });

      it.each(['127.0.0.1', 'localhost'])('is gone by the inventory alone: %s', async (host) => {
        const knownHosts = [join(server.folder, 'known-by-name')];
        const key = server.hostKeys.ed25519;
        await addLines(knownHosts[0] ?? '', `[${host}]:${server.port} ${key}`);
        const on = server.host({ host, knownHosts });
        const call = transports.exec({ on, argv: ['echo', 'in'] }, within(10_000));
        expect(await call).toMatchObject({ stdout: 'in\n' });
      });

      it.each([
        [{ host: 'deb.invalid' }, 'no address for deb.invalid: there is no ssh'],
        [{ proxyJump: 'jump.invalid' }, 'jump.invalid: no address for jump.invalid: there is no'],
      ])('ends at a name that only ssh may know: %o', async (ssh, message) => {
        const fault = await faultFor(ssh);
        expect(fault).toMatchObject({ code: 'tool-missing', side: 'prober' });
        expect(fault.message).toContain(message);
        expect(fault.hint).toBe('install openssh-client, or write the address itself');
      });
    });

    it('to a name that does not exist is the target’s trouble', async () => {
      const fault = await faultFor({ host: 'no-such-host.invalid' });
      expect(fault.code).toBe('dns');
    });
  });
});
