import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/audit/adopt/command-of.ts';
import { proposalOf, type Wanted } from '../../../src/audit/adopt/proposal.ts';
import { readUnitCheck } from '../../../src/audit/adopt/unit-check.ts';
import { execWord } from '../../../src/audit/adopt/unit-words.ts';
import type { OldManager } from '../../../src/model/adoption.ts';
import type { Host, Service } from '../../../src/model/inventory.ts';
import { lookOf, seenOf } from './seen.ts';

const shipped = readFileSync(
  fileURLToPath(new URL('../../../infra/systemd/pdf-brain.service', import.meta.url)),
  'utf8',
);
const service = {
  ...{ id: 'clanker-001/pdf-brain', name: 'pdf-brain', host: 'clanker-001', port: 3847 },
  manager: { kind: 'none' },
} as unknown as Service;
const host = { name: 'clanker-001', tailscale: 'clanker-001' } as unknown as Host;
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  ...{ service, host, seen: seenOf('screen', 'pdf', 4000), look: lookOf() },
  ...{ environmentFile: '/home/joel/.config/pdf-brain.env', isStrict: false },
  ...more,
});
const textOf = (more: Partial<Wanted> = {}): string => {
  const made = proposalOf(wanted(more));
  return 'why' in made ? made.why : made.text;
};
const settings = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /^[A-Z]\w+=/.test(line));

