import type { CommandFound } from './command-of.ts';
import type { Wanted } from './proposal.ts';
import type { UnitFacts } from './unit-text.ts';

type Command = Extract<CommandFound, { readonly program: string }> & { readonly unit: string };

interface Made {
  readonly facts: UnitFacts;
  readonly warnings: readonly string[];
}

/** What systemd, a shell or the old manager give by themselves. */
const usual =
  /^(?:_|HOME|USER|LOGNAME|SHELL|PATH|PWD|OLDPWD|SHLVL|TERM|TERMCAP|LANG|LANGUAGE|LC_\w+|MAIL|EDITOR|DISPLAY|SSH_\w+|XDG_\w+|DBUS_\w+|STY|WINDOW|TMUX\w*|INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_\w+|MANAGERPID|SUPERVISOR_\w+|PM2_\w+|pm_\w+|MOTD_SHOWN|LS_COLORS|PORT|HOST|PDF_LIBRARY_PATH|OLLAMA_HOST)$/;
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const ofSystem = /^\/(?:usr|etc|bin|sbin|lib\w*|boot|dev|proc|sys|run|tmp)?(?:\/|$)/;
const devices = /^\/dev\/(?:nvidia|dri|kfd)/;

/** What the unit of a process is made of, and what was left out of it. */
export function unitFactsOf(wanted: Wanted, command: Command): Made {
  const { service, host, look, environmentFile, isStrict } = wanted;
  const { user, workingDirectory } = look.process;
  const { program, argv0, rest, unit } = command;
  const given = look.environment.filter((one) => one.includes('='));
  const names = look.environment.filter((one) => !one.includes('=') && !usual.test(one));
  const writes = writesOf(wanted, given);
  const usesDevices = look.writes.some((path) => devices.test(path));
  const isOfTailnet = host.tailscale !== null;
  const folder = program.slice(0, program.lastIndexOf('/'));
  const path = usualPath.split(':').includes(folder) ? [] : [`PATH=${folder}:${usualPath}`];
  const where = environmentFile ?? 'an EnvironmentFile';
  const facts = {
    ...{ name: unit.replace(/\.service$/, ''), port: service.port, user, program, argv0, rest },
    ...{ workingDirectory, environment: [...path, ...given], environmentFile, writes },
    ...{ usesDevices, isOfTailnet, peakBytes: look.peakBytes, threads: look.threads, isStrict },
  };
  return {
    facts,
    warnings: [
      ...(names.length === 0
        ? []
        : [`it was started with ${names.join(', ')}: put what it needs of them into ${where}`]),
      ...(user === 'root' ? ['it runs as root: give it a user of its own'] : []),
      ...(program.startsWith('/tmp/')
        ? [`${program} is in /tmp, which a unit has of its own`]
        : []),
      ...(look.process.executable.endsWith(' (deleted)')
        ? ['what runs is older than what is on the disk: the unit starts the newer one']
        : []),
      ...(isOfTailnet
        ? ['it may talk to the tailnet and to its own host, and to nobody else']
        : []),
      ...(workingDirectory === look.home
        ? [
            `it works in ${look.home}, a home, which it may only read: add a ReadWritePaths= for what it writes there`,
          ]
        : []),
      `it may write ${[...writes, 'a /tmp of its own'].join(', ')}, and nothing else`,
    ],
  };
}

/** Folders that it has files open in, its library, and where it works, where that is nobody's home. */
function writesOf({ seen, look }: Wanted, given: readonly string[]): readonly string[] {
  const { workingDirectory } = look.process;
  const library = given.find((one) => one.startsWith('PDF_LIBRARY_PATH='))?.split('=')[1];
  const seenLibraries = seen.dependencies.flatMap(
    (one) => /^library (\/\S+)$/.exec(one)?.[1] ?? [],
  );
  const open = look.writes
    .filter((path) => path.startsWith('/') && !path.endsWith(' (deleted)'))
    .map((path) => path.slice(0, path.lastIndexOf('/')));
  const all = [...open, ...(library ? [library] : []), ...seenLibraries, workingDirectory];
  const may = all.filter((path) => isOwn(path, look.home));
  const sorted = [...new Set(may)].toSorted();
  return sorted.filter((path) => !sorted.some((up) => up !== path && path.startsWith(`${up}/`)));
}

function isOwn(path: string, home: string): boolean {
  return (
    path.startsWith('/') &&
    path !== home &&
    !/^\/(?:root|home\/?[^/]*|var|opt|srv)\/?$/.test(path) &&
    !ofSystem.test(path)
  );
}
