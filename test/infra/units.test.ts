import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { plistKeys } from '../../src/kinds/launchd/plist-keys.ts';
import { hasProgram } from '../support/tiers.ts';

const run = promisify(execFile);
const infra = fileURLToPath(new URL('../../infra', import.meta.url));
const unit = join(infra, 'systemd/pdf-brain.service');

describe.runIf(hasProgram('systemd-analyze'))('pdf-brain’s unit [systemd-analyze]', () => {
  it('is one that systemd takes without a word', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'joelclaw-unit-'));
    const file = join(folder, 'pdf-brain.service');
    try {
      // The program is on its own host.
      const text = (await readFile(unit, 'utf8')).replace(/^ExecStart=.*$/m, 'ExecStart=/bin/true');
      await writeFile(file, text);
      const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', file]);
      expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is exposed by 2.5 at most', async () => {
    const args = ['security', '--offline=yes', '--threshold=25', '--no-pager', unit];
    const { stdout } = await run('systemd-analyze', args);
    const score = Number(
      /Overall exposure level for pdf-brain\.service: ([\d.]+)/.exec(stdout)?.[1],
    );
    expect(score).toBeLessThanOrEqual(2.5);
    expect(score).toBeGreaterThan(0);
  });
});

describe('the jobs of launchd', async () => {
  const folder = join(infra, 'launchd');
  const jobs = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, keys: plistKeys(text) ?? new Map() };
    }),
  );
  const keysOf = (name: string) => jobs.find((job) => job.name === `${name}.plist`)?.keys;

  it('are those that the inventory knows', async () => {
    const inventory = await readFile(join(infra, '../inventory.yaml'), 'utf8');
    const labels = [...inventory.matchAll(/kind: launchd, label: (\S+) }/g)].map(
      ([, label]) => label,
    );
    expect(jobs.map(({ name }) => name.replace('.plist', '')).toSorted()).toEqual(
      labels.toSorted(),
    );
  });

  it('keep services running and let watchers wait', () => {
    for (const name of ['com.joel.system-bus-worker', 'com.joel.caddy']) {
      expect(keysOf(name)?.get('KeepAlive')?.type).toBe('true');
      expect(keysOf(name)?.has('WatchPaths')).toBe(false);
    }
    for (const name of ['com.joel.vault-log-sync', 'com.joel.adr-sync-watcher']) {
      expect(keysOf(name)?.has('KeepAlive')).toBe(false);
      expect(keysOf(name)?.get('WatchPaths')?.entries).toBe(1);
    }
    const throttles = jobs.map(({ keys }) => keys.get('ThrottleInterval')?.text);
    expect(throttles.toSorted()).toEqual(['10', '10', '30', '5']);
  });

  it('have a home, Homebrew, and logs where the others are', () => {
    for (const { name, keys } of jobs) {
      const words = keys
        .get('EnvironmentVariables')
        ?.children.map(({ text }: { text: string }) => text);
      expect(words?.slice(0, 3)).toEqual(['HOME', '/Users/joel', 'PATH']);
      expect(words?.[3]).toContain('/opt/homebrew/bin');
      const log = name.replace(/^com\.joel\.(.*)\.plist$/, '/Users/joel/.local/log/$1');
      expect(keys.get('StandardErrorPath')?.text).toBe(`${log}.err`);
      expect(keys.get('StandardOutPath')?.text).toBe(`${log}.log`);
    }
  });
});
