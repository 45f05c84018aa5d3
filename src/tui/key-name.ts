import type { Key } from 'ink';

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pgdn'],
  ['pageUp', 'pgup'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const;

/**
 * The keymap's names for what Ink read. Several at once: a slow line hands over held keys in one
 * piece ("jjj"), and each of them counts. What was pasted never comes this way.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.eventType === 'release') return [];
  for (const [flag, name] of named) if (key[flag]) return [name];
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input === ' ' ? 'space' : input}`];
  // Nothing is bound to alt: it is an escape whose next key came with it in one piece.
  if (key.meta) return ['esc', ...[...input].map(nameOfCharacter)];
  // A function key, or Insert: Ink says that one was pressed, and not which.
  if (input === '') return ['that key'];
  return [...input].map(nameOfCharacter);
}

/** Of keys that came in one piece Ink tells only the bytes (ASCII's control characters). */
const controls: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u001b': 'esc',
  '\b': 'backspace',
  '\u007f': 'backspace',
};

function nameOfCharacter(character: string): string {
  const code = character.charCodeAt(0);
  const known = controls[character];
  if (known !== undefined) return known;
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x60)}` : character;
}

/** What a key types into a prompt; null when it is no character. */
export function characterOf(key: string): string | null {
  if (key === 'space') return ' ';
  return [...key].length === 1 ? key : null;
}
