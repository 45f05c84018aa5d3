import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Service } from '../../model/inventory.ts';
import type { Report } from '../../model/report.ts';
import type { AppliedStep } from './applied-step.ts';
import { type ApplyGround, journal } from './apply-ground.ts';
import type { Applied } from './carry-out-plan.ts';
import { isBad, lookAtService } from './look-at-service.ts';
import { objectId } from './object-change.ts';
import { putBack } from './put-back.ts';
import { howToServe, serve } from './serve-group.ts';
import type { Served } from './start-anew.ts';
import { whyNotNow } from './start-anew.ts';
import { isMissing, isNewUnit } from './unit-before.ts';
import { type Change, type Trouble, writeAll } from './write-all.ts';

/** Writes the files of one service and has it started anew; what fails is put back as it was. */
export async function applyGroup(
  group: ApplyGroup,
  report: Report,
  ground: ApplyGround,
): Promise<Applied> {
  const { service, items } = group;
  const how = howToServe(group, ground);
  if (service !== null && how === 'restart') {
    const why = await whyNotNow(service, ground.act);
    if (why) return refused(group, `${why.message} (${why.hint})`);
  }
  const isTold = how === 'restart' || how === 'rollout';
  const wasUnwell = isTold && service !== null && (await isUnwell(service, ground));
  const begun: Change[] = [];
  const trouble = await writeAll(items, begun, ground);
  if (trouble !== null) return givenUp(group, { begun, trouble }, ground);
  const steps = begun.map((change) => step(change.planned, 'done', wordsOf(change)));
  if (how === 'none') return { outcome: 'done', isStale: false, steps };
  if (service === null) return proveAlone({ group, begun, steps }, ground);
  if (how === 'mark') {
    const note = ground.noRestart ? '--no-restart' : 'nobody is known to start it anew';
    return marked(service, note, steps);
  }
  await journal(ground, { type: 'service', service: service.id, note: how });
  const isNew = isNewUnit(service, report);
  const served = await serve({ group, how, isNew }, ground);
  if (served.state === 'done') {
    await journal(ground, { type: 'served', service: service.id, note: served.words });
    await haveRead(service, ground);
    return { outcome: 'done', isStale: false, steps: [...steps, ofService(service, served)] };
  }
  if (served.state === 'unread') return marked(service, served.words, steps);
  const wasThere = !isMissing(service, report);
  const isBlamed = served.state === 'failed' && !(wasUnwell && wasThere);
  if (begun.length === 0 || !isBlamed) {
    const words = wasUnwell ? `${served.words}; it was not well before either` : served.words;
    return stayed(service, { ...served, words }, steps);
  }
  const back = await putBack({ group, begun, how, wasThere }, ground);
  return {
    ...{ outcome: back === null ? 'rolled-back' : 'stuck', isStale: false },
    steps: [
      ...items.map((one) => step(one, back === null ? 'rolled-back' : 'failed', back ?? '')),
      ofService(service, served),
    ],
  };
}

/** Of what belongs to no service: workloads of a cluster are waited for all the same. */
async function proveAlone({ group, begun, steps }: Alone, ground: ApplyGround): Promise<Applied> {
  const how = 'rollout';
  const served = await serve({ group, how, isNew: false }, ground);
  if (served.state === 'done') return { outcome: 'done', isStale: false, steps };
  if (begun.length === 0) {
    const failed = group.items.map((one) => step(one, 'failed', served.words));
    return { outcome: 'failed', isStale: false, steps: failed };
  }
  const back = await putBack({ group, begun, how, wasThere: true }, ground);
  const state = back === null ? 'rolled-back' : 'failed';
  const words = [served.words, ...(back === null ? [] : [back])].join('; ');
  return {
    ...{ outcome: back === null ? 'rolled-back' : 'stuck', isStale: false },
    steps: group.items.map((one) => step(one, state, words)),
  };
}

interface Alone {
  readonly group: ApplyGroup;
  readonly begun: readonly Change[];
  readonly steps: readonly AppliedStep[];
}

async function givenUp(
  group: ApplyGroup,
  { begun, trouble }: { readonly begun: readonly Change[]; readonly trouble: Trouble },
  ground: ApplyGround,
): Promise<Applied> {
  const { words, isStale, isBegun, at: failed } = trouble;
  // What somebody else has made of it meanwhile is theirs, and stays.
  const theirs = isStale && isBegun ? begun.at(-1) : undefined;
  const mine = theirs ? begun.slice(0, -1) : begun;
  if (theirs) await journal(ground, { type: 'restored', item: changeId(theirs) });
  const back = await putBack({ group, begun: mine, how: 'none', wasThere: true }, ground);
  const isAlone = begun.length <= (isBegun ? 1 : 0);
  return {
    outcome: back !== null ? 'stuck' : isAlone ? 'failed' : 'rolled-back',
    isStale,
    steps: group.items.map((one) => {
      if (one === failed) return step(one, 'failed', back === null ? words : `${words}; ${back}`);
      const wasBegun = begun.some(({ planned }) => planned === one);
      if (!wasBegun) return step(one, 'not-run', '');
      return back === null ? step(one, 'rolled-back', '') : step(one, 'failed', back);
    }),
  };
}

function refused({ service, items }: ApplyGroup, words: string): Applied {
  const steps = items.map((one) => step(one, 'not-run', ''));
  const served = { state: 'refused', words } as const;
  return stayed(service as Service, served, steps);
}

function stayed(service: Service, { words }: Served, steps: readonly AppliedStep[]): Applied {
  const failed: AppliedStep = { id: service.id, what: 'service', state: 'failed', note: words };
  return { outcome: 'failed', isStale: false, steps: [...steps, failed] };
}

/** Written, and what runs has not read it. */
function marked({ id }: Service, note: string, steps: readonly AppliedStep[]): Applied {
  const step: AppliedStep = { id, what: 'service', state: 'reload-needed', note };
  return { outcome: 'done', isStale: false, steps: [...steps, step] };
}

/** What runs has read all files of its service by now. */
async function haveRead({ id }: Service, { act, record }: ApplyGround): Promise<void> {
  const own = act.open.network.inventory.files.filter(({ service }) => service === id);
  const entries = new Map(record.entries());
  for (const file of own) {
    const entry = entries.get(file.id);
    if (entry) entries.set(file.id, { ...entry, unreadSince: null });
  }
  await record.replace(entries);
}

/** What was not well before is not the fault of what was written. */
async function isUnwell(service: Service, { act }: ApplyGround): Promise<boolean> {
  return isBad(await lookAtService(service, act));
}

function wordsOf(change: Change): string {
  const { action } = change.planned.item;
  return change.type === 'object' ? `${action} ${change.object.name}` : action;
}

function changeId(change: Change): string {
  return change.type === 'object' ? objectId(change) : change.planned.item.id;
}

function step({ item }: PlannedItem, state: AppliedStep['state'], note: string): AppliedStep {
  return { id: item.id, what: 'write', state, note };
}

function ofService({ id }: Service, { state, words }: Served): AppliedStep {
  return { id, what: 'service', state: state === 'done' ? 'done' : 'failed', note: words };
}
