#!/usr/bin/env bash
# Measures the program beside its ceiling on private servers that keep their promises (fsync on).
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

scripts/packages.sh test
cargo build --release --locked --bin motcua
folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-bench.XXXXXX")"
trap 'scripts/services.sh stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
MOTCUA_SERVICES_FSYNC=on scripts/services.sh start "$folder"
# shellcheck disable=SC1091
source "$folder/env"
PATH="$(postgres_programs):$PATH" target/release/motcua bench "$@"
