import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { keyNames } from '../../src/tui/key-name.ts';

const key = (pressed: Partial<Key> = {}): Key => pressed as Key;

describe('key names', () => {
  test.each<[string, Partial<Key>, readonly string[]]>([
    ['j', {}, ['j']],
    ['jjj', {}, ['j', 'j', 'j']],
    ['q\u0013\u001bj', {}, ['q', 'ctrl-s', 'esc', 'j']],
    ['j\t\u007f', {}, ['j', 'tab', 'backspace']],
    [' ', {}, ['space']],
    ['G', { shift: true }, ['G']],
    ['', { upArrow: true }, ['up']],
    ['', { pageDown: true }, ['pgdn']],
    ['\r', { return: true }, ['enter']],
    ['', { tab: true }, ['tab']],
    ['', { tab: true, shift: true }, ['shift-tab']],
    ['d', { ctrl: true }, ['ctrl-d']],
    ['', { escape: true }, ['esc']],
    ['', { eventType: 'press' }, ['that key']],
    ['1', { meta: true }, ['esc', '1']],
    ['j', { eventType: 'release' }, []],
    ['日', {}, ['日']],
  ])('%j with %j is %j', (input, pressed, names) => {
    expect(keyNames(input, key(pressed))).toEqual(names);
  });
});
