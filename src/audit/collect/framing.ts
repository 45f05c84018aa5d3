/**
 * How each probe's output is told. Each of its lines stands behind a `|`, so that no name of a process
 * or a file can look like a frame; at most `cap` bytes of it; then its last words of trouble, each
 * behind a `!`, and how it ended. POSIX sh; head and tail count bytes everywhere, also in BusyBox.
 */
export const framing = String.raw`LC_ALL=C TZ=UTC PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL TZ PATH
umask 077
cap=131072
limits() {
  limit=
  if timeout -k 1 1 true; then limit="timeout -k 1 $1"
  elif timeout 1 true; then limit="timeout $1"
  elif timeout -t 1 true; then limit="timeout -t $1"
  fi >/dev/null 2>&1
  if command -v nice >/dev/null 2>&1; then limit="nice -n 19 $limit"; fi
}
framed() {
  id=$1
  shift
  printf '\n@@BEGIN %s\n' "$id"
  said=$(
    { {
      "$@" </dev/null
      printf '\n@@RC %s\n' "$?" >&2
    } 2>&4 3>&- | head -c "$cap" | sed 's/^/|/' >&3; } 4>&1 | tail -c 600
  )
  printf '\n%s\n' "$said" | sed 's/^/!/'
  printf '@@END %s\n' "$id"
}
probe() {
  id=$1
  shift
  if command -v "$1" >/dev/null 2>&1; then framed "$id" $limit "$@"
  else printf '\n@@NONE %s tool-missing %s\n' "$id" "$1"
  fi
}
builtin() { framed "$@"; }
file() {
  if [ -e "$2" ]; then framed "$1" $limit cat "$2"
  else printf '\n@@NONE %s not-there %s\n' "$1" "$2"
  fi
}
files() {
  id=$1
  shift
  found=
  for one; do if [ -e "$one" ]; then found=yes; fi; done
  if [ -n "$found" ]; then probe "$id" grep -Hs '' "$@"
  else printf '\n@@NONE %s not-there %s\n' "$id" "$1"
  fi
}
`;
