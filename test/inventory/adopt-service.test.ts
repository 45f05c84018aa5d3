import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withAdopted } from '../../src/inventory/adopt-service.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { differenceOf } from '../../src/kinds/file/difference.ts';

const ours = readFileSync(fileURLToPath(new URL('../../inventory.yaml', import.meta.url)), 'utf8');
const adopted = {
  ...{ host: 'clanker-001', name: 'pdf-brain', unit: 'pdf-brain.service' },
  source: 'infra/systemd/pdf-brain.service',
};
const box = { host: 'box', name: 'web', unit: 'web.service', source: 'infra/systemd/web.service' };
const entry =
  '{ source: infra/systemd/web.service, kind: systemd, host: box, destination: /etc/systemd/system/, service: box/web }';

describe('the inventory of an adopted service', () => {
  it('is the shipped one with another manager, and no other byte', () => {
    const next = withAdopted(ours, adopted) ?? '';
    const lines = differenceOf(ours, next)?.lines.filter((line) => /^[+-]/.test(line));
    expect(lines).toEqual([
      '-    manager: { kind: none } # until the audit of clanker-001 has found out what runs it',
      '+    manager: { kind: systemd, unit: pdf-brain.service } # until the audit of clanker-001 has found out what runs it',
    ]);
    expect(withAdopted(next, adopted)).toBe(next);
  });

  const head = 'version: 1\nname: n\nhosts: [{name: box}] # one\n';
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    'a service in one line, and no files': [
      'services: [{name: web, host: box}]',
      `services: [{name: web, manager: { kind: systemd, unit: web.service }, host: box}]\n\nfiles:\n  - ${entry}\n`,
    ],
    'a manager that is a block, files in a block': [
      "services:\n  - name: web # 'it'\n    host: box\n    manager:\n      kind: systemd\n      unit: other.service # old\n    critical: true\nfiles:\n  # the first\n  - source: infra/a\n    kind: file\n    host: box\n    destination: /a # here\n\nalerts: {}\n",
      `services:\n  - name: web # 'it'\n    host: box\n    manager: { kind: systemd, unit: web.service }\n    critical: true\nfiles:\n  # the first\n  - source: infra/a\n    kind: file\n    host: box\n    destination: /a # here\n  - ${entry}\n\nalerts: {}\n`,
    ],
    'a service without a manager, files in one line': [
      'files: [{source: infra/a, kind: file, host: box, destination: /a}]\nservices:\n- name: web\n  host: box\n',
      `files: [{source: infra/a, kind: file, host: box, destination: /a}, ${entry}]\nservices:\n- name: web\n  manager: { kind: systemd, unit: web.service }\n  host: box\n`,
    ],
    'a list of files that is empty': [
      'files: []\nservices: [{name: web, host: box, manager: {kind: none}}]\n',
      `files: \n  - ${entry}\nservices: [{name: web, host: box, manager: { kind: systemd, unit: web.service }}]\n`,
    ],
    'an entry that goes elsewhere': [
      `files:\n  - {source: infra/systemd/web.service, kind: systemd, host: box, destination: /opt/}\nservices: [{name: web, host: box, manager: {kind: none}}]\n`,
      `files:\n  - ${entry}\nservices: [{name: web, host: box, manager: { kind: systemd, unit: web.service }}]\n`,
    ],
  };
  for (const [title, [before, after]] of Object.entries(cases)) {
    it(`keeps the rest: ${title}`, () => {
      const next = withAdopted(head + before, box);
      expect(next).toBe(head + after);
      const parsed = parseInventory({ file: 'i', text: next ?? '', env: {} });
      expect(parsed.ok ? [] : parsed.faults).toEqual([]);
    });
  }

  it('is none where the service is not there', () => {
    expect(withAdopted(`${head}services: []\n`, box)).toBeNull();
  });
});
