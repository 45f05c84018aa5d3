import type { Wish } from '../../src/actions/plan-refusals.ts';
import type { Service } from '../../src/model/inventory.ts';

/** What the tests of actions wish for. */
export function wished(
  service: Service,
  verb: Wish['verb'] = 'restart',
  object: string | null = null,
): { readonly service: Service; readonly wish: Wish } {
  return { service, wish: { verb, object } };
}
