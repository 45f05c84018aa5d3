import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/model/fault.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { describeSshd } from '../../support/describe-sshd.ts';
import { makeKey, publicKey, startSshd } from '../../support/sshd-server.ts';

describeSshd('The key of an ssh host', (ground) => {
  let name: string;
  let other: string;
  beforeAll(async () => {
    name = `[127.0.0.1]:${ground.server.port}`;
    await makeKey(join(ground.server.folder, 'other'));
    other = await publicKey(join(ground.server.folder, 'other'));
  });

  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    let transports: Transports;
    let file: string;
    beforeEach(() => {
      transports = createLiveTransports();
      file = join(ground.server.folder, 'known');
    });
    afterEach(async () => {
      await transports.close();
      await rm(file, { force: true });
    });

    const askWith = async (...lines: readonly string[]): Promise<string> => {
      await writeFile(file, lines.map((line) => `${line}\n`).join(''));
      const on = ground.server.host({
        client,
        knownHosts: [join(ground.server.folder, 'none'), file],
      });
      const { stdout } = await transports.exec({ on, argv: ['echo', 'in'] }, within(10_000));
      return stdout.trim();
    };
    const shown = (): string => fingerprint(join(ground.server.folder, 'host_ed25519.pub'));
    const faultWith = (...lines: readonly string[]): Promise<Fault> =>
      faultOfCall(askWith(...lines));

    it('that is known is accepted, and nothing is written', async () => {
      const line = `${name} ${ground.server.hostKeys.ed25519}`;
      expect(await askWith(line)).toBe('in');
      expect(await readFile(file, 'utf8')).toBe(`${line}\n`);
    });

    it('that is known by its RSA key alone is accepted: that one is asked for', async () => {
      expect(await askWith(`${name} ${ground.server.hostKeys.rsa}`)).toBe('in');
    });

    it('whose name ssh-keygen has hashed is accepted', async () => {
      await writeFile(file, `${name} ${ground.server.hostKeys.ed25519}\n`);
      execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
      const hashed = (await readFile(file, 'utf8')).trim();
      expect(hashed).toMatch(/^\|1\|/);
      expect(await askWith(hashed)).toBe('in');
    });

    it('that is known by the bare name is accepted on another port too', async () => {
      expect(await askWith(`127.0.0.* ${ground.server.hostKeys.ed25519}`)).toBe('in');
    });

    it('that nobody knows is not accepted, and nothing is written', async () => {
      const fault = await faultWith(`elsewhere ${ground.server.hostKeys.ed25519}`);
      expect(fault).toMatchObject({ code: 'host-key', side: 'prober' });
      expect(fault.message).toContain('is not known');
      expect(fault.message).toContain(`ssh-ed25519 ${shown()}`);
      expect(fault.hint).toMatch(/on the host itself, then pin it with: joelclaw audit trust box$/);
      expect(await readFile(file, 'utf8')).toBe(`elsewhere ${ground.server.hostKeys.ed25519}\n`);
    });

    it('that has changed is refused, with its fingerprint', async () => {
      const fault = await faultWith(`${name} ${other}`);
      expect(fault).toMatchObject({ code: 'host-key', side: 'prober' });
      expect(fault.message).toContain('has changed');
      expect(fault.message).toContain(shown());
    });

    it('that is revoked is refused, also when it is known', async () => {
      const { ed25519 } = ground.server.hostKeys;
      const fault = await faultWith(`${name} ${ed25519}`, `@revoked * ${ed25519}`);
      expect(fault).toMatchObject({ code: 'host-key', side: 'prober' });
      expect(fault.message).toContain('is revoked');
      expect(fault.message).toContain(`ssh-ed25519 ${shown()}`);
    });
  });

  it('that nobody knows is shown by ssh2, with the types that are known instead', async () => {
    const transports = createLiveTransports();
    const known = join(ground.server.folder, 'ecdsa-known');
    await makeKey(join(ground.server.folder, 'ecdsa'), 'ecdsa');
    await writeFile(known, `${name} ${await publicKey(join(ground.server.folder, 'ecdsa'))}\n`);
    const on = ground.server.host({ knownHosts: [known] });
    const fault = await faultOfCall(transports.exec({ on, argv: ['true'] }, within(10_000)));
    expect(fault.message).toContain(fingerprint(join(ground.server.folder, 'host_ed25519.pub')));
    expect(fault.message).toContain('which is known by ecdsa-sha2-nistp256');
    await transports.close();
  });

  it('that an authority has signed is for openssh, and ssh2 says so', async () => {
    const ca = join(ground.server.folder, 'ca');
    await makeKey(ca);
    const signed = await startSshd([], async (folder) => {
      const key = join(folder, 'host_ed25519.pub');
      const args = ['-q', '-s', ca, '-I', 'box', '-h', '-n', '127.0.0.1', key];
      execFileSync('ssh-keygen', args);
      return [`HostCertificate ${folder}/host_ed25519-cert.pub`];
    });
    const known = join(ground.server.folder, 'authorities');
    await writeFile(known, `@cert-authority 127.0.0.1,[127.0.0.1]:* ${await publicKey(ca)}\n`);
    const transports = createLiveTransports();
    const ask = (client: 'ssh2' | 'openssh') =>
      transports.exec(
        { on: signed.host({ client, knownHosts: [known] }), argv: ['echo', 'in'] },
        within(10_000),
      );
    expect(await ask('openssh')).toMatchObject({ stdout: 'in\n' });
    const fault = await faultOfCall(ask('ssh2'));
    expect(fault).toMatchObject({ code: 'host-key', side: 'prober' });
    expect(fault.message).toContain(`is known only by the authority in ${known}:1`);
    expect(fault.hint).toContain('client: openssh');
    await transports.close();
    await signed.stop();
  });
});

function fingerprint(publicFile: string): string {
  const line = execFileSync('ssh-keygen', ['-l', '-f', publicFile], { encoding: 'utf8' });
  return line.split(' ')[1] ?? 'none';
}
