import { readdirSync, readFileSync } from 'node:fs';

/** What a process has cost: its processor time so far (all threads) and its memory now. */
export interface ProcessCost {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

interface Row extends ProcessCost {
  readonly pid: number;
  readonly parent: number;
}

/** USER_HZ, the unit of times in /proc: 100 on every Linux that Node runs on. */
const tickMs = 10;

/** The cost of a process and of all that it has started; null where there is no /proc (a Mac). */
export function costOf(pid: number): ProcessCost | null {
  const family = new Set([pid]);
  const members = rows().filter((row) => {
    if (family.has(row.parent)) family.add(row.pid);
    return family.has(row.pid);
  });
  if (members.length === 0) return null;
  return {
    cpuMs: members.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rssBytes: members.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
  };
}

/** All processes, parents before what they started. */
function rows(): readonly Row[] {
  return names()
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => rowOf(Number(name)) ?? [])
    .sort((a, b) => a.pid - b.pid);
}

function names(): readonly string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

/** proc_pid_stat(5): after the name in brackets, field 4 is the parent, 14 and 15 are ticks. */
function rowOf(pid: number): Row | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const cpuMs = (field(14) + field(15)) * tickMs;
    return { pid, parent: field(4), cpuMs, rssBytes: Number(kilobytes ?? 0) * 1024 };
  } catch {
    return null;
  }
}
