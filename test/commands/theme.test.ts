import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import { readOptions } from '../../src/commands/options.ts';
import { themeOf } from '../../src/commands/theme.ts';

const contextOf = (args: readonly string[], env: Context['env'], isTty = true): Context => ({
  options: readOptions(args),
  env: { TERM: 'xterm-256color', ...env },
  isTty,
  cwd: '/',
  home: '/',
  signal: new AbortController().signal,
  startedMs: 0,
  write: async () => {},
  warn: () => {},
});

describe('the theme of the cockpit', () => {
  it.each([
    [[], {}, 'terminal'],
    [['--theme', 'light'], {}, 'light'],
    [[], { JOELCLAW_THEME: 'colour-blind' }, 'colour-blind'],
    [['--theme=dark'], { JOELCLAW_THEME: 'light' }, 'dark'],
    [['--theme=dark'], { NO_COLOR: '1' }, 'mono'],
    [['--theme=dark', '--no-color'], {}, 'mono'],
    [['--theme=light'], { TERM: 'linux' }, 'terminal'],
    [['--theme=light'], { TERM: 'linux', COLORTERM: 'truecolor' }, 'light'],
    [['--theme=mono'], { TERM: 'linux' }, 'mono'],
  ] as const)('%j with %j is %s', (args, env, theme) => {
    expect(themeOf(contextOf(args, env))).toBe(theme);
  });

  it('names the nearest of one that there is not', () => {
    expect(() => themeOf(contextOf(['--theme', 'colorblind'], {}))).toThrow(
      expect.objectContaining({ message: '--theme: there is no theme "colorblind"' }),
    );
    expect(() => themeOf(contextOf([], { JOELCLAW_THEME: 'drak' }))).toThrow(/JOELCLAW_THEME/);
  });
});
