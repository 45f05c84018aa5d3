/**
 * POSIX sh that starts a process again in a session of screen(1) or tmux(1), which may have stayed when the
 * process ended, and may be gone. It goes there by a script that lies in memory, for its user alone, and
 * takes itself away as it begins: a session has surroundings of its own, and screen reads quotes and dollars
 * of a command in its own way.
 */
export const takeoverSession =
  String.raw`memory() { if [ -d /dev/shm ]; then echo /dev/shm; else echo /tmp; fi; }
of_tmux() { as_user tmux \${jc_socket:+-S "$jc_socket"} "$@"; }
in_tmux() {
  jc_socket=\${jc_tmux%%,*} was=\${jc_tmux#*,}
  [ -S "$jc_socket" ] || jc_socket=
  session=$(printf %s "$jc_session" | tr . _) target=
  if [ -n "$jc_tmux" ] && of_tmux list-sessions -F '#{pid},#{session_id}' 2>/dev/null | tr -d '$' | grep -Fxq -e "$was"; then
    target="\$\${was#*,}:"
  elif of_tmux has-session -t "=$session" 2>/dev/null; then target="=$session:"
  fi
  if [ -n "$target" ]; then of_tmux new-window -d -t "$target" "$@"
  else of_tmux new-session -d -s "$session" "$@"
  fi
}
in_screen() {
  there=$(as_user screen -ls 2>/dev/null | sed -n '/(Dead/d; s/^[[:space:]]*\([0-9][0-9]*\.[^[:space:]]*\)[[:space:]].*/\1/p' |
    while read -r one; do if [ "\${one#*.}" = "$jc_session" ]; then echo "$one"; fi; done | head -n 1)
  if [ -n "$there" ]; then as_user screen -S "$there" -X screen "$@"
  else as_user screen -dmS "$jc_session" "$@"
  fi
}
in_session() (
  around=$(as_user mktemp "$(memory)/joelclaw.XXXXXX") || exit 1
  printf 'rm -f "$0"\n%s%s' "$jc_around" "$jc_start" | as_user sh -c 'cat >"$0"' "$around" || exit 1
  jc_environment
  if "in_$jc_kind" sh "$around"; then exit 0; fi
  rm -f "$around"
  exit 1
)
`.replaceAll('\\${', '${');