describe('the unit of what was found', () => {
  it('is said to be unable to write in the home that it works in', () => {
    const said = (workingDirectory: string): string => {
      const made = proposalOf(wanted({ look: lookOf({ process: { workingDirectory } }) }));
      return 'why' in made ? made.why : made.warnings.join('\n');
    };
    expect(said('/home/joel')).toContain('it works in /home/joel, a home, which it may only read');
    expect(said('/srv/app')).not.toContain('a home');
  });

  it('is none of what a script has started, and may start again', () => {
    const look = lookOf({ parents: [['/bin/sh', './run.sh'], ['-bash']] });
    const seen = seenOf('nohup', null, 4000);
    expect(proposalOf(wanted({ look, seen }))).toMatchObject({
      why: 'the script ./run.sh has started it, and may start it again',
    });
  });

  it('says all that the shipped one says, with what was found in it', () => {
    const made = textOf({ look: lookOf({ environment: ['PDF_LIBRARY_PATH=/srv/pdf', 'TOKEN'] }) });
    const own = /^(?:Description|ExecStart|ReadWritePaths)=/;
    const missing = settings(shipped).filter((line) => !own.test(line) && !made.includes(line));
    expect(missing).toEqual([]);
    const more = settings(made).filter((line) => !shipped.includes(line));
    expect(more).toEqual([
      'Description=pdf-brain on port 3847',
      'WorkingDirectory=/srv/app',
      'ExecStart=/usr/bin/node server.js --port 3847',
      'Environment=PDF_LIBRARY_PATH=/srv/pdf',
      'ReadWritePaths=-/srv/app',
      'ReadWritePaths=-/srv/pdf',
    ]);
    expect(textOf()).toBe(textOf());
  });

  it('has a strict tier', () => {
    const added = settings(textOf({ isStrict: true })).filter(
      (line) => !textOf().includes(`${line}\n`),
    );
    expect(added).toEqual(['ProcSubset=pid', 'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX']);
  });

  it('may write where files are open, and no home as a whole', () => {
    const look = lookOf({
      writes: [
        '/home/joel/lib/a.db',
        '/home/joel/lib/deep/b.db',
        '/home/joel/x',
        '/var/lib/p/q',
        '/dev/dri/card0',
        '/tmp/z',
      ],
      process: { workingDirectory: '/home/joel' },
    });
    const made = settings(textOf({ look })).filter((line) =>
      /^(?:ReadWrite|PrivateDev)/.test(line),
    );
    expect(made).toEqual([
      'ReadWritePaths=-/home/joel/lib',
      'ReadWritePaths=-/var/lib/p',
      'PrivateDevices=no',
    ]);
  });

  it('may bind a low port, and has no filter of addresses where it is not of a tailnet', () => {
    const made = textOf({
      service: { ...service, port: 80 },
      host: { ...host, tailscale: null },
    });
    expect(made).toContain('\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n');
    expect(made).not.toContain('IPAddress');
  });

  const words: readonly (readonly [string, string])[] = [
    ['--port=3847', '--port=3847'],
    ['100%', '100%%'],
    ['$HOME', '$$HOME'],
    ['a b', '"a b"'],
    ['"\\', '"\\"\\\\"'],
    ['', '""'],
    [';', '";"'],
  ];
  for (const [word, wanted] of words) {
    it(`quotes ${word}`, () => expect(execWord(word)).toBe(wanted));
  }

  const refused: readonly (readonly [string, Parameters<typeof lookOf>[0], string])[] = [
    [
      'a process that has renamed itself',
      { process: { argv: ['pdf-brain: ready'] } },
      'hides what',
    ],
    [
      'a secret on the command line',
      { process: { argv: ['node', 's.js', '--token', 'abcdefgh12345678'] } },
      'secret',
    ],
    [
      'a line break in an argument',
      { process: { argv: ['node', 'a\n[Service]\nUser=root'] } },
      'cannot stand',
    ],
    [
      'a folder that is gone',
      { process: { workingDirectory: '/srv/app (deleted)' } },
      'cannot stand',
    ],
    ['a user without a name', { process: { user: '' } }, 'no name'],
    [
      'a path that is another program',
      { process: { argv: ['/opt/a', 'x'], executable: '/opt/c' }, program: '/opt/b' },
      'calls itself',
    ],
    [
      'two lines of crontabs',
      {
        crontab: ['@reboot node server.js', '@reboot a /srv/x'],
        process: { argv: ['node', '/srv/x', 'server.js'] },
        files: ['/etc/cron.d/a:@reboot joel b /srv/x'],
      },
      '2 lines',
    ],
    [
      'rc.local',
      { files: ['/etc/rc.local:node /srv/x &'], process: { argv: ['node', '/srv/x'] } },
      'rc.local',
    ],
  ];
  for (const [title, more, why] of refused) {
    it(`is none of ${title}`, () => expect(textOf({ look: lookOf(more) })).toContain(why));
  }

  it('keeps the path by which a program was called', () => {
    const process = { argv: ['/srv/venv/bin/python', 'app.py'], executable: '/usr/bin/python3.11' };
    const look = lookOf({ process, program: '/usr/bin/python3.11' });
    expect(commandOf(look)).toEqual({
      program: '/srv/venv/bin/python',
      argv0: null,
      rest: ['app.py'],
    });
    const box = lookOf({ process: { argv: ['httpd', '-f'], executable: '/bin/busybox' } });
    expect(commandOf(box)).toEqual({ program: '/bin/busybox', argv0: 'httpd', rest: ['-f'] });
  });

  const unadopted: readonly (readonly [OldManager, string | null, string])[] = [
    ['systemd', 'pdf-brain.service', 'runs it already'],
    ['pm2', null, 'is not known'],
    ['systemd-user', '--now', 'is not known'],
    ['cron', null, 'cannot be told'],
    ['supervisor', 'pdf', 'no file of supervisor'],
  ];
  for (const [kind, name, why] of unadopted) {
    it(`is none of ${kind} ${name}`, () => {
      expect(textOf({ seen: seenOf(kind, name, 4000) })).toContain(why);
    });
  }
});

describe('what systemd of a host says of a unit', () => {
  const answers: readonly (readonly [string, ReturnType<typeof readUnitCheck>])[] = [
    ['rc 0\n|\nexposure 1.7\ndone\n', { troubles: [], exposure: 1.7 }],
    [
      "rc 0\n|/x:3: Unknown key 'Restrt', ignoring.\nexposure 1.7\ndone\n",
      { troubles: ["/x:3: Unknown key 'Restrt', ignoring."], exposure: 1.7 },
    ],
    ['rc 1\n|\ndone\n', { troubles: ['systemd-analyze verify ended with 1'], exposure: null }],
    [
      'missing systemd-analyze\n',
      { troubles: ['there is no systemd-analyze there'], exposure: null },
    ],
    [
      '',
      {
        troubles: ['systemd-analyze verify ended with nothing', 'its answer was cut off'],
        exposure: null,
      },
    ],
  ];
  for (const [said, read] of answers) {
    it(`is ${JSON.stringify(said)}`, () => expect(readUnitCheck(said)).toEqual(read));
  }
});
