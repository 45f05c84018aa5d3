import { painter } from './paint.ts';

interface Step {
  readonly id: string;
  readonly what: string;
  readonly state: string;
  readonly note: string;
}

const words: Readonly<Record<string, string>> = {
  done: 'applied',
  failed: 'failed: what follows was not done',
  'rolled-back': 'failed, and what had been changed for it was put back',
  stuck: 'failed, and not all could be put back: it needs you',
  interrupted: 'interrupted: what follows was not done',
};

const glyphs: Readonly<Record<string, readonly ['up' | 'degraded' | 'down' | 'dim', string]>> = {
  done: ['up', '✓'],
  'reload-needed': ['degraded', '▲'],
  'rolled-back': ['degraded', '↩'],
  failed: ['down', '✕'],
  'not-run': ['dim', '·'],
};

/** What an apply came to: a line for each step, done or not. */
export function appliedText(
  {
    id,
    outcome,
    steps,
  }: { readonly id: string; readonly outcome: string; readonly steps: readonly Step[] },
  color: boolean,
): string {
  const paint = painter(color);
  const lines = steps.map(({ id: of, state, note }) => {
    const [style, glyph] = glyphs[state] ?? ['dim', '·'];
    return `  ${paint(style, glyph)} ${of}: ${state}${note === '' ? '' : `, ${note}`}`;
  });
  return `${[`apply ${id}: ${words[outcome] ?? outcome}`, ...lines].join('\n')}\n`;
}
