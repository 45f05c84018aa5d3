import { takeoverLook } from './takeover-look.ts';
import { takeoverSession } from './takeover-session.ts';

/** Ends the old, waits for its port, takes it out of the boot; or brings all of that back. Read after its settings. */
export const takeoverShell = `${takeoverLook}${taking()}${takeoverSession}${givingBack()}`;

function taking(): string {
  return String.raw`owns() {
  while read -r line; do
    case $line in *"/$jc_name" | *"/$jc_name/"*) return 0 ;; esac
  done <"/proc/$jc_pid/cgroup"
  return 1
}
wait_gone() {
  left=$1
  while [ "$left" -gt 0 ]; do
    same || return 0
    sleep 0.2
    left=$((left - 1))
  done
  return 1
}
end_process() {
  same || return 0
  kill -TERM "$jc_pid" 2>/dev/null || ! same || die "process $jc_pid cannot be ended"
  wait_gone 100 && return 0
  same && kill -KILL "$jc_pid"
  wait_gone 50 || die "process $jc_pid does not end"
}
stop_old() {
  same || return 0
  case $jc_kind in
  systemd | systemd-user)
    owns || die "process $jc_pid is not of $jc_name"
    of_unit stop "$jc_name" || die "$jc_name cannot be stopped" ;;
  pm2)
    [ "$(of_pm2 pid "$jc_name" | tail -n 1)" = "$jc_pid" ] || die "pm2 knows another process of $jc_name"
    of_pm2 stop "$jc_name" >/dev/null && of_pm2 save --force >/dev/null || die "pm2 cannot stop $jc_name" ;;
  supervisor)
    [ "$(supervisorctl pid "$jc_name")" = "$jc_pid" ] || die "supervisor knows another process of $jc_name"
    supervisorctl stop "$jc_name" >/dev/null || die "supervisor cannot stop $jc_name" ;;
  *) end_process ;;
  esac
  wait_gone 100 || die "process $jc_pid does not end"
}
swap_line() {
  FROM=$1 TO=$2 awk '$0 == ENVIRON["FROM"] && !done { print ENVIRON["TO"]; done = 1; next } { print }'
}
change_line() {
  case $jc_entry in
  crontab)
    next=$(crontab_of -l | swap_line "$1" "$2") && [ -n "$next" ] || return 1
    printf '%s\n' "$next" | crontab_of - ;;
  cron-file)
    # No cron runs what begins with a dot, and stays where this is killed.
    next=\${jc_entry_path%/*}/.\${jc_entry_path##*/}.joelclaw-new
    cp -p "$jc_entry_path" "$next" &&
      swap_line "$1" "$2" <"$jc_entry_path" >"$next" &&
      mv "$next" "$jc_entry_path" ;;
  esac
}
leave_boot() {
  case $jc_kind in systemd | systemd-user)
    of_unit disable "$jc_name" >/dev/null 2>&1 || die "$jc_name cannot be disabled" ;;
  esac
  [ -n "$jc_entry" ] && is_in_boot || return 0
  if [ "$jc_entry" = supervisor ]; then
    mv "$jc_entry_path" "$jc_entry_path.off" && supervisorctl update "\${jc_name%%:*}" >/dev/null
  else change_line "$jc_entry_line" "$jc_mark$jc_entry_line"
  fi || die "it cannot be taken out of the boot"
}
take() {
  [ "$(id -u)" = 0 ] || die "only root may take over there"
  stop_old
  leave_boot
  left=25
  while listening && [ "$left" -gt 0 ]; do sleep 0.2; left=$((left - 1)); done
  if listening; then die "something else has its port: what has started it again is not known"; fi
}
`.replaceAll('\\${', '${');
}

function givingBack(): string {
  return String.raw`twin() {
  for one in $(find /proc -maxdepth 1 -name '[0-9]*' -user "$jc_uid" 2>/dev/null); do
    [ "$(cat "$one/cmdline" 2>/dev/null | hex)" = "$jc_arguments" ] || continue
    [ -n "$(ticks "\${one#/proc/}")" ] && return 0
  done
  return 1
}
back_to_boot() {
  if [ "$jc_was_enabled" = yes ]; then of_unit enable "$jc_name" >/dev/null 2>&1 || die "$jc_name cannot be enabled"; fi
  [ -n "$jc_entry" ] && ! is_in_boot || return 0
  if [ "$jc_entry" = supervisor ]; then mv "$jc_entry_path.off" "$jc_entry_path"
  else change_line "$jc_mark$jc_entry_line" "$jc_entry_line" && is_in_boot
  fi || die "what started it at a boot cannot be put back"
}
start_process() {
  case $1 in /*) ;; *) shift; set -- "$jc_program" "$@" ;; esac
  cd "$jc_folder" || die "its folder is gone"
  case $jc_kind in
  screen | tmux) in_session ;;
  *)
    (
      jc_environment
      as_user sh -c 'out=$1; shift; exec setsid nohup "$@" >>"$out" 2>&1 </dev/null' sh "\${jc_output:-/dev/null}" "$@" &
    ) >/dev/null 2>&1 </dev/null ;;
  esac
}
start_again() {
  case $jc_kind in
  systemd | systemd-user) of_unit start "$jc_name" ;;
  pm2) of_pm2 start "$jc_name" >/dev/null && of_pm2 save --force >/dev/null ;;
  supervisor) supervisorctl update "\${jc_name%%:*}" >/dev/null; supervisorctl start "$jc_name" >/dev/null; true ;;
  *) start_process "$@" ;;
  esac
}
start_old() {
  if twin; then return 0; fi
  said=$(mktemp "$(memory)/joelclaw.XXXXXX") || die "it cannot be started again: there is no room"
  if ! (start_again "$@") >"$said" 2>&1; then
    why=$(grep . "$said" | tail -n 1)
    rm -f "$said"
    die "it cannot be started again: \${why:-nothing says why}"
  fi
  rm -f "$said"
  left=100
  while [ "$left" -gt 0 ]; do
    if [ -n "$jc_port" ]; then listening; else twin; fi && return 0
    sleep 0.2
    left=$((left - 1))
  done
  die "it was started again, and does not come up"
}
give_back() {
  [ "$(id -u)" = 0 ] || die "only root may give back there"
  if systemctl cat "$jc_unit" >/dev/null 2>&1; then
    systemctl --no-ask-password disable --now "$jc_unit" >/dev/null 2>&1 || die "$jc_unit cannot be stopped"
  fi
  back_to_boot
  [ "$jc_was_running" = yes ] || return 0
  start_old "$@"
}
main() {
  case $jc_verb in
  look) look ;;
  take) take ;;
  give-back) give_back "$@" ;;
  esac
}
`.replaceAll('\\${', '${');
}
