import { describe, expect, it } from 'vitest';
import { type Compared, compare } from '../../../src/kinds/file/compare.ts';
import { plistMeaning } from '../../../src/kinds/launchd/plist-meaning.ts';
import type { FileKind } from '../../../src/model/inventory.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';

const seen = (text: string): FileSeen => ({
  ...{ path: '/p', isThere: true, isLink: false, mode: '0644', owner: null },
  ...{ text, sha256: text, fault: null },
});
const compared = (kind: FileKind, repo: string, live: string): Compared =>
  compare(
    { id: 'x', kind, source: 'x', mode: null },
    {
      ...{ repo: seen(repo), live: seen(live), applied: null },
    },
  );
const job = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${body}</dict>\n</plist>\n`;
const base = job(
  '\t<key>Label</key>\n\t<string>a &amp; b</string>\n\t<key>ThrottleInterval</key>\n\t<integer>10</integer>\n\t<key>RunAtLoad</key>\n\t<true/>\n',
);

describe('a job in another form', () => {
  it.each([
    ['blanks', base.replaceAll('\t', '  ')],
    ['a remark', base.replace('<dict>', '<dict><!-- by hand -->')],
    ['spelling', base.replace('<true/>', '<true></true>').replace('&amp;', '&#38;')],
    ['a text as it is', base.replace('a &amp; b', '<![CDATA[a & b]]>')],
    [
      'the order of its keys',
      job(
        '<key>RunAtLoad</key><true/><key>Label</key><string>a &amp; b</string><key>ThrottleInterval</key><integer> 10 </integer>',
      ),
    ],
  ])('says the same: %s', (_what, live) => {
    const { verdict, note, change } = compared('launchd', base, live);
    expect([verdict, note]).toEqual(['unmanaged', 'only its form differs, not what it says']);
    expect(change?.lines.length).toBeGreaterThan(0);
  });

  it.each([
    ['another number', base.replace('10', '11')],
    ['another label', base.replace('a &amp; b', 'a  &amp; b')],
    ['another type', base.replace('<true/>', '<false/>')],
    ['a key more', base.replace('<dict>', '<dict><key>Nice</key><integer>1</integer>')],
    ['one that is cut off', base.slice(0, -20)],
    ['no plist', 'x'],
  ])('says other things: %s', (_what, live) => {
    expect(compared('launchd', base, live).note).toBe('its text differs');
  });

  it('is none where two arrays or two dicts would run into one another', () => {
    const array = (...items: readonly string[]): string =>
      job(`<key>A</key><array>${items.map((one) => `<string>${one}</string>`).join('')}</array>`);
    expect(plistMeaning(array('a', 'b'))).not.toBe(plistMeaning(array('a", string "b')));
    expect(plistMeaning(job('<key>A</key>'))).toBe(null);
    expect(plistMeaning(job('<key>A</key>x<string>y</string>'))).toBe(null);
  });
});

describe('an environment within a file', () => {
  const env = (path: string, app: string, more = ''): string =>
    job(
      `<key>EnvironmentVariables</key>\n<dict>\n<key>PATH</key>\n<string>${path}</string>\n<key>APP</key>\n<string>${app}</string>\n</dict>\n${more}`,
    );

  it('shows of a job where programs are looked for, and of other values their names', () => {
    const path = compared(
      'launchd',
      env('/opt/homebrew/bin:/bin', 's3cr3t'),
      env('/bin', 's3cr3t'),
    );
    expect(path.note).toBe('its text differs');
    expect(path.change?.lines).toContain('-<string>/bin</string>');
    expect(path.change?.lines).toContain('+<string>/opt/homebrew/bin:/bin</string>');
    const app = compared('launchd', env('/bin', 's3cr3t-one'), env('/bin', 's3cr3t-two'));
    expect(app.note).toBe('a value differs that is not shown: APP');
    const raw = compared('launchd', job(''), env('/bin', '<![CDATA[s3cr3t]]>'));
    expect(JSON.stringify([path, app, raw])).not.toContain('s3cr3t');
  });

  it('shows the same of a unit, and nothing that stands beside it', () => {
    const unit = (line: string): string => `[Service]\nEnvironment=${line}\nUser=x\n`;
    const shown = compared('systemd', unit('PATH=/bin'), unit('"PATH=/usr/bin"'));
    expect(shown.change?.lines).toContain('+Environment=PATH=/bin');
    expect(shown.change?.lines).toContain('-Environment="PATH=/usr/bin"');
    const beside = compared('systemd', unit('PATH=/bin APP=s3cr3t'), unit('PATH=/x \\\n B=s3cr3t'));
    expect(JSON.stringify(beside)).not.toContain('s3cr3t');
  });
});
