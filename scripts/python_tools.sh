#!/usr/bin/env bash
# Installs the Python tools of the tests, pinned and checked by hash, and prints the folder of their programs.
# They stay in a cache named after what is pinned, so that a second run installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

pinned=tests/requests/requirements.txt
name="$(sha256sum "$pinned" | cut -c 1-16)"
cache="${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/motcua-tools"
place="$cache/$name"

if [ ! -e "$place/complete" ]; then
  mkdir -p "$cache"
  exec 8>"$cache/lock"
  flock 8
  if [ ! -e "$place/complete" ]; then
    say "installing the tools of $pinned into $place"
    rm -rf "$place"
    "$(system_python)" -m venv "$place" >&2
    "$place/bin/pip" install --quiet --disable-pip-version-check --no-input --only-binary :all: \
      --require-hashes --requirement "$pinned" >&2
    touch "$place/complete"
  fi
fi
echo "$place/bin"
