import { describe, expect, test } from 'vitest';
import { terse, terseStdout } from '../../src/tui/terse-stdout.ts';
import { createFakeTerminal } from '../bench/fake-terminal.ts';

const down = '\u001b[E';

describe('a frame in fewer bytes', () => {
  test.each([
    ['', ''],
    [down, down],
    [`${down}${down}`, '\u001b[2E'],
    [`a${down.repeat(33)}\u001b[59Gb\n${down.repeat(15)}`, 'a\u001b[33E\u001b[59Gb\n\u001b[15E'],
    [`${down}x${down}`, `${down}x${down}`],
  ])('%j is written as %j', (text, written) => {
    expect(terse(text)).toBe(written);
  });

  test('goes to the same terminal, which is otherwise as it was', () => {
    const { stdout } = createFakeTerminal(80, 24);
    const sent: unknown[] = [];
    stdout.write = ((...args: readonly unknown[]) => sent.push(args) > 0) as typeof stdout.write;
    const thin = terseStdout(stdout);
    const done = (): void => {};
    thin.write(down.repeat(3), done);
    thin.write(Buffer.from(down.repeat(2)));
    expect(sent).toEqual([['\u001b[3E', done], [Buffer.from(down.repeat(2))]]);
    expect([thin.columns, thin.rows, thin.isTTY]).toEqual([80, 24, true]);
    let resized = 0;
    thin.on('resize', () => resized++);
    stdout.emit('resize');
    expect(resized).toBe(1);
  });
});
