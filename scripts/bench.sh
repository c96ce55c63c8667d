#!/usr/bin/env bash
# Measures the program beside its ceiling on private servers that keep their promises (fsync on).
# Arguments are handed on: --seconds 4 (each cell), --only submits,lists,jobs,digitising,reading,wires,demo, --jobs 16000, --papers 15, --dossiers 200000, --told 1000
# --scan paper.pdf --truth page-1.txt adds a page of your own to --only reading
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

scripts/packages.sh test
# One build for both, so that what they share is compiled once.
cargo build --release --locked -p motcua -p office-bench --features office-bench/foreign
folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-bench.XXXXXX")"
trap 'scripts/servers.sh stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
MOTCUA_SERVERS_FSYNC=on scripts/servers.sh start "$folder"
# shellcheck disable=SC1091
source "$folder/env"
PATH="$(postgres_programs):$PATH" target/release/office-bench --program target/release/motcua --folder "$folder" \
  --postgres "$MOTCUA_TEST_POSTGRES_URL" --redis "$MOTCUA_TEST_REDIS_URL" "$@"
