import { isJsonObject, type JsonObject } from '../../model/json.ts';

/** A container whose log can be asked for: one that runs; null where no pod has one. */
export function firstSpeaker(
  pods: readonly JsonObject[],
): { readonly namespace: string; readonly pod: string; readonly container: string } | null {
  for (const { metadata, status } of pods) {
    if (!isJsonObject(metadata) || !isJsonObject(status)) continue;
    const { namespace, name: pod } = metadata;
    const container = runningIn(status);
    if (typeof namespace === 'string' && typeof pod === 'string' && container !== null)
      return { namespace, pod, container };
  }
  return null;
}

function runningIn({ containerStatuses }: JsonObject): string | null {
  if (!Array.isArray(containerStatuses)) return null;
  for (const one of containerStatuses as readonly unknown[]) {
    if (!isJsonObject(one) || !isJsonObject(one['state'])) continue;
    if ('running' in one['state'] && typeof one['name'] === 'string') return one['name'];
  }
  return null;
}
