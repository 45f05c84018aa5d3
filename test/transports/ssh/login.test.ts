import { rename } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../../src/model/inventory.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { startSshAgent } from '../../support/ssh-agent.ts';
import { ownSshConfig, type SshConfig } from '../../support/ssh-config.ts';
import {
  addLines,
  makeKey,
  publicKey,
  type SshdServer,
  startSshd,
} from '../../support/sshd-server.ts';
import { describeTier } from '../../support/tiers.ts';

describeTier('sshd', 'Whoever logs in over ssh', () => {
  let server: SshdServer;
  let config: SshConfig;
  let wrong: string;
  let encrypted: string;
  const me = userInfo().username;
  beforeAll(async () => {
    config = await ownSshConfig();
    server = await startSshd();
    wrong = join(server.folder, 'wrong');
    encrypted = join(server.folder, 'encrypted');
    await makeKey(wrong);
    await makeKey(encrypted, 'ed25519', 'a passphrase');
    await addLines(join(server.folder, 'authorized'), await publicKey(encrypted));
  });
  afterAll(async () => {
    await server.stop();
    await config.restore();
  });

  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    let transports: Transports;
    beforeEach(() => {
      transports = createLiveTransports();
    });
    afterEach(async () => {
      await transports.close();
      delete process.env['SSH_AUTH_SOCK'];
      await config.write();
    });
    const ask = async (ssh: Partial<NonNullable<Host['ssh']>>): Promise<string> => {
      const on = server.host({ client, ...ssh });
      const { stdout } = await transports.exec({ on, argv: ['echo', 'in'] }, within(10_000));
      return stdout.trim();
    };

    it('without a user’s name in the inventory is whoever runs this', async () => {
      expect(await ask({ user: null })).toBe('in');
    });

    it('with a wrong key is told whom and where, and what to try', async () => {
      const fault = await faultOfCall(ask({ identityFile: wrong }));
      expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
      const place = `${me}@127.0.0.1:${server.port}`;
      expect(fault.message).toContain(`${place} does not let us in`);
      if (client === 'ssh2') expect(fault.message).toContain(wrong);
      expect(fault.hint).toMatch(
        new RegExp(`^try: ssh -p ${server.port} -i \\S+ .*${me}@127.0.0.1`),
      );
    });

    it('as somebody who is not known there is not let in', async () => {
      const fault = await faultOfCall(ask({ user: 'joelclaw-nobody' }));
      expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
      expect(fault.message).toContain('joelclaw-nobody@');
    });

    it('with a key file that is not there is told so', async () => {
      const identityFile = join(server.folder, 'none');
      expect(await faultOfCall(ask({ identityFile }))).toEqual({
        code: 'tool-missing',
        side: 'prober',
        message: `the key file ${identityFile} does not exist`,
        hint: 'set hosts[].ssh.identityFile to a key that does, or leave it out',
      });
    });

    it('with an encrypted key is not asked for its passphrase', async () => {
      const fault = await faultOfCall(ask({ identityFile: encrypted }));
      expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
      if (client === 'ssh2') {
        expect(fault.message).toContain(`tried ${encrypted} (encrypted)`);
        expect(fault.hint).toContain('ssh-add');
      }
    });

    it('is let in by a key of the agent', async () => {
      const agent = await startSshAgent();
      await agent.add(server.keyFile);
      process.env['SSH_AUTH_SOCK'] = agent.socket;
      expect(await ask({ identityFile: null })).toBe('in');
      await agent.stop();
    });

    it('is let in by the agent that ssh’s settings name, past six keys of no use', async () => {
      const agent = await startSshAgent();
      for (let index = 0; index < 7; index++) {
        const file = join(agent.socket, '..', `key-${index}`);
        await makeKey(file);
        await agent.add(file);
      }
      await agent.add(server.keyFile);
      await config.write('Host *', `  IdentityAgent ${agent.socket}`);
      const tooMany = await faultOfCall(ask({ identityFile: null }));
      expect(tooMany).toMatchObject({ code: 'auth', side: 'prober' });
      await transports.close();
      transports = createLiveTransports();
      // The inventory's key says which of the agent's comes first; the file itself is of no use.
      expect(await ask({ identityFile: server.keyFile })).toBe('in');
      await agent.stop();
    });

    it('is let in by a key file of ssh’s settings', async () => {
      await config.write(
        'Host *',
        `  IdentityFile ${server.folder}/us%%er`,
        '  IdentityAgent none',
      );
      await rename(server.keyFile, join(server.folder, 'us%er'));
      expect(await ask({ identityFile: null })).toBe('in');
      await rename(join(server.folder, 'us%er'), server.keyFile);
    });
  });

  it('at a server that takes no keys is told what it takes', async () => {
    const strict = await startSshd(['PubkeyAuthentication no', 'PasswordAuthentication yes']);
    const transports = createLiveTransports();
    const call = transports.exec({ on: strict.host(), argv: ['true'] }, within(10_000));
    expect((await faultOfCall(call)).message).toContain('it takes only password');
    await transports.close();
    await strict.stop();
  });

  it('at a server that wants two proofs is told so', async () => {
    const strict = await startSshd([
      'PasswordAuthentication yes',
      'AuthenticationMethods publickey,password',
    ]);
    const transports = createLiveTransports();
    const call = transports.exec({ on: strict.host(), argv: ['true'] }, within(10_000));
    expect(await faultOfCall(call)).toMatchObject({
      code: 'auth',
      message: `${me}@127.0.0.1:${strict.port} wants a second proof besides our key`,
    });
    await transports.close();
    await strict.stop();
  });

  it('with an agent that does not answer goes on with the key file', async () => {
    process.env['SSH_AUTH_SOCK'] = join(server.folder, 'no-agent');
    const transports = createLiveTransports();
    const on = server.host();
    expect(await transports.exec({ on, argv: ['echo', 'in'] }, within(10_000))).toMatchObject({
      stdout: 'in\n',
    });
    delete process.env['SSH_AUTH_SOCK'];
    await transports.close();
  });
});
