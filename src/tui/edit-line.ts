import type { Reduced } from './acts.ts';
import { characterOf } from './key-name.ts';
import type { UiState } from './ui-state.ts';

const longest = 200;

/** A line that is typed, after a key; null for a key that edits nothing. */
export function editLine(text: string, key: string): string | null {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (key === 'ctrl-w') return text.replace(/\S+\s*$/, '');
  const character = characterOf(key);
  return character === null ? null : addText(text, character);
}

/** A line with more at its end, typed or pasted. */
export function addText(text: string, more: string): string {
  return (text + more).slice(0, longest);
}

/** What these do wherever something is typed. */
const everywhere = { 'ctrl-c': 'quit', 'ctrl-z': 'suspend', 'ctrl-l': 'repaint' } as const;

/** Null for a key that is the prompt's own. */
export function keyOfAnyPrompt(ui: UiState, key: string): Reduced | null {
  const type = everywhere[key as keyof typeof everywhere];
  return type === undefined ? null : { ui, intents: [{ type }] };
}
