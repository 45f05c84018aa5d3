import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultError } from '../../model/errors.ts';
import { connectionLost, type Fault, isHangUp } from '../../model/fault.ts';
import type { Deadline } from '../deadline.ts';
import type { Exec } from '../exec.ts';
import { noResolver } from '../fault-of-error.ts';
import { programIn } from '../program-in.ts';
import { exitMs } from './end-there.ts';
import { hungUpInLogin } from './handshake-fault.ts';
import type { OpenLine, SshLine } from './line.ts';
import { opensshArgs } from './openssh-args.ts';
import { opensshFault } from './openssh-fault.ts';
import { faultOfMaster, noLimitMs } from './openssh-trouble.ts';
import { asJumps, type SshPlace } from './place.ts';
import { createPrivateFolder } from './private-folder.ts';
import { asksForBrowser, browserFault } from './tailscale-check.ts';
import { endingOf, tellingPid, withoutPid } from './told-pid.ts';
import { watchLookup } from './watch-lookup.ts';

/** What ssh itself ends with when the trouble is its own; a program's 255 comes with other words. */
const ownTrouble = 255;

/** Opens lines with the system's ssh: one master process for each, in a private folder. */
export function createOpensshOpener(programs: Exec): {
  readonly open: OpenLine;
  close(): Promise<void>;
} {
  const folder = createPrivateFolder();
  let count = 0;
  return {
    open: async (place, deadline) => {
      const control = join(await folder.path(), String(count++));
      await startMaster(programs, { place, control, deadline });
      return opensshLine(programs, place, control);
    },
    close: folder.remove,
  };
}

interface Way {
  readonly place: SshPlace;
  readonly control: string;
  readonly deadline: Deadline;
}

/** Logs in and stays in the background until a minute after the last use. */
async function startMaster(programs: Exec, { place, control, deadline }: Way): Promise<void> {
  const argv = [
    'ssh',
    '-f',
    '-N',
    ...opensshArgs(place, control, 'master'),
    '--',
    place.alias,
  ] as const;
  const options = { timeoutMs: noLimitMs, signal: deadline.signal };
  const [first = place] = place.jumps;
  const isFound = watchLookup(first.hostname);
  const unfound = (span: string): Fault => {
    const fault = noResolver(` within ${span}`);
    return first === place ? fault : asJumps(fault, [first]);
  };
  const { exitCode, stderr } = await programs.exec({ argv }, options, (said) => {
    const late = deadline.late;
    deadline.late = (span) => {
      if (asksForBrowser(said())) return browserFault(place);
      return isFound() ? late(span) : unfound(span);
    };
  });
  if (exitCode === 0) return;
  throw new FaultError(await faultOfMaster(programs, { stderr, place, control, deadline }));
}

function opensshLine(programs: Exec, place: SshPlace, control: string): SshLine {
  let open = true;
  const args = opensshArgs(place, control, 'client');
  const endings = new Set<Promise<unknown>>();
  /** The system's ssh sends no signal: what is late over there is ended by a program of its own. */
  const endThere = (stderr: string): void => {
    const command = endingOf(stderr);
    if (command === null) return;
    const argv = ['ssh', '-n', ...args, '--', place.alias, command] as const;
    const options = { timeoutMs: exitMs, signal: new AbortController().signal };
    const ending: Promise<unknown> = programs
      .exec({ argv }, options)
      .catch(() => {})
      .finally(() => endings.delete(ending));
    endings.add(ending);
  };
  const ended = async (request: Parameters<Exec['exec']>[0], signal: AbortSignal) => {
    let said = (): string => '';
    try {
      const options = { timeoutMs: noLimitMs, signal };
      const output = await programs.exec(request, options, (stderr) => {
        said = stderr;
      });
      return { ...output, stderr: withoutPid(output.stderr) };
    } catch (error) {
      endThere(said());
      throw error;
    }
  };
  return {
    isOpen: () => open,
    run: async ({ on: _, argv, input, ...caps }, { signal }) => {
      const noInput = input === undefined ? ['-n'] : [];
      const command = tellingPid(argv);
      const request = {
        argv: ['ssh', ...noInput, ...args, '--', place.alias, command] as const,
        name: programIn(argv),
        ...(input === undefined ? {} : { input }),
        ...caps,
      };
      const output = await ended(request, signal);
      if (output.exitCode !== ownTrouble) return output;
      const fault = opensshFault(output.stderr, place);
      const isLost = !(await access(control).then(
        () => true,
        () => false,
      ));
      if (fault || isLost) {
        open = false;
        // It had been good.
        const hungUp = fault === null || isHangUp(fault) || fault === hungUpInLogin;
        throw new FaultError(hungUp ? connectionLost : fault);
      }
      // It tells a signal by silence, and not which one.
      return output.stderr === '' ? { ...output, exitCode: null, signal: 'unknown' } : output;
    },
    close: async () => {
      open = false;
      await Promise.all(endings);
      const argv = [
        'ssh',
        '-O',
        'exit',
        '-o',
        `ControlPath=${control}`,
        '--',
        place.alias,
      ] as const;
      const options = { timeoutMs: exitMs, signal: new AbortController().signal };
      // One that has ended by itself says so, which is as good; one that does not hear ends in a minute.
      await programs.exec({ argv }, options).catch(() => {});
    },
  };
}
