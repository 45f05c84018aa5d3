import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import type { BoundCheck, Previous } from '../../src/kinds/contract.ts';
import { createLab, type Lab } from '../../src/lab/index.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lab/virtual-clock.ts';
import type { Network } from '../../src/model/check.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Result } from '../../src/model/result.ts';
import { classOf } from '../../src/model/state.ts';

/** 2026-02-18T09:00:00Z */
export const startMs = Date.UTC(2026, 1, 18, 9);

export const options = { timeoutMs: 5000, signal: new AbortController().signal };

export interface Bench {
  readonly clock: VirtualClock;
  readonly lab: Lab;
  readonly network: Network<BoundCheck>;
}

/** A scenario under a virtual clock, its inventory read by the real parser, bound to the real kinds. */
export function benchOf(scenario: string): Bench {
  const clock = createVirtualClock(startMs);
  const lab = createLab(scenario, { clock });
  return { clock, lab, network: bind(inventoryOf(lab)) };
}

export function inventoryOf({ name, inventoryText: text }: Lab): Inventory {
  const parsed = parseInventory({ file: `${name}.yaml`, text, env: {} });
  if (parsed.ok) return parsed.inventory;
  throw new Error(parsed.faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}

/** One result of each check, or of those whose id is named, by check id. */
export async function sample(
  { clock, lab, network }: Bench,
  more: { readonly only?: string; readonly previous?: ReadonlyMap<string, Result> } = {},
): Promise<ReadonlyMap<string, Result>> {
  const { signal } = options;
  const checks = network.checks.filter(({ id }) => id === (more.only ?? id));
  const results = checks.map(({ id, run }) =>
    run({ transports: lab.transports, signal, previous: previousOf(more.previous?.get(id)) }),
  );
  const all = await clock.until(Promise.all(results));
  return new Map(all.map((result) => [result.check, result]));
}

function previousOf(result: Result | undefined): Previous | null {
  return result ? { ...result.verdict, facts: result.facts } : null;
}

/** `check: state note` of all that is not well. */
export function troublesOf(results: ReadonlyMap<string, Result>): readonly string[] {
  return [...results.values()]
    .filter(({ verdict }) => classOf(verdict.state) !== 'good')
    .map(({ check, verdict }) => `${check}: ${verdict.state}, ${verdict.note}`);
}
