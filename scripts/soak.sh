#!/usr/bin/env bash
# Minutes of mixed journeys with faults against the real program, then a long series of kills, on SQLite and on
# PostgreSQL with Redis; then the API and the parsers under attack for longer than in `make test`. `make soak` runs it.
# Fails when something is lost, doubled, or memory grows, and on any finding of the attackers.
#   SOAK_MINUTES=10   how long the journeys last on each engine
#   SOAK_KILLS=300    how often the processes of each of two offices are killed
#   SOAK_ENGINES="sqlite postgres"
#   SOAK_PARSER_SECONDS=60   how long each parser is attacked
# Figures go into the folder MOTCUA_EVIDENCE, where one is named.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

scripts/packages.sh test
cargo build --workspace --tests --bins --locked
folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-soak.XXXXXX")"
trap 'scripts/servers.sh stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
scripts/servers.sh start "$folder"
# shellcheck disable=SC1091
source "$folder/env"

for engine in ${SOAK_ENGINES:-sqlite postgres}; do
  say "=== soak on $engine: ${SOAK_MINUTES:-10} minutes, then ${SOAK_KILLS:-300} kills in each office"
  MOTCUA_TEST_DATABASE="$engine" MOTCUA_SOAK_MINUTES="${SOAK_MINUTES:-10}" \
    cargo test --locked -p office-tests --test office faults::soak -- --nocapture
  MOTCUA_TEST_DATABASE="$engine" MOTCUA_KILLS="${SOAK_KILLS:-300}" \
    cargo test --locked -p office-tests --test office faults::killed -- --nocapture
done

scripts/attack.sh
MOTCUA_FUZZ_SECONDS="${SOAK_PARSER_SECONDS:-60}" scripts/fuzz_parsers.sh
