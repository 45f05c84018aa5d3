import { restoredFrame } from '../../tui/restored-frame.ts';
import type { UiMemory } from '../../tui/ui-memory.ts';
import type { Context } from '../context.ts';
import { loadLastKnown } from '../last-known-file.ts';
import type { OpenNetwork } from '../open-network.ts';
import { writeStateFile } from '../state-file.ts';
import { stateHome } from '../state-folder.ts';
import { themeOf } from '../theme.ts';
import { filesOf, type Picture, pictureName, stampFiles } from './picture.ts';
import { pictureFor } from './picture-for.ts';

/** Draws what the next start of this cockpit would draw first, and keeps it for that. */
export async function keepOpening(
  open: OpenNetwork,
  remembered: UiMemory,
  context: Context,
): Promise<void> {
  const { columns = 0, rows = 0 } = process.stdout;
  const { network, badge, rootPath, stateFolder } = open;
  // Stamped first: what changes while it is drawn makes it a picture of something else.
  const stamps = await stampFiles(filesOf(rootPath, stateFolder));
  const lastKnown = await loadLastKnown(open, context);
  if (lastKnown === null || rows === 0) return;
  const lines = restoredFrame({
    network,
    lastKnown,
    remembered,
    size: { columns, rows },
    theme: themeOf(context),
    meta: { badge, clock: context.options.clock, timeZone: undefined },
  });
  const picture: Picture = { ...pictureFor(context, { columns, rows }), stamps, lines };
  const { lab } = context.options;
  const name = pictureName(rootPath === null ? { lab: lab ?? '' } : { rootPath });
  const file = { folder: stateHome(context), name, what: 'what the next start shows first' };
  await writeStateFile(file, `${JSON.stringify(picture)}\n`, context);
}
