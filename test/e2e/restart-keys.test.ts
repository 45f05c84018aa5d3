import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { launcher } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

describeTier('tmux', 'a restart from the keyboard', () => {
  let pane: TmuxPane;
  let state: string;
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'joelclaw-keys-'));
    pane = openTmux(100, 30);
  });
  afterEach(async () => {
    // What it keeps when it ends must be written before its folder goes.
    pane.send('C-c');
    await pane.until(pane.screen, /\nprompt>\s*$/);
    await pane.stop();
    await rm(state, { recursive: true, force: true, maxRetries: 10 });
  });

  /** Presses a key again and again, as a question is deaf in its first moment. */
  const pressUntil = (key: string, screen: RegExp): Promise<string> =>
    pane.until(() => {
      if (!screen.test(pane.screen())) pane.send(key);
      return pane.screen();
    }, screen);

  it('is planned, agreed to, verified, and refused when it is asked for again', async () => {
    pane.send(`JOELCLAW_STATE=${state} ${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /Services 11[\s\S]*14 functions/);
    pane.send('/', 'q', 'd', 'r', 'a', 'n', 't', 'Enter', 'r');
    const asked = await pane.until(pane.screen, /nothing is done yet[\s\S]*y restart/);
    // A cell of the table of steps may take two lines.
    expect(asked.replaceAll(/[│\s]+/g, ' ')).toContain(
      'kubectl --context admin@joelclaw -n joelclaw rollout restart statefulset/qdrant',
    );
    await pressUntil('y', /at it …|✓ done/);
    await pane.until(pane.screen, /stable +2 samples in a row, 2 wanted/);
    pane.send('Escape');
    await pane.until(pane.screen, /Services 1 of 11/);
    pane.send('r');
    const again = await pane.until(pane.screen, /F restart all the same/);
    expect(again).toMatch(/against +it was tried \d+ s ago: cool-down/);
    // A second n, of a slow screen, is one of the table's own.
    await pressUntil('n', /Services 1 of 11/);
  });

  it('is explained by its log, which is followed over the table', async () => {
    pane.send(`JOELCLAW_STATE=${state} ${launcher} lab worker-crash-loop`, 'Enter');
    await pane.until(pane.screen, /Services 11[\s\S]*crash loop|spawn scheduled/);
    pane.send('l');
    const shown = await pane.until(pane.screen, /logs panda\/worker 4[\s\S]*live/);
    expect(shown).toContain('Error: cannot listen on 3111: in use');
    pane.send('&', 'e', 'r', 'r', 'o', 'r', 'Enter');
    await pane.until(pane.screen, /logs panda\/worker 1 · &error/);
    pane.send('q');
    await pane.until(pane.screen, /Services 11/);
  });

  it('has others beside it in a menu: a stop wants the name, a function is started by its event', async () => {
    pane.send(`JOELCLAW_STATE=${state} ${launcher} lab`, 'Enter');
    await pane.until(pane.screen, /Services 11[\s\S]*14 functions/);
    pane.send('/', 'c', 'a', 'd', 'd', 'y', 'Enter', 'x');
    await pane.until(pane.screen, /restart +disruptive[\s\S]*start +– it runs already/);
    pane.send('j', 'Enter');
    await pane.until(pane.screen, /stop panda\/caddy[\s\S]*type panda\/caddy/);
    await pressUntil('p', /type panda\/caddy p/);
    // What was typed while it was deaf has not come: what is there is taken back.
    pane.send('C-u', ...'panda/caddy', 'Enter');
    await pane.until(pane.screen, /after +down · not loaded/);
    pane.send('Escape');
    await pane.until(pane.screen, /✕ +caddy/);
    pane.send('3');
    await pane.until(pane.screen, /Functions 14/);
    pane.send('x');
    await pane.until(pane.screen, /send-event \S+ +disruptive/);
    pane.send('Enter');
    await pane.until(pane.screen, /curl [\s\S]*y send-event/);
    await pressUntil('y', /at it …|✓ done/);
    await pane.until(pane.screen, /after .* run 01HAND\w+ RUNNING/);
    pane.send('Escape');
    await pane.until(pane.screen, /Functions 14/);
  });

  it('is refused whole by --read-only', async () => {
    pane.send(`JOELCLAW_STATE=${state} ${launcher} lab --read-only`, 'Enter');
    await pane.until(pane.screen, /Services 11[\s\S]*14 functions/);
    pane.send('r');
    await pane.until(pane.screen, /this is --read-only: no action runs/);
  });
});
