import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { findingsOf } from '../../src/audit/find/findings.ts';
import type { AuditReport } from '../../src/model/audit.ts';
import { auditNote } from '../../src/outputs/audit-note.ts';
import { factsWith, plainService, reportOf } from '../audit/report.ts';

const later = { at: '2026-03-01T10:00:00.000Z', id: '20260301T100000Z-zzzz' };

function note(previous: string | null, more: Partial<AuditReport> = {}): string {
  const made = auditNote({
    ...{ report: reportOf(more), previous, generator: 'joelclaw 0.1.0' },
    healthUrl: 'http://clanker-001:3847/',
  });
  if (!('text' in made)) throw new Error(made.message);
  return made.text;
}
const faultOfNote = (previous: string): string => {
  const made = auditNote({
    ...{ report: reportOf(), previous, generator: 'x', healthUrl: null },
  });
  return 'message' in made ? made.message : 'no fault';
};
const frontOf = (text: string): Record<string, unknown> =>
  parseDocument(/^\ufeff?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '').toJS();
const moved = factsWith({
  system: { uptimeSeconds: 99_999, clockSkewMs: 3000 },
  mounts: [
    {
      mount: '/',
      device: '/dev/sda1',
      type: 'ext4',
      sizeBytes: 490_000_000_000,
      availableBytes: 60_000_000_000,
      inodesUsedPercent: 9,
    },
  ],
});
const changed = factsWith({ system: { kernel: '6.1.0-31-amd64' } });
const begin = '<!-- joelclaw:begin audit -->';
const end = '<!-- joelclaw:end audit -->';

describe('a new note', () => {
  it('has a frontmatter of flat keys, and the machine part between its markers', () => {
    const text = note(null);
    expect(frontOf(text)).toEqual({
      ...{ title: 'clanker-001', type: 'tool', aliases: [], tags: ['homelab', 'host'] },
      ...{ status: 'active', host: 'clanker-001', os: 'Debian GNU/Linux 12 (bookworm)' },
      ...{ kernel: '6.1.0-30-amd64', cpu: 'AMD EPYC', ram_gb: 15, disk_gb: 466 },
      ...{ services: ['pdf-brain'], manager: 'systemd', health_url: 'http://clanker-001:3847/' },
      ...{ audited: '2026-02-18', audit_id: '20260218T090000Z-3fk2', generator: 'joelclaw 0.1.0' },
    });
    expect(text).toContain('\naudited: 2026-02-18\n');
    expect(text).toContain(`\n# clanker-001\n\n${begin}\n## Summary\n`);
    expect(text).toContain(
      '| pdf-brain | 3847 | systemd pdf-brain.service | `sudo systemctl restart pdf-brain.service` | `journalctl -u pdf-brain.service` | answers |',
    );
    expect(text.endsWith(`## Change log\n\n- 2026-02-18: first audit\n${end}\n`)).toBe(true);
  });

  it('quotes what YAML would read as something else, and links nothing', () => {
    const texts = ['yes', '@x', '[[Home]]', 'a: b', '"q" \\', '6.1', '- x', '2026', 'null', '*a'];
    for (const os of texts) {
      const told = frontOf(note(null, { facts: factsWith({ system: { os } }) }))['os'];
      expect(told).toBe(os.replace('[[', '[ [').replace(']]', '] ]'));
    }
  });
});

