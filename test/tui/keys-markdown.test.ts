import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { keymap } from '../../src/tui/keymap.ts';
import { keysMarkdown } from '../../src/tui/keys-markdown.ts';

describe('the keymap', () => {
  test('is what docs/keys.md says (else: node -e "…keysMarkdown()" > docs/keys.md)', async () => {
    const written = await readFile(new URL('../../docs/keys.md', import.meta.url), 'utf8');
    expect(written).toBe(keysMarkdown());
  });

  test('binds no key twice', () => {
    const keys = keymap.flatMap((binding) => binding.keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  test('has for every key either an act or the reason why there is none', () => {
    for (const { act, later, keys } of keymap) {
      expect([act === undefined, later === undefined], keys.join(' ')).toContain(false);
    }
  });

  test('leaves ctrl-b and ctrl-a to tmux and screen, and kills with no control key', () => {
    const taken = keymap.flatMap(({ keys }) => keys);
    for (const key of ['ctrl-a', 'ctrl-b', 'ctrl-k']) expect(taken).not.toContain(key);
  });
});
