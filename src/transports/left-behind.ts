import { writeSync } from 'node:fs';

const running = new Set<number>();
let descriptor: number | null = null;

/** What `kill` must be told to end what this process would leave behind: a process, or minus a group's id. */
export const leftBehind = {
  add: (target: number): void => {
    running.add(target);
    write();
  },
  delete: (target: number): void => {
    running.delete(target);
    write();
  },
};

/**
 * Keeps it written at the beginning of an open file, in one line, for whoever ends it when this process is
 * killed and cannot do so itself.
 */
export function writeLeftBehind(to: number): void {
  descriptor = to;
  write();
}

/** What stood there longer is behind the line's end. */
function write(): void {
  if (descriptor === null) return;
  try {
    writeSync(descriptor, `${[...running].join(' ')}\n`, 0);
  } catch {
    // On a full disk what is left behind ends by itself, as it does without a launcher.
    descriptor = null;
  }
}
