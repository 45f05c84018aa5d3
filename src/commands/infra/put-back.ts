import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import { FaultError } from '../../model/errors.ts';
import type { Service } from '../../model/inventory.ts';
import type { ApplyGround } from './apply-ground.ts';
import { type Serving, serve } from './serve-group.ts';
import { endUnit, forgetUnit } from './unit-file.ts';
import { type Change, restoreItem } from './write-item.ts';

/** What was begun of a group, and what its service was before. */
export interface Begun {
  readonly group: ApplyGroup;
  readonly begun: readonly Change[];
  /** How what runs was told; it is told again. `none` where it was not told yet. */
  readonly how: Serving;
  /** Its unit was there before: it is started again with what it had. */
  readonly wasThere: boolean;
}

/** Puts files back as they were, and what runs with them; why that failed, or null. It is tried once. */
export async function putBack(
  { group, begun, how, wasThere }: Begun,
  ground: ApplyGround,
): Promise<string | null> {
  const changed = begun.toReversed();
  for (const change of changed) {
    const { planned, write } = change;
    // What it has put there runs, and must not go on without its file.
    const isNewUnit = write.before === null && how !== 'none';
    const ended = isNewUnit ? await endUnit(planned, ground.act) : null;
    if (ended !== null) return `not put back: ${ended}`;
    const failed = await restoreItem(change, ground).then(() => null, faultWords);
    if (failed !== null) return `not put back: ${failed}`;
    ground.tell(`↩ ${planned.item.id} is as it was`);
    const forgotten = isNewUnit ? await forgetUnit(planned, ground.act) : null;
    if (forgotten !== null) return `put back, but: ${forgotten}`;
  }
  if (how === 'none' || how === 'mark' || group.service === null || !wasThere) return null;
  // What goes back to what was there must not be held up by the work of what does not run.
  const forced = { ...ground, act: { ...ground.act, force: true } };
  const items = begun.map(({ planned, write }) => ({
    ...planned,
    write: { ...write, text: write.before?.text ?? null, before: null },
  }));
  const service: Service = group.service;
  const served = await serve({ group: { service, items }, how, isNew: false }, forced);
  return served.state === 'done' ? null : `put back, but it is not well: ${served.words}`;
}

function faultWords(error: unknown): string {
  if (error instanceof FaultError) return error.fault.message;
  throw error;
}
