import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseStored, storedText } from '../../../src/audit/compare/stored-audit.ts';
import {
  auditFolder,
  newestAudit,
  pointedAt,
  readAudit,
  storedIds,
} from '../../../src/commands/audit/stored/audit-folder.ts';
import { cleanReport, keepAudit } from '../../../src/commands/audit/stored/keep-audit.ts';
import type { Finding } from '../../../src/model/audit.ts';
import { factsWith, plainService, reportOf } from '../../audit/report.ts';

let stateFolder: string;
let folder: string;
const warnings: string[] = [];
const context = { warn: (line: string) => void warnings.push(line) };
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-audits-'));
  folder = auditFolder({ stateFolder }, 'clanker-001');
  warnings.length = 0;
});
afterEach(async () => {
  await rm(stateFolder, { recursive: true, force: true });
});

const idOf = (number: number): string =>
  `20260218T09${String(Math.floor(number / 60)).padStart(2, '0')}${String(number % 60).padStart(2, '0')}Z-aaaa`;
const keep = (id: string): Promise<void> => keepAudit({ stateFolder }, reportOf({ id }), context);
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('the audits that are stored', () => {
  it('lie in a folder of their host, for nobody else, and are read as they were', async () => {
    await keep(idOf(1));
    expect(await modeOf(join(folder, `${idOf(1)}.json`))).toBe('600');
    expect(await modeOf(folder)).toBe('700');
    expect(await readAudit(folder, idOf(1))).toEqual(reportOf({ id: idOf(1) }));
    expect(await pointedAt(folder, 'newest', context)).toBe(idOf(1));
    expect(warnings).toEqual([]);
  });

  it('are fifty at most, of which the accepted one never goes', async () => {
    await keep(idOf(0));
    await writeFile(join(folder, 'accepted'), `${idOf(0)}\n`);
    for (let number = 1; number < 54; number++) await keep(idOf(number));
    const ids = await storedIds(folder);
    expect(ids).toHaveLength(50);
    expect(ids.at(0)).toBe(idOf(53));
    expect(ids.slice(-2)).toEqual([idOf(5), idOf(0)]);
  });

  it('keep the newest by when it was kept, though the clock went back', async () => {
    for (let number = 10; number < 60; number++) await keep(idOf(number));
    await keep(idOf(1));
    expect(await storedIds(folder)).toContain(idOf(1));
    expect(await newestAudit(folder, context)).toMatchObject({ id: idOf(1) });
  });

  it('are named and passed over where they cannot be read', async () => {
    for (const number of [1, 2, 3, 4]) await keep(idOf(number));
    await writeFile(join(folder, `${idOf(4)}.json`), '{"version":1,"report":');
    await writeFile(
      join(folder, `${idOf(3)}.json`),
      storedText(reportOf({ id: idOf(3) })).replace('"version": 1', '"version": 2'),
    );
    expect(await newestAudit(folder, context)).toMatchObject({ id: idOf(2) });
    expect(warnings).toEqual([
      `an audit is passed over: ${folder}/${idOf(4)}.json is damaged, or of a newer joelclaw`,
      `an audit is passed over: ${folder}/${idOf(3)}.json is damaged, or of a newer joelclaw`,
    ]);
  });

  it('leave nothing half written where the folder may not be written, and say so', async () => {
    await keep(idOf(1));
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file');
    await keep(idOf(2));
    expect(warnings.join()).toMatch(/the audit of clanker-001 could not be kept/);
    expect(await readFile(folder, 'utf8')).toBe('a file');
    await chmod(folder, 0o600);
    expect(await readdir(join(stateFolder, 'audits'))).toEqual(['clanker-001']);
  });

  it('hold no secret and no control sequence', () => {
    const command =
      'curl -H "Authorization: Bearer abcdefgh" \u001b[31m--token=hunter22 s3cr3t-value';
    const entry = { source: 'crontab', user: 'joel', schedule: '@reboot', command };
    const report = cleanReport(reportOf({ facts: factsWith({ crontabs: [entry] }) }), [
      's3cr3t-value',
    ]);
    const text = storedText(report);
    for (const secret of ['abcdefgh', 'hunter22', 's3cr3t-value', '\\u001b']) {
      expect(text).not.toContain(secret);
    }
    expect(cleanReport(reportOf(), [])).toEqual(reportOf());
  });
});

it('a command is shown and kept whole, without a secret: of half a one nobody could start anything', () => {
  const command = (secret: string) => `kill 7; cd /srv && ${'serve '.repeat(300)}--token ${secret}`;
  const [restart, shown] = [command('hunter22'), command('(hidden)')];
  const finding = { id: 'x', severity: 'info', title: restart, evidence: '', remedy: restart };
  const { services, findings } = cleanReport(
    reportOf({ services: [{ ...plainService, restart }], findings: [finding as Finding] }),
    [],
  );
  expect(services[0]).toEqual({ ...plainService, restart: shown });
  expect(findings[0]).toMatchObject({ remedy: shown, title: expect.stringMatching(/^.{399}…$/) });
});

describe('a stored text', () => {
  it('of an older joelclaw could not tell what it did not ask', () => {
    const stored = JSON.parse(storedText(reportOf()));
    delete stored.report.facts.network.firewall;
    delete stored.report.facts.containers;
    const read = parseStored(JSON.stringify(stored));
    expect(read?.facts.network.firewall).toBeNull();
    expect(read?.facts.containers).toBeNull();
  });

  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['no report', '{"version":1}'],
    ['a report without facts', storedText(reportOf()).replace('"facts"', '"other"')],
    ['a port that is a text', storedText(reportOf()).replace('"port": 22', '"port": "22"')],
    [
      'an entry that is null',
      storedText(reportOf()).replace(/("enabled": \[\s+)"ssh.service"/, '$1null'),
    ],
  ])('is none where it is %s', (_, text) => {
    expect(parseStored(text)).toBeNull();
  });
});
