import { manifestsKind } from '../../model/explain-drift.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { refreshCockpit } from '../one-state/ask-cockpit.ts';
import type { OpenInfra } from './open-infra.ts';

/** Has a running cockpit look again at the files and services that were touched. */
export async function refreshAfter(
  items: readonly PlannedItem[],
  { open, context }: OpenInfra,
): Promise<void> {
  if (context.signal.aborted) return;
  const hosts = new Set(items.map(({ item }) => item.host));
  const services = new Set(items.flatMap(({ item }) => item.service ?? []));
  const hasObjects = items.some(({ objects }) => objects !== undefined);
  const checks = open.network.checks.filter(
    ({ kind, host, service }) =>
      (service !== null && services.has(service)) ||
      (kind === 'file' && hosts.has(host)) ||
      (kind === manifestsKind && hasObjects),
  );
  await refreshCockpit(
    open,
    checks.map(({ id }) => id),
    context,
  );
}
