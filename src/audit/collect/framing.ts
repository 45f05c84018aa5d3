/** The longest output of one probe that is told, in bytes; what is as long was perhaps longer. */
export const capBytes = 262_144;

/**
 * How each probe's output is told. Each of its lines stands behind a `|`, so that no name of a process
 * or a file can look like a frame; at most `cap` bytes of it; then its last words of trouble, each
 * behind a `!`, and how it ended. POSIX sh; head and tail count bytes everywhere, also in BusyBox.
 *
 * A probe, its pipes and whatever it starts are in a shell of their own (`limited`), which is ended
 * when its time is over. It holds nothing of the script's own output, so that neither a program that
 * cannot be killed nor one that stays behind with its pipes open keeps the next probe from its turn.
 * (`exec 3>&1`, as a shell saves what is redirected for a group alone, and so would hold it.)
 */
export const framing = String.raw`LC_ALL=C TZ=UTC PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL TZ PATH
unset ENV BASH_ENV CDPATH http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
cap=${capBytes}
most=5
limit=
inner=
now() { { read -r up rest </proc/uptime && seconds=${'$'}{up%%.*}; } 2>/dev/null || seconds=$(date +%s); }
limits() {
  how=
  if timeout -k 1 1 sh -c :; then how=kill
  elif timeout 1 sh -c :; then how=plain
  elif timeout -t 1 sh -c :; then how=old
  elif perl -e 1; then how=perl
  fi >/dev/null 2>&1
  { renice -n 19 -p $$; ionice -c 3 -p $$; } >/dev/null 2>&1
  now
  ends=$((seconds + $1))
  late=
}
bound() {
  case $how in
    kill) timeout -k 1 "$@" ;;
    plain) timeout "$@" ;;
    old) timeout -t "$@" ;;
    perl) perl -e '$s = shift; if (!($p = fork)) { setpgrp; exec @ARGV; exit 127 } $SIG{ALRM} = sub { kill "KILL", -$p; exit 124 }; alarm $s; waitpid $p, 0; exit($? & 127 ? 128 + ($? & 127) : $? >> 8)' "$@" ;;
    *) shift; "$@" ;;
  esac
}
limited() {
  now
  span=$((ends - seconds))
  if [ "$span" -lt 1 ]; then
    case $1 in
      frame) none "$2" cut-off 'no time was left' ;;
      keys_of) none "keys-$2" cut-off 'no time was left' ;;
      *) none "$1-$2" cut-off 'no time was left' ;;
    esac
    return
  fi
  if [ "$span" -gt "$most" ]; then span=$most; fi
  bound "$span" sh -c "$tools
inner=yes
"'"$@"' sh "$@" 2>/dev/null
  code=$?
  if [ "$code" -lt 124 ]; then return; fi
  printf '\n@@LATE %s\n' "$code" >&3
  return 1
}
none() { printf '\n@@NONE %s %s %s\n' "$1" "$2" "$3" >&3; }
frame() {
  id=$1
  shift
  printf '\n@@BEGIN %s\n' "$id" >&3
  whole=$(
    exec 3>&1
    said=$(
      { {
        "$@" </dev/null
        printf '\n@@RC %s\n' "$?" >&2
      } 2>&4 3>&- | head -c "$cap" | sed 's/^/|/' >&3; } 4>&1 | tail -c 600
    )
    printf '\n'
    printf '\n%s\n' "$said" | sed 's/^/!/'
  )
  printf '%s\n@@END %s\n' "$whole" "$id" >&3
}
framed() {
  if [ -n "$inner" ]; then frame "$@"; return; fi
  case " $late " in *" $2 "*) none "$1" timed-out "$2 did not answer before"; return ;; esac
  limited frame "$@" && return
  case $2 in systemctl | docker | ss | tables) late="$late $2" ;; esac
}
probe() {
  if command -v "$2" >/dev/null 2>&1; then framed "$@"
  else none "$1" tool-missing "$2"
  fi
}
builtin() { framed "$@"; }
file() {
  if [ -e "$2" ]; then framed "$1" cat "$2"
  else none "$1" not-there "$2"
  fi
}
lines() {
  id=$1 of=$2
  shift 2
  if [ -e "$of" ]; then framed "$id" grep "$@" "$of"
  else none "$id" not-there "$of"
  fi
}
files() {
  id=$1
  shift
  found=
  for one; do if [ -e "$one" ]; then found=yes; break; fi; done
  if [ -n "$found" ]; then framed "$id" grep -H '' "$@"
  else none "$id" not-there "$1"
  fi
}
folder() {
  if [ -d "$2" ] && [ ! -r "$2" ]; then none "$1" needs-root "$2"
  elif [ -d "$2" ]; then framed "$1" ls "$2"
  else none "$1" not-there "$2"
  fi
}
`;
