import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeNetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

it('ends an apply that was killed before its first write when that is taken back', async () => {
  const folder = await makeNetworkFolder('');
  try {
    await folder.write(`version: 1
name: unbegun
hosts: [{name: here}]
files: [{source: infra/run, kind: file, host: here, destination: ${folder.state}/../live/run}]
`);
    await mkdir(join(folder.root, 'infra'));
    await writeFile(join(folder.root, 'infra/run'), 'text\n');
    const cli = (...args: readonly string[]) =>
      runCli(['infra', ...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
    await cli('apply', '--yes');
    const [network = ''] = await readdir(folder.state);
    const id = '20290218-090000-aaaa';
    const place = join(folder.state, network, 'applies', id);
    await mkdir(place, { recursive: true, mode: 0o700 });
    const begin = { type: 'begin', at: '2026-02-18T09:00:00Z', actor: 'joel', undoes: null };
    const journal = `${JSON.stringify({ ...begin, items: ['file/run'] })}\n`;
    await writeFile(join(place, 'journal.ndjson'), journal, { mode: 0o600 });
    expect((await cli('plan')).stderr).toContain(`joelclaw infra rollback ${id} undoes it`);
    const { code, stdout } = await cli('rollback', id, '--yes');
    expect([code, stdout]).toEqual([0, 'all of it is as it was before already\n']);
    expect((await cli('plan')).stderr).not.toContain(id);
    expect((await cli('rollback', id, '--yes')).code).toBe(64);
  } finally {
    await folder.remove();
  }
});
