import { faultOf } from '../../model/fault.ts';
import type { Host } from '../../model/inventory.ts';
import type { CallOptions, Machine, Transports } from '../contract.ts';
import type { FileSeen, FileTail, TailRequest, WriteRequest } from '../contract-files.ts';
import { type Deadline, withDeadline } from '../deadline.ts';
import type { Exec } from '../exec.ts';
import { createLimits } from '../limit.ts';
import { programIn } from '../program-in.ts';
import { maxSocketsInAll, type Sockets } from '../sockets.ts';
import { createAskSettings } from './ask-settings.ts';
import { assertKeyFile } from './assert-key-file.ts';
import { assertStarted } from './assert-started.ts';
import type { SshLine } from './line.ts';
import { createLines } from './lines.ts';
import { loadSsh2 } from './load-ssh2.ts';
import { createSsh2Opener } from './open-ssh2.ts';
import { createOpensshOpener } from './openssh.ts';
import type { SshPlace } from './place.ts';
import { readFileArgv, textOfFile } from './remote-file.ts';
import { lookAtFilesThere, maxLookBytes } from './remote-files.ts';
import { machineArgv, machineOf } from './remote-machine.ts';
import { tailThere } from './remote-tail.ts';
import { writeFileThere } from './remote-write.ts';
import { declaredOf, resolvePlace } from './resolve-place.ts';

/** A server takes 10 on one connection unless told (MaxSessions), and others want some too. */
const maxChannels = 4;

/** What a user's own shell may say before it begins. */
const mostGreeting = 64 * 1024;

/** The verbs on hosts behind ssh. */
export interface Ssh extends Pick<Transports, 'exec' | 'machine'> {
  readFile(on: Host, path: string, options: CallOptions): Promise<string>;
  lookAtFiles(
    on: Host,
    paths: readonly string[],
    options: CallOptions,
  ): Promise<readonly FileSeen[]>;
  tailFile(request: TailRequest & { readonly on: Host }, options: CallOptions): Promise<FileTail>;
  writeFile(request: WriteRequest & { readonly on: Host }, options: CallOptions): Promise<void>;
  close(): Promise<void>;
}

/** One kept line to each host, on which at most 4 programs run at once. `pinned` is joelclaw's own known_hosts. */
export function createSsh(sockets: Sockets, programs: Exec, pinned: string | null = null): Ssh {
  const limits = createLimits({ perKey: maxChannels, inAll: maxSocketsInAll });
  const lines = createLines();
  const machines = new WeakMap<SshLine, Machine>();
  const placeOf = rememberPlaces(programs, pinned);
  const openssh = createOpensshOpener(programs);
  const openers = { ssh2: createSsh2Opener(sockets), openssh: openssh.open };

  const onLine = <T>(
    on: Host,
    options: CallOptions,
    work: (line: SshLine, deadline: Deadline) => Promise<T>,
  ): Promise<T> =>
    limits.run(keyOf(on), options.signal, () =>
      withDeadline(options, async (deadline) => {
        const { client } = declaredOf(on);
        const open = openers[client];
        const line = await lines.open(keyOf(on), deadline, async (attempt) => {
          const asked = placeOf(on);
          // Once `ssh -G` has been started, and before it answers.
          if (client === 'ssh2') setImmediate(() => void loadSsh2().catch(() => {}));
          const place = await asked;
          await assertKeyFile(place);
          return open(place, attempt);
        });
        return work(line, deadline);
      }),
    );

  const exec: Ssh['exec'] = (request, options) =>
    onLine(request.on, options, async (line, deadline) => {
      const [program] = request.argv;
      const words = programIn(request.argv);
      deadline.late = (span) => faultOf('timeout', `${words} did not end within ${span}`);
      const output = await line.run(request, deadline);
      assertStarted(output, program, request.on.name);
      return output;
    });

  return {
    exec,
    readFile: async (on, path, options) =>
      textOfFile(
        await exec({ on, argv: readFileArgv(path), headOnly: true }, options),
        `${path} on ${on.name}`,
      ),
    lookAtFiles: async (on, paths, options) => {
      const { argv, read } = lookAtFilesThere(paths);
      return read(await exec({ on, argv, maxBytes: maxLookBytes }, options));
    },
    tailFile: async (request, options) => {
      const { argv, read } = tailThere(request);
      const maxBytes = request.maxBytes + mostGreeting;
      return read(await exec({ on: request.on, argv, maxBytes }, options));
    },
    writeFile: async ({ on, ...request }, options) => {
      const { argv, input, read } = writeFileThere(request);
      read(await exec({ on, argv, input }, options));
    },
    machine: (on, options) =>
      onLine(on, options, async (line, deadline) => {
        const known = machines.get(line);
        if (known) return known;
        const machine = machineOf(await line.run({ on, argv: machineArgv }, deadline), on.name);
        machines.set(line, machine);
        return machine;
      }),
    close: async () => {
      await lines.close();
      await openssh.close();
    },
  };
}

/** A line is shared by all that would go the same way. */
function keyOf(host: Host): string {
  return JSON.stringify(declaredOf(host));
}

/** ssh is asked once for each way, and again only when it could not answer. */
function rememberPlaces(programs: Exec, pinned: string | null): (host: Host) => Promise<SshPlace> {
  const places = new Map<string, Promise<SshPlace>>();
  return (host) => {
    const key = keyOf(host);
    const known = places.get(key);
    if (known) return known;
    const asked = resolvePlace(host, createAskSettings(programs), pinned);
    places.set(key, asked);
    asked.catch(() => places.delete(key));
    return asked;
  };
}
