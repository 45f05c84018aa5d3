import { describe, expect, it, test } from 'vitest';
import { lintPlist } from '../../../src/kinds/launchd/lint/lint-plist.ts';
import { faultLines } from '../../support/fault-lines.ts';

const plist = (keys: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${keys}</dict>\n</plist>\n`;
const good: Readonly<Record<string, string>> = {
  Label: '<string>com.example.web</string>',
  ProgramArguments: '<array><string>/usr/bin/web</string><string>--serve</string></array>',
  EnvironmentVariables:
    '<dict><key>PATH</key><string>/opt/homebrew/bin:/usr/bin:/bin</string></dict>',
  KeepAlive: '<true/>',
  StandardErrorPath: '<string>/var/log/web.err</string>',
};
/** The good job with some keys otherwise, null for one that is left out, each on a line from the 4th on. */
const job = (otherwise: Readonly<Record<string, string | null>> = {}): string => {
  const keys = Object.entries({ ...good, ...otherwise });
  return plist(
    keys.map(([key, value]) => (value === null ? '' : `<key>${key}</key>${value}\n`)).join(''),
  );
};
const lint = (text: string, fileName = 'com.example.web.plist'): readonly string[] =>
  faultLines(lintPlist({ fileName, text }).faults);

describe('a job’s plist', () => {
  it('is well when it is, however its lines end', () => {
    expect(lint(job())).toEqual([]);
    expect(lint(job().replaceAll('\n', '\r\n'))).toEqual([]);
    expect(lint(`\uFEFF${job()}`)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string | null>>, string]>([
    ['no label', { Label: null }, '1:1 lacks Label'],
    [
      'a label that is not its name',
      { Label: '<string>com.example.wbe</string>' },
      '4:17 Label: is not the name of its file, com.example.web.plist',
    ],
    ['no program', { ProgramArguments: null }, '1:1 names no program'],
    [
      'a PATH of a Mac of Intel’s',
      {
        EnvironmentVariables:
          '<dict><key>PATH</key><string>/usr/local/bin:/usr/bin:/bin</string></dict>',
      },
      '(warning) 6:53 EnvironmentVariables.PATH: lacks /opt/homebrew/bin, Homebrew’s on Apple silicon',
    ],
    [
      'an empty list of arguments',
      { ProgramArguments: '<array/>' },
      '5:28 ProgramArguments: names no program',
    ],
    [
      'a program without its path',
      { ProgramArguments: '<array><string>web</string></array>' },
      '5:35 ProgramArguments[0]: is no whole path',
    ],
    [
      'a program in a home',
      { Program: '<string>~/bin/web</string>' },
      '9:19 Program: is taken as it is written',
    ],
    [
      'a program in a variable',
      { Program: '<string>$HOME/bin/web</string>' },
      '9:19 Program: is taken as it is written',
    ],
    [
      'an argument in a home',
      {
        ProgramArguments: '<array><string>/usr/bin/web</string><string>~/web.conf</string></array>',
      },
      '5:64 ProgramArguments[1]: is taken as it is written',
    ],
    [
      'a Caddy that resumes',
      {
        ProgramArguments: '<array><string>/usr/bin/caddy</string><string>--resume</string></array>',
      },
      '5:66 ProgramArguments[1]: lets the last loaded configuration win over the Caddyfile',
    ],
    [
      'a text for a boolean',
      { KeepAlive: '<string>yes</string>' },
      '7:21 KeepAlive: is <string>, which launchd does not take here',
    ],
    [
      'an integer that is none',
      { Nice: '<integer>ten</integer>' },
      '9:16 Nice: is <integer>, which launchd does not take here',
    ],
    [
      'a key that is misspelt',
      { ThrotleInterval: '<integer>10</integer>' },
      '9:1 ThrotleInterval: is no key that launchd knows: it passes it over',
    ],
    [
      'a key of nobody',
      { XOther: '<true/>' },
      '(warning) 9:1 XOther: is no key that launchd knows: it passes it over',
    ],
    [
      'no throttle at all',
      { ThrottleInterval: '<integer>0</integer>' },
      '9:28 ThrottleInterval: is below 1 second',
    ],
    [
      'a variable that is no text',
      {
        EnvironmentVariables: `${good['EnvironmentVariables']}`.replace(
          '</dict>',
          '<key>PORT</key><integer>1</integer></dict>',
        ),
      },
      '6:116 EnvironmentVariables.PORT: is <integer>, where a text is wanted',
    ],
    [
      'a variable in a home',
      {
        EnvironmentVariables: `${good['EnvironmentVariables']}`.replace(
          '</dict>',
          '<key>A</key><string>~/a</string></dict>',
        ),
      },
      '6:113 EnvironmentVariables.A: is taken as it is written',
    ],
    [
      'a secret',
      {
        EnvironmentVariables: `${good['EnvironmentVariables']}`.replace(
          '</dict>',
          '<key>API_TOKEN</key><string>abc</string></dict>',
        ),
      },
      '6:121 EnvironmentVariables.API_TOKEN: a secret that everybody sees who asks launchctl',
    ],
    [
      'no PATH',
      { EnvironmentVariables: null },
      '3:1 lacks PATH among its EnvironmentVariables: launchd’s has no Homebrew',
    ],
    [
      'a PATH without tools',
      { EnvironmentVariables: '<dict><key>PATH</key><string>/usr/bin:/bin</string></dict>' },
      '6:53 EnvironmentVariables.PATH: has no folder of Homebrew’s tools',
    ],
    [
      'a PATH without the system',
      { EnvironmentVariables: '<dict><key>PATH</key><string>/opt/homebrew/bin</string></dict>' },
      '6:53 EnvironmentVariables.PATH: lacks /usr/bin or /bin',
    ],
    [
      'a PATH with a variable',
      {
        EnvironmentVariables:
          '<dict><key>PATH</key><string>/opt/homebrew/bin:/usr/bin:/bin:$PATH</string></dict>',
      },
      '6:53 EnvironmentVariables.PATH: holds what is no whole path',
    ],
    [
      'no log',
      { StandardErrorPath: null },
      '3:1 lacks StandardErrorPath: nobody sees why it fails',
    ],
    [
      'a log that is thrown away',
      { StandardErrorPath: '<string>/dev/null</string>' },
      '8:29 StandardErrorPath: throws away why it fails',
    ],
    [
      'a log in a home',
      { StandardErrorPath: '<string>~/web.err</string>' },
      '8:29 StandardErrorPath: is taken as it is written',
    ],
    [
      'a folder that is no whole path',
      { WorkingDirectory: '<string>web</string>' },
      '9:28 WorkingDirectory: is no whole path',
    ],
    [
      'a watched path in a home',
      { WatchPaths: '<array><string>~/notes</string></array>' },
      '9:29 WatchPaths[0]: is taken as it is written',
    ],
    [
      'what nothing starts',
      { KeepAlive: null },
      '(warning) 3:1 nothing starts it: no KeepAlive, RunAtLoad, WatchPaths, interval or socket',
    ],
    ['a job that is disabled', { Disabled: '<true/>' }, '(warning) 9:20 Disabled: is disabled'],
    [
      'a service that ends well and stays so',
      { KeepAlive: '<dict><key>SuccessfulExit</key><false/></dict>' },
      '(warning) 7:52 KeepAlive.SuccessfulExit: a service that ends well is not started again',
    ],
    [
      'a condition of nobody',
      { KeepAlive: '<dict><key>Crashd</key><true/></dict>' },
      '7:27 KeepAlive.Crashd: is no condition of KeepAlive',
    ],
    [
      'an hour that no day has',
      { StartCalendarInterval: '<dict><key>Hour</key><integer>24</integer></dict>' },
      '9:54 StartCalendarInterval.Hour: is no Hour',
    ],
  ])('tells of %s', (_what, otherwise, expected) => {
    expect(lint(job(otherwise))).toEqual([expected]);
  });

  test.each([
    ['cut off', job().slice(0, 200), /^5:72 end tag name/],
    ['of unlike tags', '<plist>\n<dict></plist>', /^2:1 Opening and ending tag mismatch/],
    ['empty', '', /^1:1 missing root element$/],
    ['binary', 'bplist00\x01\x02', /^1:1 is a binary plist$/],
    ['of another form', '{ Label = a; }', /^1:1 is a plist of another form than XML$/],
    ['not XML', 'hello', /^1:1 missing root element$/],
    ['another XML', '<html/>', /^1:1 is no plist$/],
    ['of two dicts', '<plist><dict/><dict/></plist>', /^1:1 holds no one dict$/],
    ['of an array', '<plist><array/></plist>', /^1:1 holds no one dict$/],
    ['of bytes', '<plist>\0', /^1:1 is not a text$/],
  ])('that is %s is refused in one fault', (_what, text, expected) => {
    const faults = lint(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(expected);
  });

  test.each([
    ['a key without a value', '<key>Nice</key>\n', 'Nice: has no value'],
    ['a value without a key', '<true/>\n', 'has no key'],
    ['a key twice', '<key>Label</key><string>com.example.web</string>\n', 'Label: is there twice'],
    [
      'a tag that is no value',
      '<key>Umask</key><number>1</number>\n',
      'Umask: <number> is no value',
    ],
    [
      'an entity of its own',
      '<key>Program</key><string>/usr/bin/&web;</string>\n',
      'entity not found:&web;',
    ],
  ])('tells of %s', (_what, more, expected) => {
    expect(lint(job().replace('</dict>\n</plist>', `${more}</dict>\n</plist>`)).join()).toContain(
      expected,
    );
  });

  it('tells the ports that it names', () => {
    const sockets =
      '<dict><key>Listener</key><dict><key>SockServiceName</key><string>8081</string></dict></dict>';
    const variables = `${good['EnvironmentVariables']}`.replace(
      '</dict>',
      '<key>WEB_PORT</key><string>8080</string></dict>',
    );
    const text = job({ Sockets: sockets, EnvironmentVariables: variables });
    const { ports } = lintPlist({ fileName: 'com.example.web.plist', text });
    expect(ports.map(({ port, place }) => [port, place.line])).toEqual([
      [8080, 6],
      [8081, 9],
    ]);
  });
});
