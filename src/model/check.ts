import type { Inventory, Timing } from './inventory.ts';

/**
 * A check whose trouble explains another's, or a part of one (`panda/tailscale#nas`). `through`: the
 * other is measured by way of this one (its ssh connection, its cluster), so that nothing is known
 * of it while this one is unknown.
 */
export interface Parent {
  readonly check: string;
  readonly through: boolean;
}

/** A check as the model knows it: data, without the means to run it. */
export interface Check extends Timing {
  readonly id: string;
  readonly host: string;
  /** The service that it belongs to; null for a host's own check. */
  readonly service: string | null;
  readonly kind: string;
  readonly name: string;
  readonly parents: readonly Parent[];
}

/** The inventory together with the checks that come of it, in the inventory's order. */
export interface Network<C extends Check = Check> {
  readonly inventory: Inventory;
  readonly checks: readonly C[];
}
