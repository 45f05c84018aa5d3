import { type PlannedItem, writingActions } from '../../model/infra.ts';
import type { Inventory, Service } from '../../model/inventory.ts';
import { inDependencyOrder } from '../blast-radius.ts';
import { isGround } from './plan-objects.ts';

/** The files of one service, which is started anew once for all of them; of none they are only written. */
export interface ApplyGroup {
  readonly service: Service | null;
  readonly items: readonly PlannedItem[];
}

/** Whether an apply has anything to do about it that a person should agree to. */
export function isToDo({ item }: PlannedItem): boolean {
  return writingActions.has(item.action) || item.action === 'reload';
}

/**
 * What is to be done in its order: files that nothing is started for, then services, the least critical
 * first and what others stand on before them, and last the one that runs this joelclaw.
 */
export function applyGroups(
  inventory: Inventory,
  items: readonly PlannedItem[],
  own: string | null,
): readonly ApplyGroup[] {
  const wanted = items.filter(isToDo);
  const serviceOf = ({ item }: PlannedItem): Service | null =>
    inventory.services.find(({ id }) => id === item.service) ?? null;
  const byService = Map.groupBy(wanted, serviceOf);
  const isFirst = (one: Service): boolean => (byService.get(one) ?? []).some(hasGround);
  const services = [...byService.keys()].filter((one) => one !== null);
  const ordered = inDependencyOrder(
    inventory,
    services.map(({ id }) => id),
  )
    .toSorted((a, b) => weight(a, own) - weight(b, own))
    .toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  const alone = byService.get(null) ?? [];
  const manifests = alone
    .filter(isManifest)
    .toSorted((a, b) => Number(hasGround(b)) - Number(hasGround(a)));
  const files = alone.filter((one) => !isManifest(one));
  return [
    ...[files, manifests]
      .filter((own) => own.length > 0)
      .map((own) => ({ service: null, items: own })),
    ...ordered.map((service) => ({ service, items: byService.get(service) ?? [] })),
  ];
}

function isManifest({ objects = [] }: PlannedItem): boolean {
  return objects.length > 0;
}

/** Others cannot be without it: a namespace. */
function hasGround({ objects = [] }: PlannedItem): boolean {
  return objects.some(isGround);
}

function weight({ id, critical }: Service, own: string | null): number {
  if (id === own) return 2;
  return critical ? 1 : 0;
}
