import { describe, expect, it } from 'vitest';
import { overPicture } from '../../src/tui/over-picture.ts';

const enter = '\u001b[?1049h';
const begin = '\u001b[?2026h';

describe('what Ink writes over a picture', () => {
  it('enters no second screen, and clears the picture within the first frame', () => {
    const change = overPicture();
    const ink = [enter, '\u001b[?25l', begin, 'frame', '\u001b[?2026l'];
    expect(ink.map(change).join('')).toBe(`\u001b[?25l${begin}\u001b[H\u001b[Jframe\u001b[?2026l`);
  });

  it('is as it was from the second frame on, also after a stop', () => {
    const change = overPicture();
    for (const text of [enter, begin]) change(text);
    expect([begin, enter].map(change)).toEqual([begin, enter]);
  });
});
