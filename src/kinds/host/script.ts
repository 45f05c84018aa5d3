import { prelude } from '../shell/prelude.ts';
import { sysctlKeys } from './darwin.ts';

/**
 * Looks into a machine: its parameters are the seconds to wait for what hangs, then mount points.
 * The first line is its name. It is read whole before it runs, and nothing in it reads its input.
 */
export const hostScript = `# joelclaw: host
${prelude}
processors() {
  count=0
  while read -r word rest; do
    case $word in cpu[0-9]*) count=$((count + 1)) ;; esac
  done </proc/stat
  echo "$count"
}
linux() {
  file meminfo /proc/meminfo
  section cpus processors
  file loadavg /proc/loadavg
  file uptime /proc/uptime
  section clock date +%s
  if [ -e /etc/os-release ]; then file release /etc/os-release; else section kernel uname -sr; fi
  file pressure /proc/pressure/memory
  file mdstat /proc/mdstat
}
darwin() {
  section sysctl /usr/sbin/sysctl ${sysctlKeys.join(' ')}
  section clock date +%s
  section memory /usr/bin/vm_stat
  section version /usr/bin/sw_vers -productVersion
}
disks() {
  number=0
  for mount; do
    number=$((number + 1))
    if [ "$system/$mount" = Darwin// ] && [ -d /System/Volumes/Data ]; then
      mount=/System/Volumes/Data
    fi
    guarded "disk-$number" df -kP "$mount"
  done
}
main() {
  limits "$1"
  shift
  system=$(uname -s)
  section system echo "$system"
  case $system in
    Linux) linux ;;
    Darwin) darwin ;;
  esac
  disks "$@"
  settle
}
main "$@" </dev/null
`;
