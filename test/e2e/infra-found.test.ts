import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

const script = '#!/bin/sh\nexec sleep 1\n';

let folder: NetworkFolder;
let live: string;
let repo: string;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  live = join(folder.state, '..', 'live', 'run');
  repo = join(folder.root, 'infra/run');
  await mkdir(join(folder.root, 'infra'));
  await mkdir(join(live, '..'));
  await writeFile(repo, script);
  await folder.write(`version: 1
name: found
hosts: [{name: here}]
services: [{name: web, host: here, manager: {kind: none}}]
files: [{source: infra/run, kind: file, host: here, destination: ${live}, service: here/web}]
`);
});
afterEach(() => folder.remove());

const cli = (...args: readonly string[]) =>
  runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });

async function linesOfBoth(text: string): Promise<readonly string[]> {
  await writeFile(live, `${text}# by hand\n`);
  await writeFile(repo, `${text}# by the repo\n`);
  const [item] = JSON.parse((await cli('infra', 'diff', '--json')).stdout).result.items;
  expect(item.verdict).toBe('conflict');
  return item.change.lines;
}

describe('of what no apply has written a conflict shows what each side has changed', () => {
  it('since it was found to be as the repo says', async () => {
    await writeFile(live, script);
    expect((await cli('infra', 'apply', '--yes')).code).toBe(0);
    const lines = await linesOfBoth(script);
    expect(lines[0]).toContain('@@ the repo since');
    expect(lines).toContain('@@ hands since then @@');
    expect(await readFile(live, 'utf8')).toContain('by hand');
  });

  it('since others made it so', async () => {
    await cli('infra', 'apply', '--yes');
    for (const path of [live, repo]) await writeFile(path, `${script}# both\n`);
    expect((await cli('infra', 'apply', '--yes')).code).toBe(0);
    expect(await linesOfBoth(`${script}# both\n`)).toContain('@@ hands since then @@');
  });

  it('since it was adopted', async () => {
    await writeFile(live, `${script}# mine\n`);
    expect((await cli('infra', 'adopt', 'file/run', '--yes')).code).toBe(0);
    expect(await linesOfBoth(`${script}# mine\n`)).toContain('@@ hands since then @@');
  });
});
