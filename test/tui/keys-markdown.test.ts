import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { dialogKeymap } from '../../src/tui/dialog-keymap.ts';
import { keymap } from '../../src/tui/keymap.ts';
import { keysMarkdown } from '../../src/tui/keys-markdown.ts';
import { textOf } from '../../src/tui/line.ts';
import { logsKeymap } from '../../src/tui/logs-keymap.ts';
import { helpLines } from '../../src/tui/parts/help.ts';

describe('the keymap', () => {
  test('is what docs/keys.md says (else: npm run docs)', async () => {
    const written = await readFile(new URL('../../docs/keys.md', import.meta.url), 'utf8');
    expect(written).toBe(keysMarkdown());
  });

  test('binds no key twice, on tabs, in logs and in questions', () => {
    for (const table of [keymap, logsKeymap, dialogKeymap]) {
      const keys = table.flatMap((binding) => binding.keys);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  test('is told whole by the help and by docs/keys.md', () => {
    const help = helpLines(240, null).map(textOf).join('\n');
    for (const { keys, words } of [...keymap, ...logsKeymap, ...dialogKeymap]) {
      expect(keysMarkdown()).toContain(`| ${keys.map((key) => `\`${key}\``).join(' ')} | ${words}`);
      expect(help).toContain(`${keys.join(' ').padEnd(10)} ${words.slice(0, 40)}`);
    }
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
