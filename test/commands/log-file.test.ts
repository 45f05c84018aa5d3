import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogFile, openLog } from '../../src/commands/log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'joelclaw-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

async function openHiding(...secrets: readonly string[]): Promise<LogFile> {
  const log = await openLog(folder);
  log.hide(secrets);
  return log;
}

describe('the log of the cockpit', () => {
  it('is dated, plain, without secrets, and for its user alone', async () => {
    const log = await openHiding('hunter2hunter2');
    log.line('a password \u001b[31mhunter2hunter2\u001b[0m\n');
    expect(read('joelclaw.log')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z a password •••\n$/);
    expect(statSync(join(folder, 'joelclaw.log')).mode & 0o777).toBe(0o600);
    expect(log.trouble()).toBeNull();
  });

  it('hides what looks like a secret, and a key over all its lines', async () => {
    const log = await openHiding();
    log.line('password=hunter2hunter2 and sk-ABCDEFGHIJKLMNOPQRST');
    log.line('-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----');
    const path = log.report(['password=hunter2hunter2', 'sk-ABCDEFGHIJKLMNOPQRST']);
    for (const text of [read('joelclaw.log'), readFileSync(path ?? '', 'utf8')]) {
      expect(text).toContain('password=(hidden)');
      expect(text).not.toMatch(/hunter2|ABCDEF|MIIE/);
    }
  });

  it('dates each line of a stack', async () => {
    const log = await openHiding();
    log.line('Error: it broke\n    at here\n    at there');
    expect(read('joelclaw.log').split('\n')).toEqual([
      expect.stringMatching(/Z Error: it broke$/),
      expect.stringMatching(/Z {5}at here$/),
      expect.stringMatching(/Z {5}at there$/),
      '',
    ]);
  });

  it('is two files at most, each of a mebibyte and a line', async () => {
    const log = await openHiding();
    writeFileSync(join(folder, 'joelclaw.log'), 'x'.repeat(1024 * 1024));
    log.line('one');
    writeFileSync(join(folder, 'joelclaw.log'), 'y'.repeat(1024 * 1024));
    log.line('two');
    expect(readdirSync(folder).sort()).toEqual(['joelclaw.log', 'joelclaw.log.1']);
    expect(read('joelclaw.log')).toMatch(/two\n$/);
    expect(read('joelclaw.log.1')).toMatch(/^y/);
  });

  it('writes a report with the last lines, and keeps five', async () => {
    const log = await openHiding('hunter2hunter2');
    for (let line = 0; line < 60; line++) log.line(`line ${line}`);
    for (let old = 0; old < 7; old++) writeFileSync(join(folder, `crash-2020-0${old}.txt`), '');
    const path = log.report(['it broke at hunter2hunter2']);
    const text = readFileSync(path ?? '', 'utf8');
    expect(text).toMatch(/^it broke at •••\n/);
    expect(text).toContain('line 59');
    expect(text).not.toContain('line 9\n');
    expect(readdirSync(folder).filter((name) => name.startsWith('crash-'))).toHaveLength(5);
  });

  it('where it cannot be written nothing is thrown, and why is told', async () => {
    const log = await openLog('/proc/joelclaw');
    log.line('lost');
    expect(log.report(['lost'])).toBeNull();
    expect(log.trouble()).toMatch(/could not be written \(ENOENT\): \/proc\/joelclaw/);
  });
});
