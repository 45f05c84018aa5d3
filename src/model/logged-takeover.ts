import type { Takeover } from './adoption.ts';
import type { Json, JsonObject } from './json.ts';

/** A takeover of an apply. */
export type LoggedTakeover = Takeover;

/** Those of a journal that were begun and not given back since, nor taken up by another apply. */
export function takeoversOf(lines: readonly JsonObject[]): readonly LoggedTakeover[] {
  return lines.flatMap((line, index) => {
    const takeover = line['type'] === 'takeover' ? takeoverOf(line['takeover']) : null;
    if (takeover === null) return [];
    const { service } = takeover.adoption;
    const isBack = lines
      .slice(index)
      .some((one) => one['type'] === 'given-back' && one['service'] === service);
    return isBack ? [] : [takeover];
  });
}

/** It was written by this program alone: what has its marks is whole. */
function takeoverOf(value: Json | undefined): Takeover | null {
  const takeover = value as unknown as Partial<Takeover> | null | undefined;
  return isAdoption(takeover?.adoption) ? (takeover as Takeover) : null;
}

/** Whether a value that was kept is an adoption. */
export function isAdoption(value: unknown): boolean {
  const { id, service, host, unit, process, manager } = (value ?? {}) as Record<string, unknown>;
  const texts = [id, service, host, unit].every((one) => typeof one === 'string' && one !== '');
  const { pid, startTicks, bootId, argv } = (process ?? {}) as Record<string, unknown>;
  const isSeen = typeof pid === 'number' && pid > 1 && /^\d+$/.test(`${startTicks}`);
  return (
    texts &&
    isSeen &&
    typeof bootId === 'string' &&
    Array.isArray(argv) &&
    argv.length > 0 &&
    typeof manager === 'object'
  );
}
