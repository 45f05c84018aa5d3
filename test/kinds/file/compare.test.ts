import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Compared, compare, type Wanted } from '../../../src/kinds/file/compare.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';

function fileOf(text: string, more: Partial<FileSeen> = {}): FileSeen {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const seen = { path: '/p', isThere: true, isLink: false, mode: '0644', owner: null };
  return { ...seen, text, sha256, fault: null, ...more };
}

const none = fileOf('', { isThere: false, mode: null });
const forbidden = fileOf('', { fault: faultOf('forbidden', '/p may not be read') });

function compared(
  kind: Wanted['kind'],
  repo: FileSeen,
  live: FileSeen,
  mode: string | null = null,
): Compared {
  return compare({ id: 'x', kind, source: 'infra/x', mode }, { repo, live, applied: null });
}

const words = ({ verdict, note, change }: Compared): string =>
  [`${verdict}: ${note}`, ...(change ? [`+${change.added} -${change.removed}`] : [])].join(' ');

describe('a file beside its source', () => {
  it.each<[string, FileSeen, FileSeen, string | null, string]>([
    ['the same', fileOf('a\n'), fileOf('a\n'), null, 'in-sync: '],
    [
      'the same in another mode',
      fileOf('a'),
      fileOf('a'),
      '0755',
      'unmanaged: mode 0644, not 0755',
    ],
    ['in the mode wanted', fileOf('a'), fileOf('a', { mode: '0755' }), '0755', 'in-sync: '],
    [
      'other text',
      fileOf('a\nb\n'),
      fileOf('a\nc\nd\n'),
      null,
      'unmanaged: its text differs +1 -2',
    ],
    [
      'other text and mode',
      fileOf('a\n'),
      fileOf('b\n'),
      '0600',
      'unmanaged: its text differs; mode 0644, not 0600 +1 -1',
    ],
    [
      'other line ends',
      fileOf('a\nb\n'),
      fileOf('a\r\nb\r\n'),
      null,
      'unmanaged: only the ends of its lines differ',
    ],
    [
      'a link to the same',
      fileOf('a'),
      fileOf('a', { isLink: true }),
      null,
      'unmanaged: a link, not a file',
    ],
    ['not there', fileOf('a\nb\n'), none, null, 'missing: not there +2 -0'],
    [
      'a dangling link',
      fileOf('a'),
      { ...none, isLink: true },
      null,
      'missing: a link that leads nowhere',
    ],
    ['unreadable', fileOf('a'), forbidden, null, 'unknown: /p may not be read'],
    ['of no source', none, fileOf('a'), null, 'unknown: infra/x is not in the repo'],
    ['of no source and not there', none, none, null, 'unknown: infra/x is not in the repo'],
    [
      'of an unreadable source',
      forbidden,
      fileOf('a'),
      null,
      'unknown: its source: /p may not be read',
    ],
  ])('%s', (_title, repo, live, mode, expected) => {
    expect(words(compared('file', repo, live, mode))).toBe(expected);
  });

  it('tells what an apply would do, line by line', () => {
    const repo = fileOf(`${'same\n'.repeat(5)}new\nend\n`);
    const live = fileOf(`${'same\n'.repeat(5)}old\nend\n`);
    expect(compared('file', repo, live).change?.lines).toEqual([
      '@@ -3,5 +3,5 @@',
      ' same',
      ' same',
      ' same',
      '-old',
      '+new',
      ' end',
    ]);
  });

  it('tells of what is not there all of its lines, and of an environment its names', () => {
    const script = compared('file', fileOf('#!/bin/sh\nexport TOKEN=s3cr3t\n'), none);
    expect(script.change?.lines).toEqual([
      ...['@@ -1,0 +1,2 @@', '+#!/bin/sh', '+export TOKEN=(hidden)'],
    ]);
    const env = compared('env', fileOf('# names\nKEY=\nURL=http://here\n'), none);
    expect(env.change?.lines).toEqual(['+KEY', '+URL']);
    expect(compared('file', fileOf(''), none).change).toEqual({ added: 0, removed: 0, lines: [] });
  });

  it('tells of a long difference its beginning and how much is left', () => {
    const lines = (word: string): string =>
      Array.from({ length: 500 }, (_, index) => `${word} ${index}\n`).join('');
    const { change } = compared('file', fileOf(lines('new')), fileOf(lines('old')));
    expect(change).toMatchObject({ added: 500, removed: 500 });
    expect(change?.lines).toHaveLength(201);
    expect(change?.lines.at(-1)).toBe('@@ 801 more lines @@');
  });

  it('gives up in time on two large texts with nothing in common', () => {
    const lines = (seed: number): string =>
      Array.from({ length: 60_000 }, (_, index) => `${(index * seed) % 99_991}\n`).join('');
    expect(words(compared('file', fileOf(lines(7)), fileOf(lines(11))))).toMatch(
      /^unmanaged: (?:nearly all of it differs$|its text differs \+)/,
    );
  });
});

