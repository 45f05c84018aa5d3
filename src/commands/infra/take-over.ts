import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import type { Adoption, Takeover } from '../../model/adoption.ts';
import { writingActions } from '../../model/infra.ts';
import { adoptionOf, dropAdoption } from './adoption-file.ts';
import { type ApplyGround, journal, nowOf } from './apply-ground.ts';
import type { ApplyStore } from './apply-store.ts';
import { runTakeover } from './run-takeover.ts';
import { howToServe } from './serve-group.ts';
import { whyNotNow } from './start-anew.ts';
import { unitOf } from './unit-file.ts';

/** A takeover that may be, and the apply in whose journal it stands. */
export interface PendingTakeover {
  readonly takeover: Takeover;
  readonly environment: string;
  readonly apply: string;
  /** The apply that had begun it, and has passed it on. */
  readonly passedBy: string | null;
  /** The unit runs already: the old has been ended before. */
  readonly isTaken: boolean;
}

/**
 * What is to be ended before a unit is written and started, where a service waits to be adopted; words
 * where that must not be now: nothing was touched then.
 */
export async function pendingTakeover(
  group: ApplyGroup,
  ground: ApplyGround,
): Promise<PendingTakeover | string | null> {
  const { service } = group;
  const { open } = ground.act;
  if (service === null || ground.undoes !== null) return null;
  const adoption = await adoptionOf(open, service.id);
  const { manager } = service;
  if (adoption === null || manager.kind !== 'systemd' || manager.user) return null;
  const unitItem = group.items.find(
    (one) => one.item.kind === 'systemd' && unitOf(one).name === adoption.unit,
  );
  const isReload = group.items.some(({ item }) => item.action === 'reload');
  if (manager.unit !== adoption.unit || (unitItem === undefined && !isReload)) return null;
  const how = howToServe(group, ground);
  if (how === 'mark')
    return `${service.id} waits to be adopted, and must be started for that: leave --no-restart out`;
  if (how !== 'restart') return null;
  const refusal = await whyNotNow(service, ground.act);
  if (refusal) return `${refusal.message} (${refusal.hint})`;
  const isWritten = unitItem !== undefined && writingActions.has(unitItem.item.action);
  return lookAgain({ adoption, isWritten }, ground);
}

interface Looked {
  readonly adoption: Adoption;
  readonly isWritten: boolean;
}

async function lookAgain(
  { adoption, isWritten }: Looked,
  { act, store, id }: ApplyGround,
): Promise<PendingTakeover | string | null> {
  const { service, host, process } = adoption;
  const none = { adoption, wasRunning: false, wasEnabled: false, environment: null };
  const said = await runTakeover('look', { takeover: none, environment: '' }, act);
  if (said.failed !== null) return `${service} is not taken over: ${said.failed}`;
  const [state] = said.lines;
  const earlier = await begunBy(store, adoption);
  if (state === 'other') {
    const again = `joelclaw audit ${host} --adopt ${service.slice(host.length + 1)}`;
    return `what serves ${service} is not process ${process.pid}, which was seen: nothing is ended (${again} looks anew)`;
  }
  if (state === 'over' && (earlier === null || earlier.isProved)) {
    await dropAdoption(act.open, service);
    return null;
  }
  const isHeld = earlier !== null && (state === 'over' || !isWritten);
  const place = {
    apply: isHeld ? earlier.apply : id,
    passedBy: isHeld ? null : (earlier?.apply ?? null),
    isTaken: state === 'over',
  };
  if (state !== 'same' && earlier !== null) {
    const { takeover } = earlier;
    const kept = takeover.environment && (await store.kept(earlier.apply, takeover.environment));
    return { takeover, environment: kept ?? '', ...place };
  }
  const environment = textOf(said.lines.find((line) => line.startsWith('environment ')) ?? '');
  const wasEnabled = said.lines.includes('enabled');
  const takeover = { ...none, wasRunning: state === 'same', wasEnabled };
  return { takeover, environment, ...place };
}

/** An apply that has begun it and did not bring it back. */
async function begunBy(store: ApplyStore, { id, service }: Adoption) {
  const logs = await store.list();
  const found = logs.flatMap(({ id: apply, takeovers, services }) => {
    // It was killed after its proof: what there was to do is done.
    const isProved = services.some((one) => one.service === service && one.note !== null);
    return takeovers.flatMap((takeover) =>
      takeover.adoption.id === id ? [{ apply, takeover, isProved }] : [],
    );
  });
  return found.at(-1) ?? null;
}

function textOf(line: string): string {
  const bytes = (line.slice('environment '.length).match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return Buffer.from(bytes).toString('utf8');
}

/** Keeps how the old was, then ends it; why that failed, or null. */
export async function takeOver(
  { takeover, environment, apply, passedBy, isTaken }: PendingTakeover,
  ground: ApplyGround,
): Promise<string | null> {
  const { act, store, id } = ground;
  const { service, manager } = takeover.adoption;
  const { kind, name } = manager;
  if (isTaken) return null;
  const kept = { ...takeover, environment: 'old.environment' };
  if (apply === id) {
    await store.keep(id, kept.environment, environment);
    await journal(ground, { type: 'takeover', takeover: kept });
  }
  if (passedBy !== null) {
    const note = `taken up by ${id}`;
    await store.append(passedBy, { type: 'given-back', at: nowOf(ground), service, note });
  }
  const { failed } = await runTakeover('take', { takeover: kept, environment }, act);
  if (failed === null)
    ground.tell(`✓ ${service}: ${kind}${name === null ? '' : ` ${name}`} is ended`);
  return failed;
}

/** What it takes to bring back what an apply has ended. */
export interface GivingBack extends Pick<ApplyGround, 'act' | 'store' | 'tell'> {
  /** The apply in whose journal it stands. */
  readonly apply: string;
}

/** Ends the unit and has the old run again, with what starts it at a boot; why that failed, or null. */
export async function giveBack(
  takeover: Takeover,
  { act, store, apply, tell }: GivingBack,
): Promise<string | null> {
  const { service } = takeover.adoption;
  const environment = takeover.environment && (await store.kept(apply, takeover.environment));
  const { failed } = await runTakeover(
    'give-back',
    { takeover, environment: environment ?? '' },
    act,
  );
  if (failed !== null) return `what ran before was not brought back: ${failed}`;
  await store.append(apply, { type: 'given-back', at: nowOf({ act }), service, note: '' });
  tell(`↩ ${service} runs as it did before`);
  return null;
}
