/**
 * Whatever listens, with all that has started it; of an environment the names, and a few values that
 * tell of its manager. Who lies about what listens, or about users, is followed only so far.
 */
export const lookAtProcesses = String.raw`hidden() { [ -d "$1" ] && [ ! -x "$1" ]; }
prints() {
  command -v ssh-keygen >/dev/null 2>&1 || return 127
  for one in "$1/authorized_keys" "$1/authorized_keys2"; do
    if [ -s "$one" ]; then ssh-keygen -lf "$one"; fi
  done
}
keys_of() {
  if hidden "$2" || hidden "$2/.ssh"; then none "keys-$1" needs-root "$2/.ssh"
  elif [ -e "$2/.ssh/authorized_keys" ] || [ -e "$2/.ssh/authorized_keys2" ]; then frame "keys-$1" prints "$2/.ssh"
  fi
}
keys() {
  users=0
  while IFS=: read -r user word uid gid name home shell; do
    case $shell in *nologin | */false | */sync) continue ;; esac
    case $user in *[!A-Za-z0-9._-]* | '') continue ;; esac
    users=$((users + 1))
    if [ "$users" -gt 64 ]; then none keys cut-off 'more than 64 users'; break; fi
    limited keys_of "$user" "$home"
  done </etc/passwd
} 2>/dev/null
links() { for name in exe cwd fd/0 fd/1 fd/2; do printf '%s %s\n' "$name" "$(readlink "/proc/$1/$name")"; done; }
arguments() { tr '\0' '\n' <"/proc/$1/cmdline"; }
told_names='^(name|pm_id|PM2_HOME|STY|TMUX|SUPERVISOR_PROCESS_NAME|SUPERVISOR_GROUP_NAME|INVOCATION_ID|JOURNAL_STREAM|XDG_SESSION_ID|HOME|USER|PORT|PDF_LIBRARY_PATH|OLLAMA_HOST)='
environment() { tr '\0\n' '\n ' <"/proc/$1/environ" | sed -E "/$told_names/!s/=.*//"; }
written() {
  tr '\0' '\n' <"/proc/$1/cmdline" | head -n 6 | while IFS= read -r one; do
    case $one in
      '' | -* | 0) ;;
      /*) stat -L -c '%Y %n' -- "$one" ;;
      *) stat -L -c '%Y %n' -- "/proc/$1/cwd/$one" ;;
    esac
  done 2>/dev/null
}
process() {
  builtin "links-$1" links "$1"
  builtin "arguments-$1" arguments "$1"
  builtin "environment-$1" environment "$1"
  builtin "written-$1" written "$1"
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
    count=$((count + 1))
    if [ "$count" -gt 128 ]; then return; fi
    limited process "$pid"
    parent "$pid" 2>/dev/null
    pid=$parent
    [ -n "$pid" ] || return
  done
}
owners() {
  ls -l /proc/[0-9]*/fd 2>/dev/null |
    sed -n -e 's|^/proc/\([0-9]*\)/fd:$|pid \1|p' -e 's|.* -> socket:\[\([0-9]*\)\]$|\1|p' |
    while read -r inode owner; do if [ "$inode" = pid ]; then pid=$owner; else printf '%s %s\n' "$inode" "$pid"; fi; done
}
by_inode() {
  listed=' '
  for table in /proc/net/tcp /proc/net/tcp6; do
    while read -r slot near far state queues timer again uid tries inode rest; do
      if [ "$state" = 0A ]; then listed="$listed$inode "; fi
    done <"$table"
  done
  owners | while read -r inode pid; do case $listed in *" $inode "*) printf '%s\n' "$pid" ;; esac; done
}
heard() {
  if command -v ss >/dev/null 2>&1; then ss -H -ltunp | sed 's/pid=/\n/g' | sed -n 's/^\([0-9][0-9]*\),.*/\1/p'
  else by_inode
  fi 2>/dev/null | sort -un | head -n 256
}
listening() {
  pids=$(heard)
  printf '%s\n' "$pids"
}
mains() {
  units=$(ss -H -ltne | sed -n 's|.* cgroup:/system[.]slice/\([^ ]*/\)*\([^/ ]*[.]service\) .*|\2|p' | sort -u)
  if [ -n "$units" ]; then systemctl show -p MainPID --value $units | sed -n '/^[1-9]/p'; fi
} 2>/dev/null
processes() {
  [ -e /proc/1/stat ] || return
  seen= count=0
  for one in $(limited listening 3>/dev/null) $(limited mains 3>/dev/null); do lineage "$one"; done
  if [ "$count" -gt 128 ]; then none lineages cut-off 'more than 128 processes'; fi
  files names /proc/[0-9]*/comm
  probe process-table grep -Hs -E '^(Name|PPid|Uid):' /proc/[0-9]*/status
  probe process-groups grep -Hs -E '^([0-9]+:name=systemd|0:):' /proc/[0-9]*/cgroup
  probe pm2-saved grep -Hs -E '^ *"(name|autorestart)":' /home/*/.pm2/dump.pm2 /root/.pm2/dump.pm2
  probe user-unit-files grep -Hs -E '^(Restart|WantedBy)=' /home/*/.config/systemd/user/*.service /root/.config/systemd/user/*.service /etc/systemd/user/*.service
  builtin user-unit-links ls -d /home/*/.config/systemd/user/*.wants/* /root/.config/systemd/user/*.wants/* /etc/systemd/user/*.wants/*
}
page() {
  HOME=/nonexistent
  export HOME
  if command -v curl >/dev/null 2>&1; then curl -q -sS -i --max-time 3 --max-filesize 65536 "$1"
  else wget -q -S -T 3 -O - "$1"
  fi
}
pages() {
  while [ $# -ge 2 ]; do
    builtin "page-$1" page "http://127.0.0.1:$1$2"
    shift 2
  done
}
`;
