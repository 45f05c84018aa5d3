import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

/** The shells that carry out the audit's script, of whatever process. */
function auditShells(): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => /\/bin\/sh -s -- \d+ 3947 \/audit-key/.test(line));
}

describeTier('tmux', 'an audit from the keyboard', () => {
  let pane: TmuxPane;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-audit-key-'));
    pane = openTmux(100, 30);
  });
  afterEach(async () => {
    await pane.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  it('shows what was found, stores it, and esc goes back to the table', async () => {
    pane.send(`JOELCLAW_STATE=${folder} ${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /Services 11[\s\S]*14 functions/);
    pane.send('1', '/', 'c', 'l', 'a', 'n', 'k', 'Enter', 'A');
    await pane.until(pane.screen, /─ Audit clanker-001[\s\S]*looked at in/);
    pane.send('Escape');
    await pane.until(pane.screen, /─ Nodes 1 of 4[\s\S]*audited <1m ago/);
    pane.send('C-c');
    await pane.until(pane.screen, /\nprompt>\s*$/);
    const stored = await readdir(join(folder, 'lab-healthy', 'audits', 'clanker-001'));
    expect(stored.filter((name) => name.endsWith('.json'))).toHaveLength(1);
  });

  it('goes on while another view is shown, says when it is done, and is come back to', async () => {
    pane.send(`JOELCLAW_STATE=${folder} ${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /Services 11[\s\S]*14 functions/);
    pane.send('1', '/', 'c', 'l', 'a', 'n', 'k', 'Enter', 'A');
    await pane.until(pane.screen, /─ Audit clanker-001[\s\S]*looking/);
    pane.send('2');
    await pane.until(pane.screen, /─ Services 11[\s\S]*the audit of clanker-001 goes on/);
    await pane.until(pane.screen, /─ Services 11[\s\S]*the audit of clanker-001 is done; A shows/);
    pane.send('-');
    await pane.until(pane.screen, /─ Audit clanker-001[\s\S]*looked at in/);
    pane.send('/', 'l', 'i', 'v', 'e', 'k', 'i', 't', 'Enter');
    await pane.until(pane.screen, /─ Audit clanker-001 · \/livekit ─/);
    pane.send('Escape', '!');
    await pane.until(pane.screen, /─ Audit clanker-001 · findings only/);
    pane.send('1');
    await pane.until(pane.screen, /─ Nodes 1 of 4[\s\S]*- shows the audit/);
    const stored = await readdir(join(folder, 'lab-healthy', 'audits', 'clanker-001'));
    expect(stored.filter((name) => name.endsWith('.json'))).toHaveLength(1);
  });

  it('that goes on ends with the cockpit, and leaves no process', async () => {
    const inventory = [
      'version: 1',
      'name: audit-key',
      'hosts: [{name: here, access: local}]',
      'services:',
      '  - {name: none, host: here, port: 3947, checks: [{kind: http, url: "http://localhost:3947/audit-key"}]}',
    ];
    await writeFile(join(folder, 'inventory.yaml'), `${inventory.join('\n')}\n`);
    pane.send(`JOELCLAW_STATE=${folder}/state ${launcher} --root ${folder}`, 'Enter');
    await pane.until(pane.screen, /─ Services 1/);
    pane.send('A');
    await pane.until(() => {
      return auditShells().length > 0 ? 'it goes on' : pane.screen();
    }, /it goes on/);
    pane.send('C-c');
    await pane.until(pane.screen, /\nprompt>\s*$/);
    // Its kernel may still be ending what was killed; by itself it would go on for longer than this waits.
    await pane.until(() => auditShells().join('\n'), /^$/);
  });
});
