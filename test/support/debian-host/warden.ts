import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a test host is made of outside of itself. */
export interface Belongings {
  /** Its network namespace, its near end of the cable, and its cgroups' name. */
  readonly name: string;
  readonly link: string;
  /** Its root is mounted in it, and itself is a mount. */
  readonly folder: string;
}

export interface Warden {
  /** Removes all of it now, and resolves when it is gone. */
  remove(): Promise<void>;
}

/** Where a process may be put into a cgroup of its own: version 2, alone or beside version 1. */
export const cgroupFolders = '/sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup';

/** Waits until whoever holds its input has let go of it, however that happens. */
const script = `
cat >/dev/null
for round in 1 2 3 4 5; do
  pids=$(ip netns pids "$1")
  [ -z "$pids" ] && break
  kill -9 $pids
  sleep 0.2
done
ip link delete "$2"
ip netns delete "$1"
umount --lazy "$3/root"
umount --lazy "$3"
rm -rf --one-file-system "$3"
for base in ${cgroupFolders}; do
  [ -d "$base/$1" ] && find "$base/$1" -depth -type d -exec rmdir {} ';'
done
`;

/**
 * Sets a process of its own to clear up after a host: it does so when it is told to, and when this
 * process is gone, also by SIGKILL.
 */
export function setWarden({ name, link, folder }: Belongings): Warden {
  const child: ChildProcess = spawn('sh', ['-c', script, 'warden', name, link, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  return {
    remove: async () => {
      child.ref();
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
  };
}
