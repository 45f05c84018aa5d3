import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import { collect, defaultMaxBytes } from './collect.ts';
import type { CallOptions, ExecOutput, ExecRequest } from './contract.ts';
import { type Deadline, withDeadline } from './deadline.ts';
import { programFault } from './fault-of-error.ts';
import { floodFault } from './flood.ts';
import { createLimit } from './limit.ts';
import { createProcessGroups, type ProcessGroups } from './process-groups.ts';
import { programIn } from './program-in.ts';

export const maxProcesses = 8;

/** Gets a way to read what a program has said so far on its standard error. */
type Watch = (stderr: () => string) => void;

interface LocalRequest extends Omit<ExecRequest, 'on'> {
  /** What messages call it; its own name unless told. */
  readonly name?: string;
}

/** Runs programs on this machine; `count` says how many were ever started, `close` ends those that still run. */
export interface Exec {
  exec(request: LocalRequest, options: CallOptions, watch?: Watch): Promise<ExecOutput>;
  count(): number;
  close(): void;
}

/**
 * Programs run without a shell and with no input but the given one, each in a process group of its own, so that a
 * deadline ends what they have started too. Messages are in one language on every machine
 * (`LC_ALL=C`), because kinds parse them. Past the cap a program is ended; where the head alone is
 * wanted, the rest is read and dropped, and its exit code stays true.
 */
export function createExec(): Exec {
  const limit = createLimit(maxProcesses);
  const groups = createProcessGroups();
  return {
    exec: (request, options, watch = () => {}) =>
      limit.run('processes', options.signal, async () => {
        // Large, and not needed by a run without commands.
        const { execa } = await import('execa');
        return withDeadline(options, (deadline) =>
          runProgram(execa, request, { deadline, groups, watch }),
        );
      }),
    count: groups.count,
    close: groups.killAll,
  };
}

type Execa = typeof import('execa').execa;

interface Running {
  readonly deadline: Deadline;
  readonly groups: ProcessGroups;
  readonly watch: Watch;
}

async function runProgram(
  execa: Execa,
  {
    argv,
    input,
    maxBytes = defaultMaxBytes,
    headOnly = false,
    heard,
    name = programIn(argv),
  }: LocalRequest,
  { deadline, groups, watch }: Running,
): Promise<ExecOutput> {
  const [program, ...args] = argv;
  const child = execa(program, args, {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    detached: true,
    buffer: false,
    reject: false,
    env: { LC_ALL: 'C' },
  });
  let flooded = false;
  const onFlood = (): void => {
    if (headOnly) return;
    flooded = true;
    kill();
  };
  const out = collect(child.stdout, maxBytes, onFlood, heard);
  const err = collect(child.stderr, maxBytes, onFlood);
  watch(err.text);
  deadline.late = (span) => faultOf('timeout', `${name} did not end within ${span}`);
  const { pid } = child;
  if (pid !== undefined) groups.started(pid);
  const kill = (): void => {
    if (pid !== undefined) groups.kill(pid);
    // What has left the group may still hold these open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  deadline.signal.addEventListener('abort', kill, { once: true });
  const result = await child;
  if (pid === undefined) throw programFault(result.cause, program);
  groups.ended(pid);
  if (flooded) throw new FaultError(floodFault(name, maxBytes));
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stdout: out.text(),
    stderr: err.text(),
    truncated: out.truncated() || err.truncated(),
  };
}
