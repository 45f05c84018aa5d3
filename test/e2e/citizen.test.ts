import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRunning } from '../support/is-running.ts';
import { makeNetworkFolder } from '../support/network-folder.ts';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

function nameOf(pid: number): string {
  return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
}

describeTier('tmux', 'the cockpit in tmux', () => {
  let pane: TmuxPane;
  beforeEach(() => {
    pane = openTmux(100, 30);
  });
  afterEach(() => pane.stop());

  const option = (): string => pane.tmux('show-options', '-qv', '-t', 'pane', '@joelclaw').trim();
  const child = (): number =>
    Number(pane.tmux('display', '-p', '-t', 'pane', '#{pane_pid}').trim());
  const below = (pid: number): readonly number[] =>
    execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
      .split('\n')
      .map((row) => row.trim().split(/\s+/).map(Number))
      .filter(([, parent]) => parent === pid)
      .flatMap(([one = 0]) => [one, ...below(one)]);
  /** The one that draws: the shell's child is the launcher. */
  const ui = (): number => below(child()).find((pid) => /dist\/cli\.js/.test(nameOf(pid))) ?? 0;

  it('holds its counts in the option @joelclaw for the status line, and takes them back', async () => {
    pane.send(`${launcher} lab clanker-down`, 'Enter');
    await pane.until(option, /^✕1 .*●\d+/);
    pane.send('q');
    await pane.until(pane.flags, /^0 1$/);
    await pane.until(option, /^$/);
  });

  it('leaves @joelclaw to another cockpit of the session', async () => {
    pane.send(`${launcher} lab clanker-down`, 'Enter');
    await pane.until(option, /^✕1 .*●\d+/);
    pane.tmux('new-window', '-t', 'pane', 'env PS1="prompt> " sh -i');
    pane.send(`${launcher} lab clanker-down; echo left`, 'Enter');
    await pane.until(pane.screen, /14 functions|✕1/);
    pane.send('q');
    await pane.until(pane.screen, /^left$/m);
    expect(option()).toMatch(/^✕1 .*●\d+/);
    pane.tmux('select-window', '-t', 'pane:0');
    pane.send('q');
    await pane.until(option, /^$/);
  });

  it('SIGUSR1 opens no debugger over it', async () => {
    pane.send(`${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /14 functions/);
    process.kill(ui(), 'SIGUSR1');
    pane.send('?');
    const help = await pane.until(pane.screen, /poll everything now/);
    expect(help).not.toMatch(/Debugger|For help, see/);
    pane.send('q', 'q');
    await pane.until(pane.flags, /^0 1$/);
    expect(pane.screen()).not.toMatch(/Debugger|For help, see/);
  });

  it('after SIGKILL nothing that it has started goes on', async () => {
    const { root, remove } = await makeNetworkFolder(`version: 1
name: killed
hosts: [{name: here, hostname: ${hostname()}}]
services:
  - name: slow
    host: here
    checks: [{kind: command, argv: [sh, -c, "echo $$ >$MARK; sleep 777; true"], timeout: 60s}]
`);
    const mark = join(root, 'pid');
    pane.send(`MARK=${mark} ${launcher} --root ${root}`, 'Enter');
    const shell = Number(
      await pane.until(() => (existsSync(mark) ? readFileSync(mark, 'utf8') : ''), /\d\n$/),
    );
    expect(isRunning(shell)).toBe(true);
    const [sleeper = 0] = below(shell);
    process.kill(ui(), 'SIGKILL');
    await pane.until(pane.screen, /killed by signal 9/);
    expect([shell, sleeper].filter(isRunning)).toEqual([]);
    await remove();
  });

  it('after SIGKILL the terminal is as it was, and the log is named', async () => {
    pane.send(`${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /14 functions/);
    process.kill(ui(), 'SIGKILL');
    const seen = await pane.until(pane.screen, /its log: \S+joelclaw\.log/);
    expect(seen).toMatch(/killed by signal 9; the terminal is as it was/);
    expect(pane.flags()).toBe('0 1');
    await pane.until(option, /^$/);
    expect(await readFile(join(pane.state, 'joelclaw.log'), 'utf8')).toMatch(
      /a cockpit of joelclaw-lab begins, pid \d+/,
    );
  });
});
