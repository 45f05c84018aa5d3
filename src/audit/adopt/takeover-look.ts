/**
 * POSIX sh that looks whether a takeover may be, carries it out and takes it back; what it is about stands
 * in `jc_` variables before it. Nothing is ever ended but the very process that was seen: its number, when
 * it began and its arguments are compared right before every signal.
 */
export const takeoverLook = String.raw`LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
die() { printf '%s\n' "$*" >&2; exit 1; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
ticks() {
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  set -- $(printf '%s' "$line" | sed 's/^.*) //')
  case $1 in Z | X) return 0 ;; esac
  shift 19
  printf '%s' "$1"
}
same() {
  [ "$(cat /proc/sys/kernel/random/boot_id)" = "$jc_boot_id" ] || return 1
  [ "$(ticks "$jc_pid")" = "$jc_ticks" ] || return 1
  [ "$(cat "/proc/$jc_pid/cmdline" 2>/dev/null | hex)" = "$jc_arguments" ]
}
listening() {
  [ -n "$jc_port" ] || return 1
  grep -Eqs "^ *[0-9]+: [0-9A-F]+:$jc_port [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6
}
setpriv=$(command -v setpriv)
as_user() {
  if [ "$jc_uid" = "$(id -u)" ]; then "$@"
  else "$setpriv" --reuid "$jc_uid" --regid "$(id -g "$jc_user")" --init-groups "$@"
  fi
}
of_unit() {
  if [ "$jc_kind" = systemd ]; then systemctl --no-ask-password "$@"
  else as_user env "XDG_RUNTIME_DIR=/run/user/$jc_uid" systemctl --user "$@"
  fi
}
of_pm2() { (jc_environment; as_user pm2 "$@"); }
crontab_of() { crontab -u "$jc_entry_user" "$@"; }
has_line() {
  case $jc_entry in
  crontab) crontab_of -l 2>/dev/null | grep -Fxq -e "$1" ;;
  cron-file) grep -Fxqs -e "$1" "$jc_entry_path" ;;
  esac
}
is_in_boot() {
  if [ "$jc_entry" = supervisor ]; then [ -e "$jc_entry_path" ]; else has_line "$jc_entry_line"; fi
}
is_out_of_boot() {
  if [ "$jc_entry" = supervisor ]; then [ -e "$jc_entry_path.off" ]; else has_line "$jc_mark$jc_entry_line"; fi
}
look() {
  [ "$(id -u)" = 0 ] || die "only root may take over there"
  if [ -n "$jc_entry" ] && ! is_in_boot && ! is_out_of_boot; then
    die "what starts it at a boot is another one than was seen"
  fi
  if same; then
    echo same
    printf 'environment '
    hex <"/proc/$jc_pid/environ"
    echo
    case $jc_kind in systemd | systemd-user)
      if of_unit is-enabled --quiet "$jc_name" 2>/dev/null; then echo enabled; fi ;;
    esac
  elif systemctl is-active --quiet "$jc_unit"; then echo over
  elif listening; then echo other
  else echo gone
  fi
}
`;
