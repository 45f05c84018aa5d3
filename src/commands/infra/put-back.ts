import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import { FaultError } from '../../model/errors.ts';
import type { ApplyGround } from './apply-ground.ts';
import type { ObjectChange } from './object-change.ts';
import { type Serving, serve } from './serve-group.ts';
import { endUnit, forgetUnit } from './unit-file.ts';
import { runAgain } from './unit-run.ts';
import type { Change } from './write-all.ts';
import { type FileChange, restoreItem } from './write-item.ts';
import { restoreObject } from './write-object.ts';

/** What was begun of a group, and what its service was before. */
export interface Begun {
  readonly group: ApplyGroup;
  readonly begun: readonly Change[];
  /** How what runs was told; it is told again. `none` where it was not told yet. */
  readonly how: Serving;
  /** Its unit was there before: it is started again with what it had. */
  readonly wasThere: boolean;
}

/** Puts things back as they were, and what runs with them; why that failed, or null. It is tried once. */
export async function putBack(
  { group, begun, how, wasThere }: Begun,
  ground: ApplyGround,
): Promise<string | null> {
  const left: string[] = [];
  for (const change of begun.toReversed()) {
    const words =
      change.type === 'file' ? await putFile(change, how, ground) : await putObject(change, ground);
    if (words === null) continue;
    // A file that cannot be put back may be why the next one must stay; an object says nothing of others.
    if (change.type === 'file') return words;
    left.push(words);
  }
  const again = await serveAgain({ group, begun, how, wasThere }, ground);
  const words = [...left, ...(again === null ? [] : [again])];
  return words.length === 0 ? null : words.join('; ');
}

async function putFile(
  change: FileChange,
  how: Serving,
  ground: ApplyGround,
): Promise<string | null> {
  const { planned, write, ran } = change;
  // What it has put there runs, and must not go on without its file.
  const isNewUnit = write.before === null && how !== 'none';
  const ended = isNewUnit ? await endUnit(planned, ground.act) : null;
  if (ended !== null) return `not put back: ${ended}`;
  const failed = await restoreItem(change, ground).then(() => null, faultWords);
  if (failed !== null) return `not put back: ${failed}`;
  ground.tell(`↩ ${planned.item.id} is as it was`);
  const { act } = ground;
  const forgotten = isNewUnit ? await forgetUnit(planned, act) : null;
  const words = ran === null ? forgotten : await runAgain(planned, ran, act);
  return words === null ? null : `put back, but: ${words}`;
}

async function putObject(change: ObjectChange, ground: ApplyGround): Promise<string | null> {
  const failed = await restoreObject(change, ground).catch(faultWords);
  if (failed !== null) return `not put back: ${failed}`;
  ground.tell(`↩ ${change.object.name} is as it was`);
  return null;
}

async function serveAgain(
  { group, begun, how, wasThere }: Begun,
  ground: ApplyGround,
): Promise<string | null> {
  const { service } = group;
  if (how === 'none' || how === 'mark' || !wasThere) return null;
  // What goes back to what was there must not be held up by the work of what does not run.
  const forced = { ...ground, act: { ...ground.act, force: true } };
  const changed = begun.map((change) =>
    change.type === 'object'
      ? { ...change.planned, objects: [change.object] }
      : {
          ...change.planned,
          write: { ...change.write, text: change.write.before?.text ?? null, before: null },
        },
  );
  // What was made stays, and is not well: that is why.
  const items = changed.filter(({ objects = [] }) => objects.every(({ live }) => live !== null));
  if (items.length === 0 || (how !== 'rollout' && service === null)) return null;
  const again = { group: { service, items }, how, isNew: false, forPutBack: true };
  const served = await serve(again, forced);
  return served.state === 'done' ? null : `put back, but it is not well: ${served.words}`;
}

function faultWords(error: unknown): string {
  if (error instanceof FaultError) return error.fault.message;
  throw error;
}
