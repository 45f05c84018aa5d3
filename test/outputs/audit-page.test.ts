import { expect, it } from 'vitest';
import { findingsOf } from '../../src/audit/find/findings.ts';
import type { AuditedService } from '../../src/model/audit.ts';
import type { AuditFacts } from '../../src/model/audit-facts.ts';
import { auditNote } from '../../src/outputs/audit-note.ts';
import { auditPage } from '../../src/outputs/audit-page.ts';
import { factsWith, plainFacts, plainService, reportOf } from '../audit/report.ts';

const long = `${'very '.repeat(40)}${'x'.repeat(200)}`;

it('tells what a host is, runs, and what needs a look, with evidence and remedy', () => {
  const facts = factsWith({ units: { failed: ['x.service'] } });
  const unknowns = [{ probe: 'sshd', why: 'needs-root', words: '' }] as const;
  const report = reportOf({ facts, unknowns });
  const page = auditPage({ ...report, findings: findingsOf(report) }, false);
  expect(page).toBe(`clanker-001
  Debian GNU/Linux 12 (bookworm), 6.1.0-30-amd64, x86_64, systemd 252, kvm
  AMD EPYC, 4 threads, 15 GB of memory, sda 466 GB
  up for 0 days, / 80% of 456 GB
  192.168.1.7

● pdf-brain :3847 by systemd pdf-brain.service (certain)
    survives  reboot yes, crash yes, logout yes
    answers   on its host yes, from here yes
    restart   sudo systemctl restart pdf-brain.service
    stop      sudo systemctl stop pdf-brain.service
    logs      journalctl -u pdf-brain.service
    because   its cgroup is /system.slice/pdf-brain.service
    documents 12

▲ warning: x.service has failed
    failed-unit/x.service
    seen: systemctl list-units --failed
    → journalctl -u x.service -n 50, then sudo systemctl reset-failed x.service
? unknown: clanker-001 tells more only to root
    not-told/needs-root
    seen: sshd
    → log in as root for an audit: its user may not see these

Not told
  needs root: sshd

Findings: ✕ 0 critical  ▲ 1 warning  ? 1 unknown  · 0 info
`);
});

it('says so where nothing needs a look', () => {
  expect(auditPage(reportOf({ services: [] }), false)).toContain('nothing needs a look\n');
});

it('fits 80 columns, whatever a host says', () => {
  const services = [
    { ...plainService, name: long, dependencies: [long] },
    { ...plainService, name: long, declared: false },
  ];
  const facts = { ...plainFacts, system: { ...plainFacts.system, os: long } };
  const findings = [
    { id: long, severity: 'critical', title: long, evidence: long, remedy: long } as const,
  ];
  const lines = auditPage(reportOf({ services, facts, findings }), false).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

it('leaves a command in one line, as it is to be copied', () => {
  const restart = `kill 7; cd '/srv/pdf  brain' && tmux new-window -d '${'node serve '.repeat(9)}'`;
  const services = [{ ...plainService, restart, olderThanDisk: true }];
  const report = reportOf({ services });
  const page = auditPage({ ...report, findings: findingsOf(report) }, false);
  expect(page).toContain(`\n    restart   ${restart}\n`);
  expect(page).toContain(`\n    → ${restart}\n`);
});

/** The same facts, none of which could be told. */
function untold(facts: AuditFacts): AuditFacts {
  const nulls = (group: object): object =>
    Object.fromEntries(Object.keys(group).map((key) => [key, null]));
  const { hardware, system, network, units, updates, logins } = facts;
  const groups = { hardware, system, network, units, updates, logins };
  const empty = Object.entries(groups).map(([name, group]) => [name, nulls(group)]);
  const lists = { mounts: null, crontabs: null, containers: null };
  return { ...Object.fromEntries(empty), ...lists } as AuditFacts;
}

const dark: AuditedService = {
  ...plainService,
  manager: { kind: 'unknown', name: null, confidence: 'guess', evidence: [] },
  survives: {
    ...{ reboot: null, crash: false, logout: null },
    why: { reboot: 'nobody knows', crash: '', logout: '' },
  },
  ...{ restart: null, stop: null, logs: null, documents: null, olderThanDisk: null },
  reached: { fromHost: null, fromHere: false, note: 'it is not reached' },
};

it('leaves out what could not be told of a host, and says of a service what is unknown', () => {
  const cutOff = { code: 'timeout', side: 'target', message: 'no answer within 5 s' } as const;
  const services = [dark, { ...dark, port: null }, { ...dark, declared: false, port: null }];
  const page = auditPage(reportOf({ facts: untold(plainFacts), services, cutOff }), false);
  expect(page.split('\n').slice(0, 2)).toEqual(['clanker-001', '']);
  expect(page).toContain('▲ pdf-brain :3847 by what could not be told\n');
  expect(page).toContain('survives  reboot unknown, crash no, logout unknown: nobody knows');
  expect(page).toContain('on its host unknown, from here no: it is not reached');
  expect(page).toContain('Also runs\n  pdf-brain (unknown)\n');
  expect(page).toContain('The look ended before its end: no answer within 5 s\n');
  const dead = { ...dark, reached: { fromHost: false, fromHere: null, note: '' } };
  expect(auditPage(reportOf({ services: [dead] }), false)).toContain('✕ pdf-brain :3847');
});

it('has a note of what could not be told, too', () => {
  const report = reportOf({ facts: untold(plainFacts), services: [dark] });
  const note = auditNote({ report, previous: null, generator: 'joelclaw', healthUrl: null });
  expect(note).toHaveProperty('text', expect.stringContaining('unknown'));
  const many = { ...plainService, documents: 734, olderThanDisk: true };
  const told = auditNote({
    ...{ report: reportOf({ services: [many] }), previous: null, generator: 'joelclaw' },
    healthUrl: 'http://box:3847/',
  });
  expect(told).toHaveProperty('text', expect.stringContaining('700 or more'));
});
