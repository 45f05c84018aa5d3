import { asRoot } from '../../actions/infra/as-root.ts';
import { FaultError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { ActGround } from '../acting/prepared.ts';
import { isOfSystem, whyNotKept } from '../why-not-kept.ts';
import type { ApplyGround } from './apply-ground.ts';
import { type ObjectChange, objectChangesOf } from './object-change.ts';
import { forgetUnit } from './unit-file.ts';
import { ranOf, runAgain } from './unit-run.ts';
import { type FileChange, fileChangeOf, writeItem } from './write-item.ts';
import { applyObject } from './write-object.ts';

/** What of an item is to be changed: its file, or one object of its manifest. */
export type Change = FileChange | ObjectChange;

/** Why the writing stopped, at which item, and whether that was because something had become another one. */
export interface Trouble {
  readonly at: PlannedItem;
  readonly words: string;
  readonly isStale: boolean;
  /** Its change is the last of those that were begun. */
  readonly isBegun: boolean;
}

/** Null when all is written. `begun` holds what was at least begun. */
export async function writeAll(
  items: readonly PlannedItem[],
  begun: Change[],
  ground: ApplyGround,
): Promise<Trouble | null> {
  for (const planned of items) {
    const file = fileChangeOf(planned, ground);
    const changes = file === null ? objectChangesOf(planned, ground.act.open) : [file];
    for (const change of changes) {
      const trouble = await writeOne(change, begun, ground);
      if (trouble !== null) return trouble;
    }
  }
  return null;
}

async function writeOne(
  change: Change,
  begun: Change[],
  ground: ApplyGround,
): Promise<Trouble | null> {
  const { planned } = change;
  const { id, action } = planned.item;
  const isGone = change.type === 'file' && change.write.text === null;
  const before = begun.length;
  const here = { at: planned, isStale: false } as const;
  try {
    const noted = isGone ? { ...change, ran: await ranOf(planned, ground.act) } : change;
    const begin = (one: Change): void => void begun.splice(before, 1, one);
    if (noted.type === 'object') await applyObject(noted, ground, begin);
    else {
      begin(noted);
      await writeItem(noted, ground);
    }
  } catch (error) {
    return { ...here, ...troubleOf(error, change), isBegun: begun.length > before };
  }
  ground.tell(`✓ ${action} ${change.type === 'file' ? id : `${id}: ${change.object.name}`}`);
  const words = isGone
    ? await forgetUnit(planned, ground.act)
    : await ranAsBefore(planned, ground.act);
  return words === null ? null : { ...here, words, isBegun: true };
}

/** A service is started anew for all of its files; a unit that no service has runs as it did before. */
async function ranAsBefore(planned: PlannedItem, act: ActGround): Promise<string | null> {
  const ran = planned.restores?.ran;
  return ran && planned.item.service === null ? runAgain(planned, ran, act) : null;
}

function troubleOf(error: unknown, change: Change): Pick<Trouble, 'words' | 'isStale'> {
  if (error instanceof FaultError) {
    const { code, message, hint } = error.fault;
    const wantsRoot = code === 'forbidden' && !message.includes('read-only');
    const byHand = wantsRoot && change.type === 'file' ? asRoot(change.planned, change.on) : null;
    const what = byHand === null ? hint : `as root: ${byHand}`;
    return { words: what ? `${message} (${what})` : message, isStale: code === 'stale' };
  }
  if (!isOfSystem(error)) throw error;
  return { words: `what was there cannot be kept: ${whyNotKept(error)}`, isStale: false };
}
