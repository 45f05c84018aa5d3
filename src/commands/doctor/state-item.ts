import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { DoctorItem } from '../../outputs/doctor-page.ts';
import { stateHome } from '../state-folder.ts';
import { type Finding, type Ground, probe } from './probe.ts';

/** Whether the last known state can be kept, and whether only its user reads it. */
export function stateItem(ground: Ground): Promise<DoctorItem> {
  return probe({ id: 'state/folder', title: 'state folder' }, ground, async () => {
    try {
      return await folderFinding(stateHome(ground.context));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { state: 'missing', note: error.message, fix: error.hint };
    }
  });
}

async function folderFinding(path: string): Promise<Finding> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isDirectory()) {
    const fix = `move it away: mv ${shellWord(path)} ${shellWord(`${path}.old`)}`;
    return { state: 'missing', note: `${path} is not a folder`, fix };
  }
  const place = found ? path : await nearestFolder(path);
  const refused = await access(place, constants.W_OK | constants.X_OK).then(
    () => null,
    ({ code }: NodeJS.ErrnoException) => code ?? 'unknown error',
  );
  if (refused !== null) {
    const fix = 'look at its owner and mode, or name another folder with JOELCLAW_STATE';
    return { state: 'missing', note: `${place} cannot be written to (${refused})`, fix };
  }
  if (!found) return { state: 'ok', note: `${path}, made when it is first needed` };
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  if ((found.mode & 0o077) === 0) return { state: 'ok', note: `${path}, ${mode}` };
  const note = `${path} is ${mode}: others may look into it`;
  return { state: 'warning', note, fix: `chmod 700 ${shellWord(path)}` };
}

/** The deepest one above it that is there. */
async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path);
  const found = await stat(above).catch(() => null);
  return found || above === path ? above : nearestFolder(above);
}
