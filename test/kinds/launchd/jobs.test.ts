import { describe, expect, it } from 'vitest';
import { previousOf, verdictOf } from '../look.ts';
import { nowMs, said } from '../strict-transports.ts';
import { disabledOf, file, lookAt, print, printed } from './ask.ts';

const path = '/Users/joel/Library/LaunchAgents/com.joel.x.plist';
const doctype =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';

function plist(keys: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${doctype}\n<plist version="1.0">\n<dict>\n<key>Label</key>\n<string>com.joel.x</string>\n${keys}\n</dict>\n</plist>\n`;
}

/** A job that is not running and has ended well, with this plist. */
async function kindOf(text: string, lines: readonly string[] = []): Promise<unknown> {
  const stopped = [`path = ${path}`, 'state = not running', 'last exit code = 0', ...lines];
  const calls = [print('gui/501', said(printed(stopped))), file(path, text)];
  const result = await lookAt(calls).catch(() => null);
  if (result && !result.fault) return result.facts['jobKind'];
  return (await lookAt([...calls, disabledOf('gui/501')])).facts['jobKind'];
}

async function verdict(lines: readonly string[], asked = true): Promise<string> {
  const calls = [print('gui/501', said(printed(lines)))];
  return verdictOf(await lookAt(asked ? [...calls, disabledOf('gui/501')] : calls));
}

const dict = (inner: string): string => `<dict>${inner}</dict>`;

describe('the kind of a job', () => {
  it.each([
    ['<key>KeepAlive</key><true/>', 'service'],
    [`<key>KeepAlive</key>${dict('<key>SuccessfulExit</key><false/>')}`, 'service'],
    ['<key>KeepAlive</key><dict/>', 'one-shot'],
    ['<key>KeepAlive</key><false/><key>StartInterval</key><integer>900</integer>', 'interval'],
    [`<key>StartCalendarInterval</key>${dict('<key>Hour</key><integer>3</integer>')}`, 'calendar'],
    ['<key>WatchPaths</key><array><string>/Users/joel/Vault</string></array>', 'watcher'],
    ['<key>QueueDirectories</key><array><string>/q</string></array>', 'watcher'],
    ['<!-- WatchPaths --><key>RunAtLoad</key><true/>', 'one-shot'],
    [`<key>X</key>${dict('<key>KeepAlive</key><true/>')}`, 'one-shot'],
    ['<key>X</key><string><![CDATA[<key>KeepAlive</key>]]></string>', 'one-shot'],
  ])('with %s in its plist is %s', async (keys, kind) => {
    expect(await kindOf(plist(keys), ['run interval = 60 seconds'])).toBe(kind);
  });

  it.each([
    ['binary', `bplist00\u0001\u0002\uFFFD${plist('<key>KeepAlive</key><true/>')}`],
    ['cut off', plist('<key>KeepAlive</key><true/>').slice(0, -20)],
    ['not a plist', 'hello'],
    ['empty', ''],
    ['another XML', '<html><body/></html>'],
    ['without a label', '<plist><dict><key>KeepAlive</key><true/></dict></plist>'],
    ['with a key that has no value', plist('<key>KeepAlive</key>')],
    ['with a value that has no key', plist('<true/>')],
    ['with a KeepAlive that is none', plist('<key>KeepAlive</key><string>yes</string>')],
    ['with two roots', `${plist('')}<plist><dict/></plist>`],
    ['with entities', plist('<key>A</key><foo/>')],
    ['OpenStep', '{ Label = x; KeepAlive = 1; }'],
  ])('whose plist is %s is what print shows', async (_, text) => {
    expect(await kindOf(text, ['run interval = 60 seconds'])).toBe('interval');
  });

  it('is read from a plist of its own bytes: a byte order mark is no trouble', async () => {
    expect(await kindOf(`\uFEFF${plist('<key>KeepAlive</key><true/>')}`)).toBe('service');
  });

  it('of a job that was submitted is what print shows, as it has no plist', async () => {
    const lines = ['path = (submitted by smd.553)', 'state = not running', 'last exit code = 0'];
    expect(await verdict(lines, false)).toBe('idle: one-shot, last exit 0');
  });
});

describe('a service', () => {
  const service = 'properties = keepalive | runatload';

  it.each([
    [['state = running', 'pid = 7', 'last exit code = 75: EX_TEMPFAIL'], false, 'up: running'],
    [['state = running'], true, 'unknown: said to be running, without a process'],
    [
      ['state = running', 'pid = 7', 'pid = 8'],
      true,
      'unknown: said to be running, without a process',
    ],
    [['state = not running', 'last exit code = 0'], true, 'down: not running after exit 0'],
    [
      ['state = exited', 'last terminating signal = Killed: 9'],
      true,
      'down: exited after Killed: 9',
    ],
    [['state = waiting', 'last exit code = never exited'], true, 'down: waiting'],
    [
      ['state = spawn scheduled', 'runs = 0', 'last exit code = (never exited)'],
      true,
      'unknown: starting',
    ],
    [
      ['state = spawn scheduled', 'runs = 4', 'last exit code = 1'],
      true,
      'down: spawn scheduled after exit 1',
    ],
    [['state = spawning', 'runs = 4', 'last exit code = 1'], true, 'unknown: starting'],
    [['state = SIGTERMed', 'pid = 7'], false, 'unknown: stopping'],
    [
      ['state = dreaming', 'pid = 7'],
      false,
      'unknown: its state "dreaming" is not known to this version',
    ],
    [
      ['state = not running', 'runs = 0', 'pended nondemand spawn = speculative'],
      true,
      'down: held: launchd puts its start off (speculative) until it is kickstarted',
    ],
  ])('that says %j is %s %s', async (lines, asked, expected) => {
    expect(await verdict([...lines, service], asked)).toBe(expected);
  });

  it('that is starting for longer than its minimum runtime is down', async () => {
    const lines = ['state = spawn scheduled', 'runs = 0', 'minimum runtime = 10', service];
    const calls = [print('gui/501', said(printed(lines)))];
    const first = await lookAt([...calls, disabledOf('gui/501')]);
    expect([verdictOf(first), first.facts['changingSinceMs']]).toEqual([
      'unknown: starting',
      nowMs,
    ]);
    const seenFor = (seconds: number) => {
      const facts = { ...first.facts, changingSinceMs: nowMs - seconds * 1000 };
      return lookAt(calls, { previous: { ...previousOf(first), facts } });
    };
    expect(verdictOf(await seenFor(10))).toBe('unknown: starting');
    expect(verdictOf(await seenFor(11))).toBe('down: does not get past "spawn scheduled"');
  });

  it('that was started again after a bad exit is degraded while it runs', async () => {
    const at = (runs: number) => {
      const lines = ['state = running', `runs = ${runs}`, `pid = ${runs}`, 'last exit code = 1'];
      return [print('gui/501', said(printed(lines)))];
    };
    const first = await lookAt(at(7));
    expect(verdictOf(first)).toBe('up: running');
    const second = await lookAt(at(9), { previous: previousOf(first) });
    expect(verdictOf(second)).toBe('degraded: crash loop, exit 1');
    const reloaded = await lookAt(at(1), { previous: previousOf(second) });
    expect(verdictOf(reloaded)).toBe('up: running');
  });

  it('that launchd itself has stopped and started once is well', async () => {
    const at = (runs: number) => {
      const lines = [
        'state = running',
        `runs = ${runs}`,
        'pid = 7',
        'last terminating signal = Terminated: 15',
      ];
      return [print('gui/501', said(printed(lines)))];
    };
    const first = await lookAt(at(1));
    expect(verdictOf(await lookAt(at(2), { previous: previousOf(first) }))).toBe('up: running');
  });

  it('that had crashed often before anybody looked is well when it has not since', async () => {
    const lines = [
      'state = running',
      'runs = 31',
      'pid = 7',
      'immediate reason = inefficient',
      'last exit code = 1',
    ];
    const calls = [print('gui/501', said(printed(lines)))];
    const first = await lookAt(calls);
    expect(verdictOf(first)).toBe(
      'degraded: running, after many restarts: the last run ended with exit 1',
    );
    expect(verdictOf(await lookAt(calls, { previous: previousOf(first) }))).toBe('up: running');
  });
});

describe('a job between two runs', () => {
  it.each([
    ['run interval = 60 seconds', '0', 'idle: StartInterval job, last exit 0'],
    ['properties = inferred program', '0', 'idle: one-shot, last exit 0'],
    ['run interval = 60 seconds', '1', 'degraded: its last run ended with exit 1'],
    ['properties = inferred program', '1', 'degraded: its last run ended with exit 1; crash loop'],
  ])('with %s that runs often and ends with %s is %s', async (line, exit, expected) => {
    const at = (runs: number) => {
      const lines = ['state = not running', `runs = ${runs}`, `last exit code = ${exit}`, line];
      return print('gui/501', said(printed(lines)));
    };
    const asked = exit === '0' ? [] : [disabledOf('gui/501')];
    const first = await lookAt([at(40), ...asked]);
    expect(verdictOf(await lookAt([at(45)], { previous: previousOf(first) }))).toBe(expected);
  });

  const timer = 'run interval = 60 seconds';

  it.each([
    [
      ['state = not running', 'last exit code = 0', timer],
      false,
      'idle: StartInterval job, last exit 0',
    ],
    [['state = running', 'pid = 7', 'last exit code = 1', timer], false, 'up: running'],
    [
      ['state = not running', 'last exit code = 1', timer],
      true,
      'degraded: its last run ended with exit 1',
    ],
    [
      ['state = not running', 'last exit code = 64: EX_USAGE', timer],
      true,
      'degraded: its last run ended with exit 64 (EX_USAGE)',
    ],
    [
      ['state = not running', 'last terminating signal = Terminated: 15', timer],
      true,
      'degraded: its last run ended with Terminated: 15',
    ],
    [
      ['state = not running', 'last exit code = (abandoned)', timer],
      true,
      'degraded: its last run ended with abandoned',
    ],
    [
      ['state = not running', timer],
      true,
      'unknown: not running, and how its last run ended is not told',
    ],
    [
      ['state = not running', 'runs = 0', 'last exit code = (never exited)', timer],
      false,
      'idle: StartInterval job, has not run yet',
    ],
    [
      [
        'state = not running',
        'runs = 0',
        'last exit code = (never exited)',
        'properties = runatload',
      ],
      true,
      'degraded: was to run when it was loaded, and has not',
    ],
    [
      ['state = spawn scheduled', 'runs = 3', 'last exit code = 0', timer],
      true,
      'unknown: starting',
    ],
    [
      ['state = not running', 'last exit code = 0', 'pended nondemand spawn = semaphore', timer],
      true,
      'degraded: held: launchd puts its start off (semaphore) until it is kickstarted',
    ],
    [
      ['state = not running', 'last exit code = 78: EX_CONFIG', timer],
      true,
      'down: never ran: its log is empty (EX_CONFIG); look at its program, folder, user and log paths',
    ],
  ])('that says %j is %s %s', async (lines, asked, expected) => {
    expect(await verdict(lines, asked)).toBe(expected);
  });
});
