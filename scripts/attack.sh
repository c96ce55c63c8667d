#!/usr/bin/env bash
# Schemathesis at every operation, on SQLite and on PostgreSQL; `make attack` runs it. The figures are kept for
# `make evidence`.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

scripts/packages.sh test
cargo build --locked
folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-attack.XXXXXX")"
trap 'scripts/servers.sh stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
scripts/servers.sh start "$folder"
# shellcheck disable=SC1091
source "$folder/env"
export MOTCUA_EVIDENCE="${MOTCUA_EVIDENCE:-$PWD/target/evidence}"
mkdir -p "$MOTCUA_EVIDENCE"
for engine in sqlite postgres; do
  scripts/fuzz_api.sh "$engine"
done
