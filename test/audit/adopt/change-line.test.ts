import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeoverShell } from '../../../src/audit/adopt/takeover-shell.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'joelclaw-cron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a change of a crontab that is killed leaves nothing that a cron would run, and is finished by the next', () => {
  const file = join(folder, 'brain');
  writeFileSync(file, 'MAILTO=""\n@reboot joel serve\n');
  const change = (mv: string): void => {
    const settings = `jc_entry=cron-file\njc_entry_path='${file}'\n`;
    const input = `${settings}${takeoverShell}${mv}change_line '@reboot joel serve' '# out'\n`;
    spawnSync('/bin/sh', ['-s'], { input });
  };
  change('mv() { kill -9 $$; }\n');
  expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['brain']);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(readFileSync(file, 'utf8')).toContain('@reboot joel serve');
  change('');
  expect(readdirSync(folder)).toEqual(['brain']);
  expect(readFileSync(file, 'utf8')).toBe('MAILTO=""\n# out\n');
});
