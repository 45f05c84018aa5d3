import { leftBehind } from './left-behind.ts';

/** The process groups that run now, by the id of their first process. */
export interface ProcessGroups {
  started(pid: number): void;
  ended(pid: number): void;
  /** Ends the whole group at once; nothing that only looks needs time to clean up. */
  kill(pid: number): void;
  killAll(): void;
  /** How many were ever started. */
  count(): number;
}

/**
 * A group of its own does not hear the terminal's ctrl-c, so what still runs when this process
 * exits is ended here. Only the id of a group that runs is ever killed: ids are used again.
 */
export function createProcessGroups(): ProcessGroups {
  const running = new Set<number>();
  let count = 0;

  const kill = (pid: number): void => {
    if (!running.has(pid)) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  };
  const killAll = (): void => running.forEach(kill);

  return {
    started: (pid) => {
      count++;
      if (running.size === 0) process.once('exit', killAll);
      running.add(pid);
      leftBehind.add(-pid);
    },
    ended: (pid) => {
      running.delete(pid);
      leftBehind.delete(-pid);
      if (running.size === 0) process.off('exit', killAll);
    },
    kill,
    killAll,
    count: () => count,
  };
}
