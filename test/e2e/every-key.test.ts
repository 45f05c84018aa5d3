import { afterEach, beforeEach, expect, it } from 'vitest';
import { keymap } from '../../src/tui/keymap.ts';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

/** tmux's names for the keymap's. */
const names: Readonly<Record<string, string>> = {
  tab: 'Tab',
  'shift-tab': 'BTab',
  esc: 'Escape',
  enter: 'Enter',
  space: 'Space',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  home: 'Home',
  end: 'End',
  pgdn: 'PageDown',
  pgup: 'PageUp',
};
const nameOf = (key: string): string => names[key] ?? key.replace(/^ctrl-/, 'C-');

/** They have the program end or stop: each has tests of its own. */
const leaving = new Set(['q', 'ctrl-c', 'ctrl-z']);

describeTier('tmux', 'every key of the keymap, in a real terminal', () => {
  let pane: TmuxPane;
  beforeEach(() => {
    pane = openTmux(100, 30);
  });
  afterEach(() => pane.stop());

  it('does something or says why not, and leaves the cockpit whole', async () => {
    pane.send(`${launcher} lab worker-crash-loop`, 'Enter');
    await pane.until(pane.screen, /LAB worker-crash-loop[\s\S]*Services 11[\s\S]*details/);
    for (const { keys, later } of keymap) {
      for (const key of keys.filter((one) => !leaving.has(one))) {
        if (key === 'r') pane.send('2');
        pane.send(nameOf(key));
        // A question is deaf to what is typed in its first moment.
        if (key === 'r') {
          await pane.until(pane.screen, /nothing is done yet/);
          await pane.until(() => {
            pane.send('Escape');
            return pane.screen();
          }, /^(?![\s\S]*nothing is done yet)/);
        }
        // What a key has begun ends with esc: prompts, palette, details, help.
        if (later !== undefined) await pane.until(pane.screen, new RegExp(later.slice(0, 20)));
        pane.send('Escape');
        pane.send('Escape');
      }
    }
    pane.send('1', '2');
    await pane.until(pane.screen, /Services 11[\s\S]*q quit/);
    expect(pane.flags()).toBe('1 0');
  });

  it('is drawn right at any size, and is whole again after the smallest', async () => {
    pane.send(`${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /14 functions/);
    for (const [columns, rows] of [
      [10, 3],
      [40, 10],
      [39, 9],
      [80, 24],
      [200, 50],
      [10, 3],
      [100, 30],
    ] as const) {
      pane.resize(columns, rows);
    }
    const whole = await pane.until(pane.screen, /Services 11[\s\S]*14 functions[\s\S]*q quit/);
    expect(whole.split('\n').filter((line) => /─ Services/.test(line))).toHaveLength(1);
    pane.resize(38, 8);
    await pane.until(pane.screen, /40/);
    pane.resize(10, 3);
    pane.resize(100, 30);
    await pane.until(pane.screen, /Services 11[\s\S]*14 functions[\s\S]*q quit/);
    pane.send('q');
    await pane.until(pane.flags, /^0 1$/);
  });
});
