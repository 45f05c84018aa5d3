import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Opening } from '../../tui/main.tsx';
import type { Context } from '../context.ts';
import { findRoot } from '../root.ts';
import { stateHome } from '../state-folder.ts';
import { isStillTrue, type PictureOf, pictureName, readPicture } from './picture.ts';
import { pictureFor } from './picture-for.ts';

/** The terminal that it is shown on, and its keys. */
interface Terminal {
  readonly screen: Screen;
  readonly keys: Keys;
}

type Screen = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;
type Keys = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode'>;

/** A cockpit that is not there by then waits for a disk. */
const patienceMs = 5000;

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
  { screen, keys }: Terminal = { screen: process.stdout, keys: process.stdin },
): Promise<Opening | null> {
  const lines = await linesOf(context, screen).catch(() => null);
  if (lines === null || context.signal.aborted) return null;
  const cook = rawKeys(keys);
  screen.write(`${begin}${enter}${lines.join('\r\n')}\u001b[H${end}`);
  let isOurs = true;
  const close = (): void => {
    process.off('exit', close);
    clearTimeout(late);
    if (!isOurs) return;
    isOurs = false;
    cook();
    screen.write(leave);
  };
  // Where the cockpit does not come, ctrl-c must end it.
  const late = setTimeout(cook, patienceMs).unref();
  process.on('exit', close);
  return {
    close,
    handOver: () => {
      isOurs = false;
      close();
    },
  };
}

/** Keys are kept for the cockpit, unechoed, and none of them stops or kills it yet. Returns what undoes it. */
function rawKeys(keys: Keys): () => void {
  const set = (raw: boolean): void => {
    try {
      if (keys.isTTY) keys.setRawMode(raw);
    } catch {
      // A terminal that has gone cannot be told.
    }
  };
  set(true);
  return () => set(false);
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
