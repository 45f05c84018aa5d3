import { describe, expect, it } from 'vitest';
import { fileDiffers } from '../../../src/kinds/launchd/file-differs.ts';
import { plistKeys } from '../../../src/kinds/launchd/plist-keys.ts';
import { said } from '../strict-transports.ts';
import { file, label, lookAt, print as printOf, recorded } from './ask.ts';

const differs = (loaded: string, text: string | null) =>
  fileDiffers(loaded, text === null ? null : plistKeys(text));

const plist = (...lines: readonly string[]): string =>
  `<?xml version="1.0"?>\n<plist version="1.0"><dict><key>Label</key><string>x</string>${lines.join('')}</dict></plist>`;
const text = (key: string, value: string): string => `<key>${key}</key><string>${value}</string>`;
const list = (key: string, ...values: readonly string[]): string =>
  `<key>${key}</key><array>${values.map((one) => `<string>${one}</string>`).join('')}</array>`;

const print = `gui/501/x = {
\tpath = /Users/joel/Library/LaunchAgents/x.plist
\tprogram = /opt/homebrew/bin/bun
\targuments = {
\t\t/opt/homebrew/bin/bun
\t\t-e
\t\tone
two
\t}

\tworking directory = /Users/joel

\tstdout path = /tmp/x.log
\tdefault environment = {
\t\tPATH => /usr/bin:/bin:/usr/sbin:/sbin
\t}

\tenvironment = {
\t\tTOKEN => hunter2
\t\tXPC_SERVICE_NAME => x
\t}

\tminimum runtime = 20
\trun interval = 900 seconds
\tproperties = keepalive | runatload | inferred program
}
`;

const same = [
  text('Program', '/opt/homebrew/bin/bun'),
  list('ProgramArguments', '/opt/homebrew/bin/bun', '-e', 'one\ntwo'),
  '<key>EnvironmentVariables</key><dict><key>TOKEN</key><string>hunter2</string></dict>',
  text('WorkingDirectory', '/Users/joel'),
  text('StandardOutPath', '/tmp/x.log'),
  '<key>StartInterval</key><integer>900</integer>',
  '<key>ThrottleInterval</key><integer>20</integer>',
  '<key>RunAtLoad</key><true/><key>KeepAlive</key><true/>',
];

describe('a file that a job was loaded from', () => {
  it('is the same where all that is shown of it is', () => {
    expect(differs(print, plist(...same))).toEqual([]);
    expect(differs(print, plist())).toEqual([]);
  });

  it.each(['    ', '        '])('is compared with what is printed behind blanks too', (indent) => {
    const pasted = print.replaceAll('\t', indent);
    expect(differs(pasted, plist(...same))).toEqual([]);
    expect(differs(pasted, plist(text('StandardOutPath', '/tmp/y.log')))).toEqual([
      'StandardOutPath',
    ]);
    const others = list('ProgramArguments', '/opt/homebrew/bin/bun', '-e', 'one');
    expect(differs(pasted, plist(others))).toEqual(['ProgramArguments']);
  });

  it.each([
    ['Program', text('Program', '/usr/local/bin/bun')],
    ['ProgramArguments', list('ProgramArguments', '/opt/homebrew/bin/bun', '-e', 'one')],
    ['ProgramArguments', list('ProgramArguments')],
    [
      'EnvironmentVariables',
      '<key>EnvironmentVariables</key><dict><key>TOKEN</key><string>hunter3</string></dict>',
    ],
    [
      'EnvironmentVariables',
      '<key>EnvironmentVariables</key><dict><key>PATH</key><string>/usr/bin:/bin:/usr/sbin:/sbin</string></dict>',
    ],
    ['WorkingDirectory', text('WorkingDirectory', '/')],
    ['StandardOutPath', text('StandardOutPath', '/tmp/y.log')],
    ['StartInterval', '<key>StartInterval</key><integer>60</integer>'],
    ['ThrottleInterval', '<key>ThrottleInterval</key><integer>2</integer>'],
  ])('differs in %s', (key, lines) => {
    expect(differs(print, plist(lines))).toEqual([key]);
  });

  it('differs where a word is missing among the properties that are told', () => {
    const loaded = print.replace('keepalive | runatload | ', '');
    const keys = ['RunAtLoad', 'KeepAlive'];
    expect(differs(loaded, plist(...same))).toEqual(keys);
    expect(differs(loaded.replace(/\tproperties.*\n/, ''), plist(...same))).toEqual([]);
  });

  it('is not compared where it is binary, cut off or of no job, nor in what is not told', () => {
    for (const file of [null, 'bplist00\u0000', plist().slice(0, 60), '<plist><dict/></plist>']) {
      expect(differs(print, file)).toBeNull();
    }
    expect(differs('x = {\n}\n', plist(...same))).toEqual([]);
    expect(differs(print.slice(0, 130), plist(...same))).toEqual([]);
  });

  it('of a real job is the same as what a real Mac has loaded', () => {
    const real = recorded('01-print-startinterval-not-running.txt');
    const block = /\targuments = \{\n([\s\S]*?)\n\t\}/.exec(real)?.[1] ?? '';
    const words = block.split('\n').map((line) => line.trim());
    expect(words.length).toBeGreaterThan(5);
    expect(differs(real, plist(list('ProgramArguments', ...words)))).toEqual([]);
    const [, ...others] = words;
    expect(differs(real, plist(list('ProgramArguments', ...others)))).toEqual(['ProgramArguments']);
  });

  it('is a fact of its names alone', async () => {
    const path = '/Users/joel/Library/LaunchAgents/x.plist';
    const told = print
      .replace('{\n', '{\n\tstate = running\n\tpid = 7\n')
      .replace(/gui\/501\/x/, `gui/501/${label}`);
    const other = plist(...same).replace('hunter2', 'hunter3');
    const { facts } = await lookAt([printOf('gui/501', said(told)), file(path, other)]);
    expect(facts['fileDiffers']).toEqual(['EnvironmentVariables']);
    expect(JSON.stringify(facts)).not.toContain('hunter');
  });
});
