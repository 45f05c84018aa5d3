import type { SeenProcess } from '../read/processes.ts';
import type { Subject } from './ground.ts';
import { baseOf } from './words.ts';

/** A shell that reads what to do from a script, and waits for what it has started. */
export interface Script {
  readonly process: SeenProcess;
  /** `./run.sh`, or what it was told by -c. */
  readonly called: string;
}

const shells = /^(?:sh|bash|dash|ash|zsh|ksh)$/;
const loop = /\b(?:while|until|for)\b/;

/** The script that has started a process and is still there; null where none has. */
export function scriptAbove({ lineage: [, parent] }: Subject): Script | null {
  if (parent === undefined) return null;
  const called = scriptIn(parent.command);
  return called === null ? null : { process: parent, called };
}

/** The script of a shell's own words; of what it is told by -c only a loop stays longer than what it starts. */
export function scriptIn([first = '', ...rest]: readonly string[]): string | null {
  if (!shells.test(baseOf(first))) return null;
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const word = rest[at];
  if (word === undefined) return null;
  const isTold = rest.slice(0, at).some((one) => /^-[a-z]*c$/.test(one));
  return isTold && !loop.test(word) ? null : word;
}
