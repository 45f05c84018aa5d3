import { prelude } from '../shell/prelude.ts';

/**
 * Looks at one mount point: its parameters are the seconds to wait for what hangs, then the path.
 * The table is the kernel's and answers always; df(1) asks the file system itself (stat, statfs).
 */
export const mountScript = `# joelclaw: mount
${prelude}
main() {
  limits "$1"
  if [ -r /proc/mounts ]; then section table cat /proc/mounts; else section mount /sbin/mount; fi
  guarded space df -kP "$2"
  settle
}
main "$@" </dev/null
`;
