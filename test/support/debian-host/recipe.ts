import { readdirSync, readFileSync } from 'node:fs';

/** What the root file system is made of; a change of it is built anew. */
export const recipe = {
  suite: 'bookworm',
  variant: 'minbase',
  packages: [
    'systemd',
    'systemd-sysv',
    'libpam-systemd',
    'dbus',
    'dbus-user-session',
    'openssh-server',
    'iproute2',
    'procps',
    'curl',
    'cron',
    'screen',
    'tmux',
    'supervisor',
  ],
  /** Installed beside the Node.js that runs the tests, whose version is told here for the hash. */
  npm: ['pm2@7.0.4'],
  node: process.version,
  /** Who may read the journal. */
  groups: 'adm',
} as const;

/** Where this machine gets Debian's packages from. */
export function debianMirror(): string {
  const texts = ['/etc/apt/sources.list', ...sourceFiles()].flatMap(readIfThere);
  const urls = texts.flatMap((text) =>
    [...text.matchAll(/^(?!#).*?(https?:\/\/\S+\/debian)\/?(?=\s|$)/gm)].map(([, url]) => url),
  );
  return urls[0] ?? 'http://deb.debian.org/debian';
}

function sourceFiles(): readonly string[] {
  const folder = '/etc/apt/sources.list.d';
  try {
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function readIfThere(path: string): readonly string[] {
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    return [];
  }
}
