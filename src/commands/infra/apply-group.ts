import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import { asRoot } from '../../actions/infra/as-root.ts';
import { unitCheckOf } from '../../actions/unit-mark.ts';
import { FaultError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Service } from '../../model/inventory.ts';
import type { Report } from '../../model/report.ts';
import { isOfSystem, whyNotKept } from '../why-not-kept.ts';
import type { AppliedStep } from './applied-step.ts';
import { type ApplyGround, journal } from './apply-ground.ts';
import type { Applied } from './carry-out-plan.ts';
import { isBad, lookAtService } from './look-at-service.ts';
import { putBack } from './put-back.ts';
import { howToServe, serve } from './serve-group.ts';
import type { Served } from './start-anew.ts';
import { whyNotNow } from './start-anew.ts';
import { endUnit, forgetUnit } from './unit-file.ts';
import { type Change, changeOf, writeItem } from './write-item.ts';

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
  const wasUnwell = how === 'restart' && service !== null && (await isUnwell(service, ground));
  const begun: Change[] = [];
  const trouble = await writeAll(items, begun, ground);
  if (trouble !== null) return givenUp(group, { begun, trouble }, ground);
  const steps = begun.map((change) => step(change.planned, 'done', change.planned.item.action));
  if (service === null || how === 'none') return { outcome: 'done', isStale: false, steps };
  if (how === 'mark') {
    const note = ground.noRestart ? '--no-restart' : 'nobody is known to start it anew';
    const marked: AppliedStep = { id: service.id, what: 'service', state: 'reload-needed', note };
    return { outcome: 'done', isStale: false, steps: [...steps, marked] };
  }
  await journal(ground, { type: 'service', service: service.id, note: how });
  const served = await serve({ group, how, isNew: isMissing(service, report) }, ground);
  if (served.state === 'done') {
    await journal(ground, { type: 'served', service: service.id, note: served.words });
    await haveRead(service, ground);
    return { outcome: 'done', isStale: false, steps: [...steps, ofService(service, served)] };
  }
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

/** Why the writing stopped, and whether that was because something had become another one. */
interface Trouble {
  readonly words: string;
  readonly isStale: boolean;
}

/** Null when all is written. `begun` holds what was at least begun. */
async function writeAll(
  items: readonly PlannedItem[],
  begun: Change[],
  ground: ApplyGround,
): Promise<Trouble | null> {
  for (const planned of items) {
    const change = changeOf(planned, ground);
    if (change === null) continue;
    const { text } = change.write;
    const kept = text === null ? await endUnit(planned, ground.act) : null;
    if (kept !== null) return { words: kept, isStale: false };
    begun.push(change);
    try {
      await writeItem(change, ground);
    } catch (error) {
      return troubleOf(error, change);
    }
    ground.tell(`✓ ${planned.item.action} ${planned.item.id}`);
    const forgotten = text === null ? await forgetUnit(planned, ground.act) : null;
    if (forgotten !== null) return { words: forgotten, isStale: false };
  }
  return null;
}

function troubleOf(error: unknown, { planned, on }: Change): Trouble {
  if (error instanceof FaultError) {
    const { code, message, hint } = error.fault;
    const wantsRoot = code === 'forbidden' && !message.includes('read-only');
    const byHand = wantsRoot ? asRoot(planned, on) : null;
    const what = byHand === null ? hint : `as root: ${byHand}`;
    return { words: what ? `${message} (${what})` : message, isStale: code === 'stale' };
  }
  if (!isOfSystem(error)) throw error;
  return { words: `what was there cannot be kept: ${whyNotKept(error)}`, isStale: false };
}

async function givenUp(
  group: ApplyGroup,
  { begun, trouble }: { readonly begun: readonly Change[]; readonly trouble: Trouble },
  ground: ApplyGround,
): Promise<Applied> {
  const { words, isStale } = trouble;
  // What somebody else has made of a file meanwhile is theirs, and stays.
  const mine = isStale ? begun.slice(0, -1) : begun;
  const theirs = begun.at(-1);
  if (isStale && theirs) await journal(ground, { type: 'restored', item: theirs.planned.item.id });
  const back = await putBack({ group, begun: mine, how: 'none', wasThere: true }, ground);
  const isAlone = begun.length <= 1;
  const failed = begun.at(-1)?.planned ?? group.items[0];
  return {
    outcome: back !== null ? 'stuck' : isAlone ? 'failed' : 'rolled-back',
    isStale,
    steps: group.items.map((one) => {
      if (one === failed) return step(one, 'failed', back === null ? words : `${words}; ${back}`);
      const wasBegun = begun.some(({ planned }) => planned === one);
      return step(one, wasBegun ? 'rolled-back' : 'not-run', '');
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

function isMissing({ id }: Service, report: Report): boolean {
  const seen = report.services.find((one) => one.id === id);
  const facts = (seen && unitCheckOf(seen)?.facts) ?? {};
  return facts['domain'] === null || facts['loadState'] === 'not-found';
}

/** What was not well before is not the fault of what was written. */
async function isUnwell(service: Service, { act }: ApplyGround): Promise<boolean> {
  return isBad(await lookAtService(service, act));
}

function step({ item }: PlannedItem, state: AppliedStep['state'], note: string): AppliedStep {
  return { id: item.id, what: 'write', state, note };
}

function ofService({ id }: Service, { state, words }: Served): AppliedStep {
  return { id, what: 'service', state: state === 'done' ? 'done' : 'failed', note: words };
}
