import { type ThemeName, themeNames } from '../tui/themes.ts';
import { type Context, wantsColor } from './context.ts';
import { oneOf } from './one-of.ts';

/** How many colours a terminal says that it has. */
export type ColourDepth = 'truecolor' | '256' | '16';

/** By COLORTERM and TERM, as terminals have it. */
export function colourDepth(env: Context['env']): ColourDepth {
  if (/truecolor|24bit/.test(env['COLORTERM'] ?? '')) return 'truecolor';
  return /256/.test(env['TERM'] ?? '') ? '256' : '16';
}

/**
 * The cockpit's theme: `--theme`, else `$JOELCLAW_THEME`, else the terminal's own 16 colours. NO_COLOR
 * and a terminal of 16 colours are stronger than either.
 */
export function themeOf(context: Context): ThemeName {
  const { options, env } = context;
  const wanted = options.theme ?? (env['JOELCLAW_THEME'] || 'terminal');
  const by = options.theme === null ? '$JOELCLAW_THEME' : '--theme';
  const theme = oneOf(wanted, themeNames, { by, what: 'theme' });
  if (!wantsColor(context)) return 'mono';
  return colourDepth(env) === '16' && theme !== 'mono' ? 'terminal' : theme;
}
