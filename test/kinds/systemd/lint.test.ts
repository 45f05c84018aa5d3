import { describe, expect, it, test } from 'vitest';
import { lintUnit } from '../../../src/kinds/systemd/lint/lint-unit.ts';
import { faultLines } from '../../support/fault-lines.ts';

const good = `[Unit]
Description=Web
[Service]
ExecStart=/usr/bin/web --serve
Restart=on-failure
[Install]
WantedBy=multi-user.target
`;
const lint = (text: string, fileName = 'web.service'): readonly string[] =>
  faultLines(lintUnit({ fileName, text }));
/** The good unit with more lines in its service, from the 6th on. */
const withLine = (line: string): string => good.replace('[Install]', `${line}\n[Install]`);

describe('a unit file', () => {
  it('is well when it is, however its lines end', () => {
    expect(lint(good)).toEqual([]);
    expect(lint(good.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(lint(`\uFEFF${good}`)).toEqual([]);
    expect(lint(withLine('TimeoutStopSec=1min 30s\nPrivateTmp=on\nRestartSec=5\nNice='))).toEqual(
      [],
    );
    expect(
      lint(withLine('MemoryMax=1.5G\nMemoryHigh=80%\nMemoryMin=1G 512M\nTasksMax=10%')),
    ).toEqual([]);
    expect(lint(withLine('MemoryMax=infinity\nMemorySwapMax=0\nTasksMax=512\nMemoryLow='))).toEqual(
      [],
    );
    expect(lint('[X-Ours]\nAnything=goes\n'.concat(good))).toEqual([]);
  });

  test.each([
    ['a line of no form', withLine('foo bar'), '6:1 is no line of a unit: foo bar'],
    ['a line above all sections', `A=1\n${good}`, '1:1 A: stands in no section'],
    [
      'a section of nobody',
      good.replace('[Install]', '[Instal]').concat('[Install]\nWantedBy=a.target\n'),
      '6:1 Instal: is no section of web.service',
    ],
    [
      'a directive that is misspelt',
      withLine('Restrt=always'),
      '6:1 Service.Restrt: is not known: systemd passes it over',
    ],
    [
      'a size that is none',
      withLine('MemoryMax=lots'),
      '6:1 Service.MemoryMax: is no size: systemd passes it over',
    ],
    [
      'a number of tasks that is none',
      withLine('TasksMax=many'),
      '6:1 Service.TasksMax: is no number: systemd passes it over',
    ],
    [
      'one of another section',
      withLine('Wants=a.service'),
      '6:1 Service.Wants: belongs into [Unit]: systemd passes it over',
    ],
    [
      'one that is newer, or nobody’s',
      withLine('SomethingQuiteNew=1'),
      '(warning) 6:1 Service.SomethingQuiteNew: is not known of [Service]: systemd may pass it over',
    ],
    [
      'a boolean that is none',
      withLine('PrivateTmp=maybe'),
      '6:1 Service.PrivateTmp: is neither yes nor no: systemd passes it over',
    ],
    [
      'a time that is none',
      withLine('RestartSec=soon'),
      '6:1 Service.RestartSec: is no span of time: systemd passes it over',
    ],
    ['no program', good.replace('ExecStart=/usr/bin/web --serve\n', ''), '1:1 lacks ExecStart'],
    [
      'a program without its path',
      good.replace('/usr/bin/web', 'web'),
      '4:1 Service.ExecStart: does not begin with a whole path',
    ],
    [
      'a program in a home',
      good.replace('/usr/bin/web', '~/web'),
      '4:1 Service.ExecStart: is taken as it is written',
    ],
    [
      'a pipe',
      good.replace('--serve', '| tee log'),
      '4:1 Service.ExecStart: holds what only a shell understands',
    ],
    [
      'two programs',
      withLine('ExecStart=/bin/b'),
      '6:1 Service.ExecStart: is a second ExecStart, which only Type=oneshot may have',
    ],
    [
      'a folder that is no whole path',
      withLine('WorkingDirectory=web'),
      '6:1 Service.WorkingDirectory: is no whole path',
    ],
    ['a type of nobody', withLine('Type=exce'), '6:1 Service.Type: is none of its values'],
    [
      'a restart of nobody',
      good.replace('on-failure', 'on-fail'),
      '5:1 Service.Restart: is none of its values',
    ],
    [
      'no restart',
      good.replace('Restart=on-failure\n', ''),
      '(warning) 1:1 is not started again after a crash',
    ],
    [
      'a secret',
      withLine('Environment="API_TOKEN=abc"'),
      '6:1 Service.Environment: holds a secret that everybody sees who asks systemctl',
    ],
    [
      'nobody who wants it',
      good.replace('WantedBy=multi-user.target\n', ''),
      '6:1 Install: lacks WantedBy in [Install]: it is not started at boot',
    ],
    ['what it should hold', '[Unit]\nDescription=Web\n', '1:1 lacks [Service]'],
    ['bytes', '\0', '1:1 is not a text'],
    ['nothing', '', '1:1 lacks [Service]'],
  ])('tells of %s', (_what, text, expected) => {
    expect(lint(text)).toEqual([expected]);
  });

  it('reads a line that goes on, with a remark in its midst', () => {
    const text = good.replace('--serve', '\\\n# a remark\n  --serve \\\n  > /tmp/out');
    expect(lint(text)).toEqual(['4:1 Service.ExecStart: holds what only a shell understands']);
  });

  test.each([
    '-/usr/bin/web',
    '@/usr/bin/web web',
    '"/usr/bin/web" a',
    '%h/bin/web',
    "/bin/sh -c 'a | b'",
  ])('takes %s for a program', (program) => {
    expect(lint(good.replace('/usr/bin/web --serve', program))).toEqual([]);
  });

  it('leaves a oneshot its many programs, and a timer no service', () => {
    const oneshot = '[Service]\nType=oneshot\nExecStart=/bin/a\nExecStart=/bin/b\n';
    expect(lint(oneshot)).toEqual([
      '(warning) 1:1 lacks WantedBy in [Install]: it is not started at boot',
    ]);
    const timer = '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n';
    expect(lint(timer, 'web.timer')).toEqual([]);
  });
});
