import { expect, test } from 'vitest';
import type { Host } from '../../src/model/inventory.ts';
import { onHost } from '../../src/model/ssh-command.ts';

const host = (ssh: Partial<NonNullable<Host['ssh']>>): Host => ({
  ...{ name: 'nas', description: '', access: 'ssh', hostname: null, tailscale: null, disks: [] },
  ssh: {
    ...{ host: 'nas.lan', port: 22, user: null, identityFile: null, proxyJump: null },
    ...{ knownHosts: ['~/.ssh/known_hosts'], client: 'ssh2', ...ssh },
  },
});

test.each<[string, Partial<NonNullable<Host['ssh']>>, string]>([
  ['a host', {}, 'ssh nas.lan uptime'],
  [
    'a user, a port and a key',
    { user: 'j', port: 2222, identityFile: '~/k' },
    'ssh -p 2222 -i ~/k j@nas.lan uptime',
  ],
  ['a way through another', { proxyJump: 'gate' }, 'ssh -J gate nas.lan uptime'],
  [
    'keys of hosts in files of their own',
    { knownHosts: ['/a/known', '/b/known'] },
    "ssh -o 'UserKnownHostsFile=/a/known /b/known' nas.lan uptime",
  ],
])('a command is typed for %s as it is run', (_what, ssh, typed) => {
  expect(onHost('uptime', host(ssh))).toBe(typed);
});
