#!/usr/bin/env bash
# Everything that must hold, in stages, each timed; `make test` runs it. Stops at the first stage that fails.
#   MOTCUA_TEST_KEEP_SERVERS_LOGS=1 prints the servers' logs when a stage fails
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

folder=""
stage=""
began=$SECONDS
report=()

clean_up() {
  local code=$?
  trap - EXIT INT TERM HUP
  set +e
  if [ $code -ne 0 ]; then
    say "FAILED in stage: ${stage:-start}"
    [ -n "$folder" ] && [ -n "${MOTCUA_TEST_KEEP_SERVERS_LOGS:-}" ] && tail -n 50 "$folder"/*/log >&2
  fi
  [ -n "$folder" ] && scripts/servers.sh stop "$folder"
  exit $code
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

run() {
  stage="$1"
  shift
  local from=$SECONDS
  say "=== $stage"
  "$@"
  report+=("$(printf '%5d s  %s' $((SECONDS - from)) "$stage")")
  say "--- $stage: $((SECONDS - from)) s"
}

start_servers() {
  folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-test.XXXXXX")"
  scripts/servers.sh start "$folder"
  # shellcheck disable=SC1091
  source "$folder/env"
  # What a killed test leaves behind goes with the servers.
  mkdir "$folder/tmp"
}

suite() {
  TMPDIR="$folder/tmp" MOTCUA_TEST_DATABASE="$1" cargo test --workspace --locked --no-fail-fast 2>&1 |
    tee "$folder/$1.log"
}

suite_on_sqlite() { (unset MOTCUA_TEST_POSTGRES_URL MOTCUA_TEST_REDIS_URL && suite sqlite); }

suite_on_postgres() { suite postgres; }

# The sum over all crates and both engines, as one line that people and machines read.
total() {
  cat "$folder"/*.log | awk '/^test result:/ { passed += $4; failed += $6; ignored += $8 }
    END { printf "total: %d passed, %d failed, %d skipped\n", passed, failed, ignored }'
}

# Figures for docs/security/evidence.md; `make evidence` prints them.
export MOTCUA_EVIDENCE="${MOTCUA_EVIDENCE:-$PWD/target/evidence}"
mkdir -p "$MOTCUA_EVIDENCE"

# Dependencies are compiled once: an incremental cache of our own crates would only take disk in CI.
[ -n "${CI:-}" ] && export CARGO_INCREMENTAL=0

run packages scripts/packages.sh test
run format cargo fmt --all --check
run lints cargo clippy --workspace --all-targets --locked -- -D warnings
run build cargo build --workspace --all-targets --locked
run servers start_servers
run client scripts/client.sh
run "suite on SQLite" suite_on_sqlite
run "suite on PostgreSQL and Redis" suite_on_postgres
run "parsers under attack" scripts/fuzz_parsers.sh
run "API under attack on SQLite" scripts/fuzz_api.sh sqlite brief
run "API under attack on PostgreSQL" scripts/fuzz_api.sh postgres brief

say "all stages passed in $((SECONDS - began)) s:"
printf '%s\n' "${report[@]}" >&2
total
