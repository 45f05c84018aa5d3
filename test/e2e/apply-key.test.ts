import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { launcher } from '../support/run-cli.ts';

const script = '#!/bin/sh\nexec sleep 1\n';

let folder: NetworkFolder;
let live: string;
let cockpit: Pty;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  live = join(folder.root, 'live-run');
  await folder.write(`version: 1
name: keys
hosts: [{name: here}]
files:
  - {source: run, kind: file, host: here, destination: ${live}, mode: "0755"}
  - {source: conf, kind: file, host: here, destination: ${live}.conf}
`);
  await writeFile(join(folder.root, 'run'), script);
  await writeFile(join(folder.root, 'conf'), 'a = 1\n');
  cockpit = openPty([launcher, '--root', folder.root], {
    ...{ columns: 120, rows: 40, env: { JOELCLAW_STATE: folder.state } },
  });
});
afterEach(async () => {
  cockpit.kill('SIGKILL');
  await cockpit.ended;
  await folder.remove();
});

/** Keys of a question's first moments are not taken. */
async function pressUntil(isSo: () => boolean, key: string): Promise<void> {
  const press = (): boolean => {
    if (isSo()) return true;
    cockpit.type(key);
    return false;
  };
  await expect.poll(press, { interval: 250 }).toBe(true);
}

async function agreeTo(name: string): Promise<void> {
  const { until, type, screen } = cockpit;
  const [first = '', ...more] = name;
  await until(new RegExp(`type ${name} `));
  const taken = (): boolean => screen().includes(`type ${name} ${first}`);
  await pressUntil(taken, first);
  type(more.join(''));
  await until(new RegExp(`type ${name} ${name}▏`));
  type('\r');
}

describe('a on Drift', () => {
  test('applies what is selected, once its name is typed, and takes that apply back', async () => {
    const { until, type } = cockpit;
    await until(/Services/);
    type('4');
    await until(/▲ {2}run .* missing/);
    type('/run\r');
    await until(/Drift 1 of 2/);
    type('a');
    await until(/apply file\/run .*nothing is done yet[\s\S]*create +file\/run/);
    await expect(stat(live)).rejects.toThrow();
    await agreeTo('run');
    await until(/apply file\/run .*✓ done/);
    expect([await readFile(live, 'utf8'), (await stat(live)).mode & 0o777]).toEqual([
      script,
      0o755,
    ]);
    type('q');
    await until(/● {2}run .* in-sync/);
    type('x');
    await until(/rollback/);
    type('jjj\r');
    await until(/rollback 2\S+ .*nothing is done yet[\s\S]*delete/);
    await agreeTo('keys');
    await until(/rollback 2\S+ .*✓ done/);
    await expect(stat(live)).rejects.toThrow();
    type('q');
    await until(/▲ {2}run .* missing/);
  });

  test('a hand that edits a file is seen long before a minute is over', async () => {
    const { until, type } = cockpit;
    await until(/Services/);
    type('4');
    await until(/▲ {2}run .* missing/);
    await writeFile(live, script);
    await chmod(live, 0o755);
    await until(/● {2}run .* in-sync/);
    await writeFile(join(folder.root, 'run'), `${script}# more\n`);
    await until(/run .* (?:pending|unmanaged)/);
  });
});