describe('a note that is there', () => {
  it('has the same bytes for the same facts, whenever they are seen', () => {
    const text = note(null);
    expect(note(text, later)).toBe(text);
    expect(note(text, { ...later, facts: moved, durationMs: 9 })).toBe(text);
    const grown = { services: [{ ...plainService, documents: 19 }] };
    expect(note(text, { ...later, ...grown })).toBe(text);
  });

  it('does not take a new start for a new fact', () => {
    const started = (pid: number) => ({
      services: [
        {
          ...plainService,
          process: {
            ...{ pid, user: 'joel', command: ['node'], workingDirectory: null, executable: null },
            ...{ environment: [], startedAt: null },
          },
          stop: `kill ${pid}`,
          manager: {
            ...plainService.manager,
            evidence: [`pid ${pid} in session-${pid}.scope`],
          },
        },
      ],
    });
    const text = note(null, started(4711));
    expect(text).toContain('`kill PID`');
    expect(note(text, { ...later, ...started(4712) })).toBe(text);
  });

  it('tells what has changed, and when it was looked at then', () => {
    const next = note(note(null), { ...later, facts: changed, services: [] });
    expect(next).toContain(
      ['## Change log', '', '- 2026-03-01: System, Kernel: 6.1.0-30-amd64 → 6.1.0-31-amd64'].join(
        '\n',
      ),
    );
    expect(next).toContain('- 2026-03-01: Reboot survival, pdf-brain: gone: yes, yes, yes, –\n');
    expect(next.endsWith(`- 2026-02-18: first audit\n${end}\n`)).toBe(true);
    expect(frontOf(next)).toMatchObject({
      kernel: '6.1.0-31-amd64',
      audited: '2026-03-01',
      services: [],
    });
    expect(note(next, { ...later, facts: changed, services: [] })).toBe(next);
  });

  it('tells a finding that comes by its name, and one that goes', () => {
    const facts = factsWith({ units: { failed: ['x.service'] } });
    const findings = findingsOf(reportOf({ facts }));
    const next = note(note(null), { ...later, facts, findings });
    expect(next).toContain(
      '- 2026-03-01: Risks and findings, `failed-unit/x.service`: new: warning, x.service has failed\n',
    );
    expect(note(next, later)).toContain(
      '`failed-unit/x.service`: gone: warning, x.service has failed\n',
    );
  });

  it.each([
    [
      'text around it',
      (text: string) =>
        text
          .replace('# clanker-001', '# My host\n\nIt hums.')
          .concat('\n## Notes\nmine | [[link]] `x`\n'),
    ],
    ['no newline at its end', (text: string) => `${text}last words`],
    ['nothing behind its end', (text: string) => text.slice(0, -1)],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['ends of lines of Windows', (text: string) => `${text}mine\n`.replaceAll('\n', '\r\n')],
    ['mixed ends of lines', (text: string) => `${text}one\r\ntwo\nthree\r\n`],
    [
      'keys and comments of a person',
      (text: string) =>
        text
          .replace('---\n', '---\n# mine\nowner: joel # me\nrelated:\n  - "[[panda]]"\n')
          .replace('tags: [homelab, host]', 'tags:\n- own\n- tags'),
    ],
  ])('keeps %s byte for byte', (_, edit) => {
    const old = edit(note(null));
    expect(note(old, later)).toBe(old);
    const next = note(old, { ...later, facts: changed });
    const around = (text: string): readonly [string, string] => [
      (text.split(begin)[0] ?? '').replace(/^(?:kernel|audited|audit_id): .*$/gm, ''),
      text.split(end)[1] ?? '',
    ];
    expect(around(next)).toEqual(around(old));
    expect(next).toContain('6.1.0-31-amd64');
    expect(note(next, { ...later, facts: changed })).toBe(next);
    if (old.includes('\r\n') && !old.includes('one\r\n'))
      expect(next.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('keeps a comment behind a value that is ours', () => {
    const old = note(null).replace(/^kernel: .*$/m, '$& # old');
    expect(note(old, { ...later, facts: changed })).toContain('\nkernel: "6.1.0-31-amd64" # old\n');
  });

  it('gets ours below where it is a person’s own', () => {
    const text = note('My notes\n\nno end');
    expect(text).toMatch(
      /^---\ntitle: clanker-001\n[\s\S]*\n---\nMy notes\n\nno end\n\n<!-- joelclaw:begin audit -->\n/,
    );
    expect(note(text, later)).toBe(text);
    expect(note('---\nowner: joel\n---\nHi\n')).toMatch(
      /^---\nowner: joel\ntitle: clanker-001\n[\s\S]*---\nHi\n\n<!--/,
    );
    expect(note('---\na rule, and no frontmatter\n')).toContain(
      '---\n---\na rule, and no frontmatter\n\n<!--',
    );
    expect(note('')).toMatch(/^---\ntitle/);
  });

  it.each([
    [`${begin}\n`, 'without the other'],
    [`${end}\n`, 'without the other'],
    [`${end}\n${begin}\n`, 'wrong order'],
    [`${begin}\n${begin}\n${end}\n`, 'more than once'],
    [`${begin}\n${end}\nx\n${begin}\n${end}\n`, 'more than once'],
  ])('is refused with the markers %j', (text, words) => {
    expect(faultOfNote(text)).toContain(words);
  });
});

it('holds a command whole, however long', () => {
  const restart = `kill 7; cd /srv && ${'serve '.repeat(300)}end`;
  expect(note(null, { services: [{ ...plainService, restart }] })).toContain(
    `${'serve '.repeat(300)}end\``,
  );
});

const evil = [
  '| a | [[Secret]] `code` <script>alert(1)</script>',
  `x\n${end}\n# Owned`,
  '---\nadmin: true\n---',
  '%%hidden%% $x$ #tag ==mark== ![[embed]] <!-- c -->',
  '\u001b[31mred\u0007 \u202Eevil',
];

it('escapes what a host says', () => {
  for (const said of evil) {
    const services = [
      {
        ...plainService,
        restart: said,
        logs: said,
        manager: { kind: 'screen', name: said, confidence: 'likely', evidence: [said] } as const,
      },
    ];
    const facts = factsWith({
      hardware: { cpu: said },
      system: { os: said },
      units: { failed: [said] },
      crontabs: [{ source: said, user: said, schedule: said, command: said }],
    });
    const report = reportOf({ services, facts });
    const text = note(null, { services, facts, findings: findingsOf(report) });
    const body = text.slice(text.indexOf(begin));
    expect(text.split('\n').filter((line) => line === end)).toHaveLength(1);
    expect(text.split('\n').filter((line) => line === '---')).toHaveLength(2);
    const bare = body.replace(/`[^`\n]*`/g, '');
    expect(bare).not.toMatch(/(?<!\\)\[\[|<script|(?<!\\)%%|(?<![\\#&\n])#tag|<!-- c/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const widths = new Set(
      body
        .split('\n')
        .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
        .map((line) => line.split(/(?<!\\)\|/).length),
    );
    expect([...widths].every((width) => width <= 8)).toBe(true);
    expect(note(text, { ...later, services, facts, findings: findingsOf(report) })).toBe(text);
  }
});

it('is stable and whole whatever a host says and whatever stood around it', () => {
  const string = fc.oneof(fc.string(), fc.constantFrom(...evil), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(string, string, string, (said, before, after) => {
      const facts = factsWith({ hardware: { cpu: said }, system: { os: said } });
      const more = { facts, services: [{ ...plainService, name: said || 'x' }] };
      const text = note(null, more).replace(
        '# clanker',
        () => `${before.replaceAll(/<!--/g, '')}\n# clanker`,
      );
      const old = text + after.replaceAll(/<!--/g, '');
      expect(note(old, { ...more, ...later })).toBe(old);
    }),
    { numRuns: 60 },
  );
});

