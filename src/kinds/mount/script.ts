import { prelude } from '../shell/prelude.ts';

/**
 * Looks at one mount point: its parameters are the seconds to wait for what hangs, then the path.
 * The table is the kernel's and answers always; `ls` and `df` ask the file system itself.
 */
export const mountScript = `# joelclaw: mount
${prelude}
main() {
  limits "$1"
  if [ -r /proc/mounts ]; then section table cat /proc/mounts; else section mount /sbin/mount; fi
  guarded look ls -d "$2/."
  guarded space df -kP "$2"
  settle
}
main "$@" </dev/null
`;
