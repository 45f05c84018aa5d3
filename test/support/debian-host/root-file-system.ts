import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { debianMirror, recipe } from './recipe.ts';
import { run } from './run.ts';

/**
 * The folder with Debian's root file system. It is built once, in a minute or a few, kept in the
 * user's cache and never written to again: hosts are booted on a layer above it. Two builds at once
 * do not hurt each other, the first to end is kept.
 */
export async function debianRoot(): Promise<string> {
  const folder = join(cacheFolder(), `debian-host-${recipeHash()}`);
  if (existsSync(folder)) return folder;
  const building = `${folder}.${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  const { suite, variant, packages, npm } = recipe;
  await run(
    'debootstrap',
    `--variant=${variant}`,
    `--include=${packages.join(',')}`,
    suite,
    building,
    debianMirror(),
  );
  await run(
    'chroot',
    building,
    'useradd',
    '-m',
    '-u',
    '1000',
    '-G',
    recipe.groups,
    '-s',
    '/bin/bash',
    'joel',
  );
  await run('cp', process.execPath, join(building, 'usr/local/bin/node'));
  const prefix = `--prefix=${join(building, 'usr/local')}`;
  await run('npm', 'install', '--global', '--no-audit', '--no-fund', prefix, ...npm);
  await rm(join(building, 'var/cache/apt/archives'), { recursive: true, force: true });
  await rename(building, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(building, { recursive: true, force: true });
  });
  return folder;
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'joelclaw-test');
}

function recipeHash(): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 8);
}
