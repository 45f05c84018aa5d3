import { framing } from './framing.ts';
import { lookAtHost } from './look-at-host.ts';
import { lookAtProcesses } from './look-at-processes.ts';

/**
 * Looks into a host and changes nothing there: no file is written, no daemon started, no disk woken,
 * no password asked for. What would is left out on purpose: hostnamectl, timedatectl and loginctl
 * (D-Bus starts their daemons), lsblk, lspci and smartctl (they wake what sleeps), podman and pm2
 * (they make their folders and daemons), sudo, apt. What may hang comes last. Its parameters are the
 * seconds that it may take in all, then a port and a path for each service whose page is asked for.
 */
export const auditScript = `# joelclaw: audit
tools=${quoted(framing + lookAtHost + lookAtProcesses)}
eval "$tools"
main() {
  limits "$1"
  shift
  identity
  hardware
  network
  units
  schedules
  containers
  updates
  logins
  processes
  keys
  pages "$@"
  space
  printf '\\n@@DONE\\n'
}
main "$@" 3>&1 </dev/null
`;

/** Each probe's own shell is given the same functions, as one word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
