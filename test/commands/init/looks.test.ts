import { describe, expect, test } from 'vitest';
import { linuxDescription, macDescription } from '../../../src/commands/init/find-description.ts';
import { parseSshConfig } from '../../../src/commands/init/parse-ssh-config.ts';
import { addedUnits, unitNames } from '../../../src/commands/init/parse-systemd.ts';

describe('the hardware', () => {
  test('of a Mac is its model, chip and memory', () => {
    const text = `Hardware:

    Hardware Overview:

      Model Name: Mac mini
      Model Identifier: Mac16,11
      Chip: Apple M4 Pro
      Total Number of Cores: 14 (10 performance and 4 efficiency)
      Memory: 64 GB
      Serial Number (system): XXXXXXXXXX
`;
    expect(macDescription(text)).toBe('Mac mini, Apple M4 Pro, 64 GB');
    expect(macDescription('      Processor Name: Intel Core i7\n')).toBe('Intel Core i7');
    expect(macDescription('')).toBe('');
  });

  test.each([
    [
      { tree: 'Raspberry Pi 5 Model B Rev 1.0\0', memory: 'MemTotal:  8245368 kB\n' },
      'Raspberry Pi 5 Model B Rev 1.0, 8 GB',
    ],
    [{ vendor: 'Dell Inc.\n', product: 'OptiPlex 7090\n' }, 'Dell Inc. OptiPlex 7090'],
    [{ vendor: 'To Be Filled By O.E.M.', product: 'System Product Name' }, ''],
    [{ vendor: 'HP', product: 'HP EliteDesk' }, 'HP EliteDesk'],
    [{}, ''],
  ])('of %j', (more, wanted) => {
    const none = { tree: null, vendor: null, product: null, memory: null };
    expect(linuxDescription({ ...none, ...more })).toBe(wanted);
  });
});

describe('~/.ssh/config', () => {
  const aliases = (text: string) => parseSshConfig(text, 'f').aliases;

  test('names hosts; the first value of a key counts, patterns and Match do not', () => {
    const text = `# comment
User early
Host a b *.c !d
  HostName 10.0.0.1
  hostname 10.0.0.2
  User joel
Host *
  Port 99
Match host a exec "touch /tmp/x"
  User evil
HOST = "with space" # said
\tPort=2222\r
Host pct
  HostName %h.lan
  Port soon
Host -oProxyCommand=x
Host
`;
    expect(aliases(text)).toEqual([
      { alias: 'a', also: ['b'], hostname: '10.0.0.1', user: 'joel', port: null, file: 'f' },
      { alias: 'with space', also: [], hostname: null, user: null, port: 2222, file: 'f' },
      { alias: 'pct', also: [], hostname: null, user: null, port: null, file: 'f' },
    ]);
  });

  test('includes are named, several on a line', () => {
    expect(parseSshConfig('Include ~/.orbstack/ssh/config "with space/*"\n', 'f').includes).toEqual(
      ['~/.orbstack/ssh/config', 'with space/*'],
    );
  });
});

describe('systemd', () => {
  test('lists units; templates are none by themselves', () => {
    const text =
      'caddy.service enabled enabled\ngetty@.service enabled enabled\nvpn@home.service enabled enabled\nbackup.timer enabled enabled\nx.socket enabled enabled\n';
    expect(unitNames(text)).toEqual(['caddy.service', 'vpn@home.service', 'backup.timer']);
  });

  test('tells which lie where an administrator puts them', () => {
    const text = `Id=pdf-brain.service
Description=PDF brain
FragmentPath=/etc/systemd/system/pdf-brain.service

Id=ssh.service
Description=OpenBSD Secure Shell server
FragmentPath=/usr/lib/systemd/system/ssh.service

FragmentPath=/etc/systemd/system/plain.service
Id=plain.service
Description=plain.service
`;
    expect(addedUnits(text, { user: false, folders: ['/etc/systemd/system/'] })).toEqual([
      {
        kind: 'systemd',
        unit: 'pdf-brain.service',
        user: false,
        description: 'PDF brain',
        file: '/etc/systemd/system/pdf-brain.service',
      },
      {
        kind: 'systemd',
        unit: 'plain.service',
        user: false,
        description: '',
        file: '/etc/systemd/system/plain.service',
      },
    ]);
  });
});
