import { rename } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../../src/model/inventory.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { describeSshd } from '../../support/describe-sshd.ts';
import { startSshAgent } from '../../support/ssh-agent.ts';
import { addLines, makeKey, publicKey, startSshd } from '../../support/sshd-server.ts';

describeSshd('Whoever logs in over ssh', (ground) => {
  let wrong: string;
  let encrypted: string;
  const me = userInfo().username;
  beforeAll(async () => {
    wrong = join(ground.server.folder, 'wrong');
    encrypted = join(ground.server.folder, 'encrypted');
    await makeKey(wrong);
    await makeKey(encrypted, 'ed25519', 'a passphrase');
    await addLines(join(ground.server.folder, 'authorized'), await publicKey(encrypted));
  });

  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    let transports: Transports;
    beforeEach(() => {
      transports = createLiveTransports();
    });
    afterEach(async () => {
      await transports.close();
      delete process.env['SSH_AUTH_SOCK'];
      await ground.config.write();
    });
    const ask = async (ssh: Partial<NonNullable<Host['ssh']>>): Promise<string> => {
      const on = ground.server.host({ client, ...ssh });
      const { stdout } = await transports.exec({ on, argv: ['echo', 'in'] }, within(10_000));
      return stdout.trim();
    };

    it('without a user’s name in the inventory is whoever runs this', async () => {
      expect(await ask({ user: null })).toBe('in');
    });

    it('with a wrong key is told whom and where, and what to try', async () => {
      const fault = await faultOfCall(ask({ identityFile: wrong }));
      expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
      const place = `${me}@127.0.0.1:${ground.server.port}`;
      expect(fault.message).toContain(`${place} does not let us in`);
      if (client === 'ssh2') expect(fault.message).toContain(wrong);
      expect(fault.hint).toMatch(
        new RegExp(`^try: ssh -p ${ground.server.port} -i \\S+ .*${me}@127.0.0.1`),
      );
    });

    it('as somebody who is not known there is not let in', async () => {
      const fault = await faultOfCall(ask({ user: 'joelclaw-nobody' }));
      expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
      expect(fault.message).toContain('joelclaw-nobody@');
    });

    it('with a key file that is not there is told so', async () => {
      const identityFile = join(ground.server.folder, 'none');
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
      await agent.add(ground.server.keyFile);
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
      await agent.add(ground.server.keyFile);
      await ground.config.write('Host *', `  IdentityAgent ${agent.socket}`);
      const tooMany = await faultOfCall(ask({ identityFile: null }));
      expect(tooMany).toMatchObject({ code: 'auth', side: 'prober' });
      await transports.close();
      transports = createLiveTransports();
      // The inventory's key says which of the agent's comes first; the file itself is of no use.
      expect(await ask({ identityFile: ground.server.keyFile })).toBe('in');
      await agent.stop();
    });

    it('is let in by a key file of ssh’s settings', async () => {
      await ground.config.write(
        'Host *',
        `  IdentityFile ${ground.server.folder}/us%%er`,
        '  IdentityAgent none',
      );
      await rename(ground.server.keyFile, join(ground.server.folder, 'us%er'));
      expect(await ask({ identityFile: null })).toBe('in');
      await rename(join(ground.server.folder, 'us%er'), ground.server.keyFile);
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
    process.env['SSH_AUTH_SOCK'] = join(ground.server.folder, 'no-agent');
    const transports = createLiveTransports();
    const on = ground.server.host();
    expect(await transports.exec({ on, argv: ['echo', 'in'] }, within(10_000))).toMatchObject({
      stdout: 'in\n',
    });
    delete process.env['SSH_AUTH_SOCK'];
    await transports.close();
  });
});
