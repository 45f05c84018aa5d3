import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import type { BoundCheck } from '../../src/kinds/contract.ts';
import { createLab } from '../../src/lab/index.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import type { World } from '../../src/lab/world.ts';
import type { Network } from '../../src/model/check.ts';
import { faultOf } from '../../src/model/fault.ts';
import { check } from '../../src/watch/sample.ts';
import { createWatchedStore, type WatchedStore } from '../../src/watch/store.ts';

/** A moment of the network that the design was drawn for. */
export const labStartMs = Date.parse('2026-02-18T09:00:00Z');

export interface LabStore {
  readonly store: WatchedStore;
  readonly network: Network<BoundCheck>;
  readonly world: World;
  /** Lets a time pass and takes one more sample. */
  sample(afterMs?: number): Promise<void>;
}

/** A store over a lab's scenario in which nothing has been measured yet. */
export function openLab(scenario: string): LabStore {
  const clock = createVirtualClock(labStartMs);
  const lab = createLab(scenario, { clock });
  const parsed = parseInventory({ file: 'inventory.yaml', text: lab.inventoryText, env: {} });
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join('\n'));
  const network = bind(parsed.inventory);
  const store = createWatchedStore(network, { nowMs: clock.now(), lastKnown: null });
  const sample = async (afterMs = 0): Promise<void> => {
    await clock.advance(afterMs);
    const previous = store.getState().state;
    const signal = new AbortController().signal;
    const state = await clock.until(check(network, lab.transports, { previous, signal }));
    store.setState({ state, nowMs: clock.now() });
  };
  return { store, network, world: lab.world, sample };
}

/** After some rounds, ten seconds apart. */
export async function sampledLab(scenario: string, rounds = 1): Promise<LabStore> {
  const lab = openLab(scenario);
  for (let round = 0; round < rounds; round++) await lab.sample(round === 0 ? 0 : 10_000);
  return lab;
}

/** Three services in trouble: a worker that crashes, and two that nobody is let into. */
export async function troubledLab(): Promise<LabStore> {
  const lab = openLab('worker-crash-loop');
  const refused = faultOf('auth', 'the password is not accepted');
  lab.world.fail('localhost:6333', refused);
  lab.world.fail('localhost:6379', refused);
  for (const afterMs of [0, 10_000]) await lab.sample(afterMs);
  return lab;
}
