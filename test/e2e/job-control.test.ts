import { afterEach, beforeEach, expect, test } from 'vitest';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

// tmux with a real shell: the only way to see what ctrl-z and fg do to a terminal.
describeTier('tmux', 'job control of the cockpit', () => {
  let pane: TmuxPane;
  beforeEach(() => {
    pane = openTmux(100, 30);
  });
  afterEach(() => pane.stop());

  test('ctrl-z gives the shell its terminal back, fg draws the whole screen again, q ends well', async () => {
    const { send, until, screen, flags } = pane;
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

  test('a terminal that became another size while it was stopped is drawn to its edges', async () => {
    const { send, until, screen } = pane;
    await until(screen, /prompt>/);
    send(`${launcher} lab`, 'Enter');
    await until(screen, /14 functions/);
    send('C-z');
    await until(screen, /Stopped|Suspended/i);
    pane.resize(140, 40);
    send('fg', 'Enter');
    // The rule over the details goes from edge to edge.
    await until(screen, /^─.*─{20,}$[\s\S]*q quit\s*$/m);
    const rule = screen()
      .split('\n')
      .find((line) => /^─ \S.*─{20,}$/.test(line));
    expect(rule?.length).toBe(140);
    send('q');
    await until(screen, /prompt>\s*$/);
  });
});
