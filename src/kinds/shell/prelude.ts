/**
 * Functions that begin a script for `/bin/sh -s`, in POSIX sh: dash, bash, BusyBox ash and macOS' sh
 * know every word. They write nothing, as even a here-document is a file in some shells.
 *
 * A section is framed, so that what is missing (no section), empty and cut off are told apart. What
 * may hang (a dead NFS mount) is `guarded`: asked beside the others for `$seconds`, each of its lines
 * written at once and under its own name, as those of others come between them; whoever has not
 * answered when `settle` ends has no section or was ended by a signal. `timeout` ends what hangs
 * where that is installed, in its old BusyBox spelling too. Where it is not (macOS), each is a
 * process group of its own (`set -m`), that the guard ends a second later: nothing may pile up,
 * sample after sample. The guard lets go of what goes on anyway, and so that must hold none of our
 * outputs.
 */
export const prelude = String.raw`
LC_ALL=C
export LC_ALL
section() {
  id=$1
  shift
  printf '@@BEGIN %s\n' "$id"
  "$@" 2>&1
  printf '\n@@END %s %s\n' "$id" "$?"
}
file() {
  if [ -e "$2" ]; then section "$1" show "$2"; fi
}
show() {
  while IFS= read -r line || [ -n "$line" ]; do printf '%s\n' "$line"; done <"$1"
}
guarded() {
  id=$1
  shift
  (
    said=$($limit "$@" 2>&1)
    ended=$?
    [ -n "$said" ] || said=' '
    set -f
    IFS='
'
    for line in $said; do printf '@@SAID %s %s\n' "$id" "$line"; done
    printf '@@END %s %s\n' "$id" "$ended"
  ) 2>/dev/null &
  asked="$asked $!"
}
settle() {
  if [ -n "$asked" ]; then await; fi
  printf '@@DONE\n'
}
await() {
  (
    trap 'kill $nap; exit' TERM
    sleep $((seconds + 1)) &
    nap=$!
    wait $nap || exit
    for one in $asked; do kill -9 -"$one" || kill -9 "$one"; done
  ) >/dev/null 2>&1 &
  guard=$!
  wait $asked
  kill $guard 2>/dev/null
}
limits() {
  echo
  asked=
  limit=
  seconds=$1
  if timeout 1 true; then limit="timeout $1"
  elif timeout -t 1 true; then limit="timeout -t $1"
  else set -m
  fi >/dev/null 2>&1
}
`;
