import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Opening } from '../../tui/main.tsx';
import type { Context } from '../context.ts';
import { findRoot } from '../root.ts';
import { stateHome } from '../state-folder.ts';
import { isStillTrue, type PictureOf, pictureName, readPicture } from './picture.ts';
import { pictureFor } from './picture-for.ts';

/** The terminal that it is shown on. */
type Screen = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;

const enter = '\u001b[?1049h\u001b[?25l\u001b[H';
const leave = '\u001b[?1049l\u001b[?25h';
/** DEC 2026: what stands between is shown at once. */
const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l'];

/**
 * Shows the last known state as it was drawn last, before anything is read that takes time: null where
 * there is no picture of it for this terminal. What stands in the way is not told: the cockpit itself
 * comes upon it.
 */
export async function showOpening(
  context: Context,
  screen: Screen = process.stdout,
): Promise<Opening | null> {
  const lines = await linesOf(context, screen).catch(() => null);
  if (lines === null || context.signal.aborted) return null;
  screen.write(`${begin}${enter}${lines.join('\r\n')}\u001b[H${end}`);
  let isOurs = true;
  const close = (): void => {
    process.off('exit', close);
    if (isOurs) screen.write(leave);
    isOurs = false;
  };
  process.on('exit', close);
  return {
    close,
    handOver: () => {
      isOurs = false;
      close();
    },
  };
}

async function linesOf(context: Context, screen: Screen): Promise<readonly string[] | null> {
  const wanted = pictureFor(context, screen);
  const name = pictureName(await subject(context));
  const picture = readPicture(await readFile(join(stateHome(context), name), 'utf8'), wanted);
  return picture !== null && (await isStillTrue(picture)) ? picture.lines : null;
}

async function subject(context: Context): Promise<PictureOf> {
  const { lab } = context.options;
  return lab === null ? { rootPath: (await findRoot(context)).path } : { lab };
}
