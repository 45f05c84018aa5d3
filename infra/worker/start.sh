#!/bin/sh
# Starts the worker: dependencies are installed when the lockfile has changed, then this process becomes
# the server, so that launchd's signals reach it. It never ends well without having become it.
#
#   WORKER_DIR   the folder of the worker's package.json   ~/Code/system-bus-worker/packages/system-bus
#   WORKER_ENTRY what is run in it                          src/serve.ts
#   WORKER_ENV   what it is started with                    ~/.config/system-bus.env
#   WORKER_PULL  1 fetches what is new first, where nothing was edited by hand; unset: never
#
# Exits: 69 a program is missing, 75 the install failed (launchd tries again), 78 its configuration is wrong.
set -u

say() { printf 'worker-start: %s\n' "$1" >&2; }
refuse() {
  code=$1
  say "$2"
  exit "$code"
}

home=${HOME:-}
[ -n "$home" ] || refuse 78 'HOME is not set: launchd gives none, its plist must'
dir=${WORKER_DIR:-$home/Code/system-bus-worker/packages/system-bus}
# EXAMPLE: the name of the entry is not known to this repo.
entry=${WORKER_ENTRY:-src/serve.ts}
env_file=${WORKER_ENV:-$home/.config/system-bus.env}

cd "$dir" 2>/dev/null || refuse 78 "there is no folder $dir: set WORKER_DIR"
[ -f "$env_file" ] || refuse 78 "there is no $env_file: infra/env/worker.env.example says what it holds"
[ -r "$env_file" ] || refuse 78 "$env_file cannot be read: look at its owner and mode"
command -v bun >/dev/null 2>&1 || refuse 69 "bun is not on PATH ($PATH)"

# What is new is taken only where nobody has edited anything; that it cannot be had stops no start.
pull() {
  changed=$(git status --porcelain --untracked-files=no 2>/dev/null) || {
    say 'not pulled: this is no git checkout'
    return 0
  }
  if [ -n "$changed" ]; then
    say 'not pulled: files here were edited by hand'
  elif ! GIT_TERMINAL_PROMPT=0 git pull --ff-only --quiet >&2; then
    say 'not pulled: git could not; starting what is here'
  fi
}
[ "${WORKER_PULL:-}" = 1 ] && pull

[ -f "$entry" ] || refuse 78 "there is no $dir/$entry: set WORKER_ENTRY"

# The lockfile lies here, or at the top of the workspace that this is a package of.
lock=
root=$PWD
while :; do
  for name in bun.lock bun.lockb; do
    if [ -f "$root/$name" ]; then
      lock=$root/$name
      break 2
    fi
  done
  case $root in '' | / | "$home") break ;; esac
  root=${root%/*}
done
[ -n "$lock" ] || refuse 78 "there is no bun.lock in $dir or above"

# The stamp is the lockfile as it was installed. It goes before an install and comes back after a whole
# one, so that an install which was cut off is done again.
modules=${lock%/*}/node_modules
stamp=$modules/.worker-start-lock
if ! cmp -s "$lock" "$stamp"; then
  say 'the lockfile has changed: installing'
  rm -f "$stamp" || refuse 75 "$stamp cannot be removed"
  (cd "${lock%/*}" && bun install --frozen-lockfile >&2) ||
    refuse 75 'bun install failed: nothing was started'
  mkdir -p "$modules" && cp "$lock" "$stamp.$$" && mv "$stamp.$$" "$stamp" ||
    refuse 75 "$stamp cannot be written"
fi

exec bun --env-file="$env_file" "$entry"
