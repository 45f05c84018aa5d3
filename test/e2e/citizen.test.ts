import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

describeTier('tmux', 'the cockpit in tmux', () => {
  let pane: TmuxPane;
  beforeEach(() => {
    pane = openTmux(100, 30);
  });
  afterEach(() => pane.stop());

  const option = (): string => pane.tmux('show-options', '-qv', '-t', 'pane', '@joelclaw').trim();
  const child = (): number =>
    Number(pane.tmux('display', '-p', '-t', 'pane', '#{pane_pid}').trim());

  it('holds its counts in the option @joelclaw for the status line, and takes them back', async () => {
    pane.send(`${launcher} lab clanker-down`, 'Enter');
    await pane.until(option, /^✕1 .*●\d+/);
    pane.send('q');
    await pane.until(pane.flags, /^0 1$/);
    await pane.until(option, /^$/);
  });

  it('after SIGKILL the terminal is as it was, and the log is named', async () => {
    pane.send(`${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /14 functions/);
    const below = (pid: number): readonly number[] =>
      execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
        .split('\n')
        .map((row) => row.trim().split(/\s+/).map(Number))
        .filter(([, parent]) => parent === pid)
        .flatMap(([one = 0]) => [one, ...below(one)]);
    const node = below(child()).at(-1) ?? 0;
    process.kill(node, 'SIGKILL');
    const seen = await pane.until(pane.screen, /its log: \S+joelclaw\.log/);
    expect(seen).toMatch(/killed by signal 9; the terminal is as it was/);
    expect(pane.flags()).toBe('0 1');
    expect(await readFile(join(pane.state, 'joelclaw.log'), 'utf8')).toMatch(
      /a cockpit of joelclaw-lab begins, pid \d+/,
    );
  });
});
