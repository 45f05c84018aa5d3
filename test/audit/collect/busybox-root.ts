import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Collected, readAnswers } from '../../../src/audit/collect/answers.ts';
import { auditScript } from '../../../src/audit/collect/script.ts';
import { pathOf } from '../../support/tiers.ts';

const run = promisify(execFile);

/** A root with nothing in it but BusyBox under all its names, and a user. */
export interface BusyboxRoot {
  /** Runs the script there, with /proc or without. */
  collect(proc: boolean): Promise<Collected & { readonly stderr: string }>;
  remove(): Promise<void>;
}

/** Root's alone to make. */
export async function makeBusyboxRoot(): Promise<BusyboxRoot> {
  const root = await mkdtemp(join(tmpdir(), 'joelclaw-busybox-'));
  const busybox = pathOf('busybox') ?? 'busybox';
  const { stdout } = await run('ldd', [busybox]).catch(() => ({ stdout: '' }));
  const libraries = stdout.match(/\/\S+/g) ?? [];
  for (const name of ['bin', 'sbin', 'usr/bin', 'usr/sbin', 'etc', 'proc', 'dev']) {
    await mkdir(join(root, name), { recursive: true });
  }
  await run('cp', ['-L', busybox, join(root, 'bin/busybox')]);
  for (const library of libraries) {
    await mkdir(dirname(join(root, library)), { recursive: true });
    await run('cp', ['-L', library, join(root, library)]);
  }
  await run('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3']);
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\n');
  await run('chroot', [root, '/bin/busybox', '--install', '-s']);
  return {
    collect: (proc) => collectIn(root, proc),
    remove: () => rm(root, { recursive: true }),
  };
}

/** In a mount namespace of its own, so that nothing stays mounted. */
const within = `
mount --bind "$1" "$1"
[ "$2" = no ] || mount -t proc proc "$1/proc"
exec chroot "$1" /bin/sh -s -- 60
`;

function collectIn(root: string, proc: boolean): Promise<Collected & { readonly stderr: string }> {
  const argv = ['-m', 'sh', '-c', within, 'sh', root, proc ? 'yes' : 'no'];
  const child = spawn('unshare', argv, { stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end(auditScript);
  return new Promise((resolve) => {
    child.once('close', () => resolve({ ...readAnswers(stdout), stderr }));
  });
}
