import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';

// tmux with a real shell: the only way to see what ctrl-z and fg do to a terminal.
describeTier('tmux', 'job control of the cockpit', () => {
  let folder: string;
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', join(folder, 'tmux'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...process.env, JOELCLAW_STATE: join(folder, 'state'), LANG: 'C.UTF-8' },
    });
  const send = (...keys: string[]): string => tmux('send-keys', '-t', 'pane', ...keys);
  const flags = (): string =>
    tmux('display', '-p', '-t', 'pane', '#{alternate_on} #{cursor_flag}').trim();

  /** tmux tells of no change, so the screen is looked at until it matches. */
  const until = async (look: () => string, wanted: RegExp): Promise<string> => {
    const endMs = Date.now() + 12_000;
    for (let seen = look(); Date.now() < endMs; seen = look()) {
      if (wanted.test(seen)) return seen;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`${wanted} was not seen:\n${look()}`);
  };
  const screen = (): string => tmux('capture-pane', '-p', '-t', 'pane');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'joelclaw-tmux-'));
    tmux('new-session', '-d', '-s', 'pane', '-x', '100', '-y', '30', 'env PS1="prompt> " sh -i');
  });

  afterEach(() => {
    tmux('kill-server');
    rmSync(folder, { recursive: true, force: true });
  });

  test('ctrl-z gives the shell its terminal back, fg draws the whole screen again, q ends well', async () => {
    await until(screen, /prompt>/);
    send(`${launcher} lab`, 'Enter');
    await until(screen, /14 functions/);
    expect(flags()).toBe('1 0');
    send('C-z');
    await until(screen, /Stopped|Suspended/i);
    expect(flags()).toBe('0 1');
    send('echo the shell is $((40 + 2))', 'Enter');
    await until(screen, /the shell is 42/);
    send('fg', 'Enter');
    await until(screen, /14 functions/);
    expect(flags()).toBe('1 0');
    send('q');
    await until(flags, /^0 1$/);
    await until(screen, /prompt>\s*$/);
    send('echo ended with $?; stty -a', 'Enter');
    const after = await until(screen, /ended with 0[\s\S]* icanon/);
    expect(after).toMatch(/ echo /);
  });
});
