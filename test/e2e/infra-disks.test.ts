import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  makeLiveFolder,
  makeNetworkFolder,
  type NetworkFolder,
} from '../support/network-folder.ts';
import { launcher } from '../support/run-cli.ts';
import { hasProgram } from '../support/tiers.ts';

const script = `#!/bin/sh\n# ${'x'.repeat(9000)}\nexec sleep 1\n`;
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && hasProgram('unshare');

describe.skipIf(!mayMount)(
  'infra apply on disks in trouble (root, with a mount namespace of its own)',
  () => {
    let folder: NetworkFolder;
    let live: string;
    beforeEach(async () => {
      folder = await makeNetworkFolder('');
      live = await makeLiveFolder(folder);
      await mkdir(folder.state);
      await writeFile(join(folder.root, 'infra/run'), script);
      await folder.write(`version: 1
name: disks
hosts: [{name: here}]
services: [{name: web, host: here, manager: {kind: none}}]
files: [{source: infra/run, kind: file, host: here, destination: ${live}/, mode: "0755", service: here/web}]
`);
    });
    afterEach(() => folder.remove());

    /** Applies in a mount namespace of its own, after some preparation; then the live folder as it is there. */
    function apply(prepare: string): Promise<{ readonly code: number; readonly said: string }> {
      const line = `set -e; ${prepare}; set +e; '${launcher}' infra apply --yes --overwrite-drift --root '${folder.root}'; code=$?; ls -A '${live}'; exit $code`;
      const env = { PATH: process.env['PATH'], HOME: '/nonexistent', JOELCLAW_STATE: folder.state };
      return new Promise((resolve) => {
        execFile('unshare', ['-m', 'sh', '-c', line], { env }, (error, stdout, stderr) => {
          const code = typeof error?.code === 'number' ? error.code : 0;
          resolve({ code, said: stdout + stderr });
        });
      });
    }

    const tmpfs = (at: string, options: string): string =>
      `mount -t tmpfs -o ${options} tmpfs '${at}'`;

    it('changes nothing where the disk of the file is full, and leaves nothing half there', async () => {
      const { code, said } = await apply(`${tmpfs(live, 'size=8k')}; echo old > '${live}/other'`);
      expect([code, said]).toEqual([1, expect.stringContaining('its disk is full')]);
      expect(said).toMatch(/\nother\n/);
      expect(said).not.toMatch(/\n\.?run/);
    });

    it('changes nothing where the disk of the file is read-only', async () => {
      const { code, said } = await apply(tmpfs(live, 'ro'));
      expect([code, said]).toEqual([1, expect.stringContaining('its disk is read-only')]);
    });

    it.each([
      ['full', 'size=24k', /cannot be kept/],
      ['read-only', 'ro', /read-only/],
    ])(
      'writes nothing that it cannot keep: the disk of the state is %s',
      async (_what, options, words) => {
        await writeFile(join(live, 'run'), 'old\n');
        const { code, said } = await apply(tmpfs(folder.state, options));
        expect(said).toMatch(words);
        expect(code).not.toBe(0);
        expect(await readFile(join(live, 'run'), 'utf8')).toBe('old\n');
      },
    );
  },
);
