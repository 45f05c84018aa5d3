import { chmod, chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  makeLiveFolder,
  makeNetworkFolder,
  type NetworkFolder,
} from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

let folder: NetworkFolder;
let live: string;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  live = await makeLiveFolder(folder);
  await writeFile(join(folder.root, 'infra/conf'), 'port 1\n');
  await folder.write(`version: 1
name: place
hosts: [{name: here}]
services: [{name: web, host: here, manager: {kind: none}}]
files: [{source: infra/conf, kind: file, host: here, destination: ${live}/conf, service: here/web}]
`);
});
afterEach(() => folder.remove());

const cli = (...args: readonly string[]) =>
  runCli(['infra', ...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
const verdict = async (): Promise<string> =>
  JSON.parse((await cli('plan', '--json')).stdout).result.items[0].verdict;

it.each(['written', 'found'])(
  'how a file that was %s lies is drift when hands change it',
  async (how) => {
    const path = join(live, 'conf');
    if (how === 'found') await writeFile(path, 'port 1\n', { mode: 0o644 });
    expect((await cli('apply', '--yes')).code).toBe(0);
    const { mode, uid, gid } = await stat(path);
    await chmod(path, 0o666);
    expect(await verdict()).toBe('drift');
    expect((await cli('apply', '--yes')).code).toBe(6);
    expect((await cli('apply', '--yes', '--overwrite-drift')).code).toBe(0);
    expect([(await stat(path)).mode, await verdict()]).toEqual([mode, 'in-sync']);
    expect((await cli('rollback', '--yes')).code).toBe(0);
    expect([(await stat(path)).mode & 0o777, await verdict()]).toEqual([0o666, 'drift']);
    await chmod(path, mode);
    if (uid !== 0) return;
    await chown(path, 12_345, 23_456);
    expect(await verdict()).toBe('drift');
    expect((await cli('apply', '--yes', '--overwrite-drift')).code).toBe(0);
    expect(await stat(path)).toMatchObject({ uid, gid });
  },
);