describe('an environment', () => {
  const repo = fileOf('# what it wants\nexport A=\nB=default\n');
  it.each<[string, string, string, string]>([
    ['all its keys, whatever their values', 'B=1\nA=secret\n', '0600', 'in-sync: '],
    ['that others may read', 'A=1\nB=2\n', '0644', 'unmanaged: mode 0644, not 0600'],
    ['that lacks a key', 'A=1\n# B=2\n', '0600', 'pending: it lacks B +1 -0'],
    ['with a key more', 'A=1\nB=2\nC=3\n', '0600', 'unmanaged: infra/x does not name C +0 -1'],
    ['with other keys', 'A=1\nC=3', '0600', 'pending: it lacks B; infra/x does not name C +1 -1'],
  ])('%s', (_title, text, mode, expected) => {
    const found = compared('env', repo, fileOf(text, { mode }));
    expect(words(found)).toBe(expected);
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});

describe('values that may be secret', () => {
  const plist = (value: string, more = ''): FileSeen =>
    fileOf(
      `<plist><dict>\n<key>EnvironmentVariables</key>\n<dict>\n<key>MODE</key>\n<string>${value}</string>\n</dict>\n${more}</dict></plist>\n`,
    );

  it('of a job’s environment are compared and never told', () => {
    expect(compared('launchd', plist('one'), plist('one')).verdict).toBe('in-sync');
    const found = compared('launchd', plist('one'), plist('s3cr3t-two'));
    expect(words(found)).toBe('unmanaged: a value differs that is not shown: MODE');
    const more = compared('launchd', plist('one'), plist('s3cr3t-two', '<key>Nice</key>\n'));
    expect(words(more)).toBe('unmanaged: its text differs +0 -1');
    expect(JSON.stringify([found, more])).not.toContain('s3cr3t');
  });

  it.each<[Wanted['kind'], string]>([
    ['systemd', 'Environment="MODE=s3cr3t"'],
    ['file', 'export GITHUB_TOKEN=s3cr3t'],
    ['file', '  password: s3cr3t'],
    ['file', 'curl -H "Authorization: Bearer s3cr3t.abc"'],
    ['caddyfile', `joel $2a$14$${'s3cr3t'.padEnd(53, 'x')}`],
    ['file', 'ghp_s3cr3ts3cr3ts3cr3ts3cr3t'],
    ['file', 'exec web --password s3cr3t'],
    ['systemd', "Environment='MODE=s3cr3t'"],
    ['systemd', 'SetCredential=foo:s3cr3t'],
    ['caddyfile', 'header X-Api-Key s3cr3t'],
    ['caddyfile', 'header_up +X-Auth-Token "s3cr3t s3cr3t"'],
    ['caddyfile', 'Authorization s3cr3t'],
    ['caddyfile', 'dns cloudflare s3cr3t'],
  ])('are not told of a %s: %s', (kind, line) => {
    const found = compared(kind, fileOf('other\n'), fileOf(`${line}\nmore\n`));
    expect(found.change).toMatchObject({ added: 1, removed: 2 });
    expect(JSON.stringify(found)).not.toContain('s3cr3t');
  });

  it('are not told of the lines that go on', () => {
    const unit = fileOf('Environment=A=1 \\\n  B=s3cr3t \\\n  C=s3cr3t\nUser=x\n');
    const found = compared('systemd', unit, fileOf('User=x\n'));
    expect(found.change?.lines.slice(1)).toEqual([
      '+Environment=A=(hidden)',
      ...['+(hidden)', '+(hidden)', ' User=x'],
    ]);
  });

  it.each([
    ['header -X-Api-Key'],
    ['tls /srv/cert.pem /srv/key.pem'],
    ['header_up X-Api-Key {env.KEY}'],
    ['reverse_proxy host-key:80 other:80'],
  ])('are none in a Caddyfile: %s', (line) => {
    const found = compared('caddyfile', fileOf(`${line}\n`), fileOf('other\n'));
    expect(found.change?.lines).toContain(`+${line}`);
  });

  it('a plist that others may write is refused by launchd', () => {
    const open = compared('launchd', plist('a'), { ...plist('a'), mode: '0664' });
    expect(words(open)).toBe('unmanaged: mode 0664: others may write it');
  });
});
