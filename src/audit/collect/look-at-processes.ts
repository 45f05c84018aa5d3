/** Whatever listens, with all that has started it; of an environment the names, and a few values that tell of its manager. */
export const lookAtProcesses = String.raw`keys() {
  while IFS=: read -r user word uid gid name home shell; do
    if [ -r "$home/.ssh/authorized_keys" ]; then
      probe "keys-$user" ssh-keygen -lf "$home/.ssh/authorized_keys"
    fi
  done </etc/passwd
}
links() { for name in exe cwd fd/0 fd/1 fd/2; do printf '%s %s\n' "$name" "$(readlink "/proc/$1/$name")"; done; }
arguments() { tr '\0' '\n' <"/proc/$1/cmdline"; }
told_names='^(name|pm_id|PM2_HOME|STY|TMUX|SUPERVISOR_PROCESS_NAME|SUPERVISOR_GROUP_NAME|INVOCATION_ID|JOURNAL_STREAM|XDG_SESSION_ID|HOME|USER|PORT|PDF_LIBRARY_PATH|OLLAMA_HOST)='
environment() { tr '\0\n' '\n ' <"/proc/$1/environ" | sed -E "/$told_names/!s/=.*//"; }
process() {
  builtin "links-$1" links "$1"
  builtin "arguments-$1" arguments "$1"
  builtin "environment-$1" environment "$1"
  files "process-$1" "/proc/$1/cgroup" "/proc/$1/stat" "/proc/$1/status" "/proc/$1/loginuid" "/proc/$1/sessionid"
}
parent() {
  parent=
  while read -r key value; do
    if [ "$key" = PPid: ]; then parent=$value; break; fi
  done <"/proc/$1/status"
}
lineage() {
  pid=$1
  while [ "$pid" != 0 ] && [ -e "/proc/$pid/status" ]; do
    case " $seen " in *" $pid "*) return ;; esac
    seen="$seen $pid"
    process "$pid"
    parent "$pid" 2>/dev/null
    pid=$parent
    [ -n "$pid" ] || return
  done
}
listening() {
  if command -v ss >/dev/null 2>&1; then ss -H -ltnp | sed 's/pid=/\n/g' | sed -n 's/^\([0-9][0-9]*\),.*/\1/p'
  else netstat -ltnp | sed -n 's|.* \([0-9][0-9]*\)/.*|\1|p'
  fi 2>/dev/null | sort -un
}
processes() {
  seen=
  for one in $(listening); do lineage "$one"; done
  files names /proc/[0-9]*/comm
}
page() {
  if command -v curl >/dev/null 2>&1; then curl -sS -i --max-time 4 --max-filesize 65536 "$1"
  else wget -q -S -T 4 -O - "$1"
  fi
}
pages() {
  while [ $# -ge 2 ]; do
    builtin "page-$1" page "http://127.0.0.1:$1$2"
    shift 2
  done
}
`;
