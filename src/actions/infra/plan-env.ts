import { envKeys } from '../../kinds/file/env-keys.ts';

/** What an environment would be, and the names that only a person can give a value. */
export interface PlannedEnv {
  /** Null where there is nothing to add. */
  readonly text: string | null;
  readonly wantsValue: readonly string[];
}

const keyOf = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/;

/** A file that is not there is made of its example; a name without a value is left as a remark. */
export function createEnv(example: string): PlannedEnv {
  const lines = example
    .split('\n')
    .map((line) => (isUnset(line) ? `# wants a value: ${line}` : line));
  return { text: lines.join('\n'), wantsValue: unsetKeys(example, envKeys(example)) };
}

/**
 * Names that it lacks and that have a default are put at its end. No line that is there is changed,
 * moved or taken away.
 */
export function appendEnv(example: string, live: string): PlannedEnv {
  const found = new Set(envKeys(live));
  const lacking = envKeys(example).filter((key) => !found.has(key));
  const wantsValue = unsetKeys(example, lacking);
  const added = example.split('\n').filter((line) => {
    const key = keyOf.exec(line)?.[1];
    return key !== undefined && lacking.includes(key) && !isUnset(line);
  });
  if (added.length === 0) return { text: null, wantsValue };
  const before = live === '' || live.endsWith('\n') ? live : `${live}\n`;
  return { text: `${before}${added.join('\n')}\n`, wantsValue };
}

function isUnset(line: string): boolean {
  const value = keyOf.exec(line)?.[2];
  return value !== undefined && /^\s*(?:""|'')?\s*(?:#.*)?$/.test(value);
}

function unsetKeys(example: string, among: readonly string[]): readonly string[] {
  const unset = example
    .split('\n')
    .filter(isUnset)
    .map((line) => keyOf.exec(line)?.[1]);
  return among.filter((key) => unset.includes(key));
}
