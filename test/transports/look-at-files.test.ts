import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../src/model/inventory.ts';
import type { Transports } from '../../src/transports/contract.ts';
import type { FileSeen } from '../../src/transports/contract-files.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { here, within } from '../support/calls.ts';
import { describeSshd } from '../support/describe-sshd.ts';

/** Says the same of a file wherever it lies. */
function looksAtFiles(hostOf: () => Host): void {
  let folder: string;
  let transports: Transports;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-look-'));
    transports = createLiveTransports();
  });
  afterEach(async () => {
    await transports.close();
    await rm(folder, { recursive: true });
  });

  const look = (...names: readonly string[]): Promise<readonly FileSeen[]> =>
    transports.lookAtFiles(
      hostOf(),
      names.map((name) => join(folder, name)),
      within(10_000),
    );
  const put = async (name: string, text: string, mode: number): Promise<void> => {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), mode);
    await utimes(join(folder, name), changedAtMs / 1000, changedAtMs / 1000);
  };
  const changedAtMs = 1_771_405_200_000;
  const own = `${process.getuid?.()}:${process.getgid?.()}`;
  const plain = {
    owner: own,
    changedAtMs,
    isLink: false,
    fault: null,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  };

  it('brings texts as they are and modes, in the order of the paths', async () => {
    const odd = `a 'name'; echo "$(id)" *`;
    await put('unix', 'ü one\ntwo\n', 0o644);
    await put('no-end', '@@ END 0\r\nlast', 0o4750);
    await put(odd, '', 0o1600);
    const found = await look('no-end', 'unix', odd);
    expect(found).toEqual([
      {
        ...plain,
        path: join(folder, 'no-end'),
        isThere: true,
        mode: '4750',
        text: '@@ END 0\r\nlast',
      },
      { ...plain, path: join(folder, 'unix'), isThere: true, mode: '0644', text: 'ü one\ntwo\n' },
      { ...plain, path: join(folder, odd), isThere: true, mode: '1600', text: '' },
    ]);
  });

  it('tells what is not there from what leads elsewhere, or nowhere', async () => {
    await put('target', 'text', 0o600);
    await symlink(join(folder, 'target'), join(folder, 'link'));
    await symlink(join(folder, 'gone'), join(folder, 'dangling'));
    expect(await look('none', 'target/under', 'link', 'dangling')).toMatchObject([
      { isThere: false, isLink: false, mode: null, text: '', fault: null },
      { isThere: false, isLink: false, fault: null },
      { isThere: true, isLink: true, mode: '0600', text: 'text', fault: null },
      { isThere: false, isLink: true, fault: null },
    ]);
  });

  it('says of what is no file, too large or a pipe that nobody writes to why it has no text', async () => {
    await mkdir(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await put('large', 'x'.repeat(1024 * 1024 + 1), 0o644);
    await put('full', 'x'.repeat(1024 * 1024), 0o644);
    const [inside, pipe, large, full] = await look('folder', 'pipe', 'large', 'full');
    expect(inside?.fault).toMatchObject({
      code: 'not-found',
      message: `${join(folder, 'folder')} is not a file`,
    });
    expect(pipe?.fault).toMatchObject({ code: 'not-found' });
    expect(large?.fault).toMatchObject({
      code: 'protocol',
      message: `${join(folder, 'large')} is larger than 1024 KiB`,
    });
    expect(full).toMatchObject({ fault: null, isThere: true });
    expect(full?.text).toHaveLength(1024 * 1024);
  });

  it('takes ~/ for the home there', async () => {
    const asked = { on: hostOf(), argv: ['sh', '-c', 'echo $HOME'] } as const;
    const home = (await transports.exec(asked, within(10_000))).stdout.trim();
    const path = `~/${relative(home, join(folder, 'mine'))}`;
    await put('mine', 'at home', 0o600);
    const [found] = await transports.lookAtFiles(hostOf(), [path], within(10_000));
    expect(found).toMatchObject({ path, text: 'at home' });
  });

  it('asks for nothing where nothing is wanted', async () => {
    expect(await look()).toEqual([]);
  });
}

describe('Files of this machine', () => looksAtFiles(() => here));

describeSshd('Files of a host behind ssh', (ground) => {
  looksAtFiles(() => ground.server.host());

  it('are all seen in one session', async () => {
    const transports = createLiveTransports();
    const sessions = (): number => ground.server.log().match(/Starting session/g)?.length ?? 0;
    await transports.lookAtFiles(ground.server.host(), ['/etc/hostname'], within(10_000));
    const before = sessions();
    const paths = Array.from({ length: 200 }, (_, index) => `/etc/none-${index}`);
    const found = await transports.lookAtFiles(ground.server.host(), paths, within(20_000));
    expect(found).toHaveLength(200);
    expect(found.every(({ isThere, fault }) => !isThere && fault === null)).toBe(true);
    expect(sessions() - before).toBe(1);
    await transports.close();
  });
});