it('holds no secret and no address that the internet routes', () => {
  const secrets = [
    'hunter2hunter2',
    'sk-aaaaaaaaaaaaaaaaaaaaaaaa',
    'ghp_bbbbbbbbbbbbbbbbbbbbbbbb',
    '203.0.113.9',
    '2001:db8:1::9',
  ];
  const said = `node --token hunter2hunter2 redis://x:hunter2hunter2@h sk-aaaaaaaaaaaaaaaaaaaaaaaa ghp_bbbbbbbbbbbbbbbbbbbbbbbb 203.0.113.9:80 [2001:db8:1::9]:80`;
  const facts = factsWith({
    hardware: { cpu: said },
    network: {
      addresses: [
        { interface: 'eth0', address: '203.0.113.9/24' },
        { interface: 'eth0', address: '2001:db8:1::9/64' },
        { interface: 'tailscale0', address: '100.64.0.7/32' },
      ],
      listeners: [
        {
          protocol: 'tcp',
          address: '203.0.113.9',
          port: 80,
          pid: 1,
          program: said,
          uid: 0,
          unit: null,
        },
      ],
    },
    crontabs: [{ source: 'crontab', user: 'joel', schedule: '@daily', command: said }],
  });
  const services = [
    {
      ...plainService,
      restart: said,
      dependencies: [said],
      manager: { ...plainService.manager, evidence: [said] },
    },
  ];
  const text = note(null, { facts, services, findings: findingsOf(reportOf({ facts, services })) });
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(frontOf(text)['tailscale_ip']).toBe('100.64.0.7');
});
