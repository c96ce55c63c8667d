#!/usr/bin/env bash
# Schemathesis at the running program: every operation of the OpenAPI document, asked with real tokens and real keys by
# several persons, each at a program and a database of its own. No answer may be 5xx or differ from the document.
#   scripts/fuzz_api.sh sqlite                 six persons, with a fixed seed
#   scripts/fuzz_api.sh sqlite brief           three persons and few cases, as in `make test`
#   scripts/fuzz_api.sh postgres               the same on the server of MOTCUA_TEST_POSTGRES_URL
#   MOTCUA_FUZZ_CASES=60 MOTCUA_FUZZ_SEED=7 scripts/fuzz_api.sh sqlite    a longer one; so many cases an operation
# With MOTCUA_EVIDENCE the figures are kept in that folder, as ENGINE-schemathesis.json, those of a brief run as
# ENGINE-schemathesis_brief.json.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

engine="${1:-sqlite}"
brief="${2:-}"
cases="${MOTCUA_FUZZ_CASES:-${brief:+1}}"
cases="${cases:-3}"
seed="${MOTCUA_FUZZ_SEED:-6}"
program="${MOTCUA_BINARY:-target/debug/motcua}"
# Who asks, and whether the edges of every schema are tried as well, which takes longest. The first holds every role of
# the commune (tests/requests/scene.py), so that little is refused for the asker's sake.
persons=(can-bo-thu-ly:edges quan-tri:edges nguyen-thi-mau can-bo-mot-cua phan-mem-tich-hop thanh-tra)
[ -n "$brief" ] && persons=(can-bo-thu-ly nguyen-thi-mau phan-mem-tich-hop)
[ "$cases" -gt 10 ] && persons=(can-bo-thu-ly:edges quan-tri:edges nguyen-thi-mau:edges
  can-bo-mot-cua:edges phan-mem-tich-hop:edges thanh-tra:edges lanh-dao:edges ke-toan:edges buu-ta:edges kiem-soat:edges)

tools="$(scripts/python_tools.sh)"
folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-fuzz.XXXXXX")"

clean_up() {
  local code=$?
  trap - EXIT INT TERM HUP
  # What is dead already keeps nothing else from being cleaned up.
  set +e
  for file in "$folder"/*.pid; do
    [ -s "$file" ] && kill "$(cat "$file")" 2>/dev/null
  done
  wait
  [ "$engine" = postgres ] && for name in told "${persons[@]%:*}"; do sql "DROP DATABASE IF EXISTS $(database "$name")" || true; done
  [ -n "${MOTCUA_FUZZ_KEEP:-}" ] || rm -rf "$folder"
  exit $code
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

sql() { "$(postgres_programs)/psql" -q "$MOTCUA_TEST_POSTGRES_URL" -c "$1" >/dev/null 2>>"$folder/psql.log"; }

database() { echo "fuzz_$$_${1//-/_}"; }

# The options of a demo that keeps the data of this name.
data_of() {
  echo "--data $folder/$1"
  [ "$engine" = postgres ] && echo "--database ${MOTCUA_TEST_POSTGRES_URL%/*}/$(database "$1")"
  return 0
}

# A house with three journeys in it, once; the others are copies.
prepare() {
  [ "$engine" = postgres ] && sql "CREATE DATABASE $(database told)"
  # shellcheck disable=SC2046
  if ! "$program" demo --story --port "$(free_port)" $(data_of told) >"$folder/told.log" 2>&1; then
    tail -n 30 "$folder/told.log" >&2
    return 1
  fi
  start told
  "$tools/python" -B tests/requests/scene.py "$(cat "$folder/told.url")" filled
  end told
}

end() {
  kill "$(cat "$folder/$1.pid")"
  wait "$(cat "$folder/$1.pid")" || true
  rm "$folder/$1.pid"
}

copy() {
  cp -r "$folder/told" "$folder/$1"
  if [ "$engine" = postgres ]; then sql "CREATE DATABASE $(database "$1") TEMPLATE $(database told)"; fi
}

start() {
  local port
  for _ in 1 2 3 4 5; do
    port="$(free_port)"
    # shellcheck disable=SC2046
    "$program" demo --port "$port" $(data_of "$1") >"$folder/$1.log" 2>&1 &
    echo $! >"$folder/$1.pid"
    for _ in $(seq 300); do
      kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null || break
      if curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; then
        echo "http://127.0.0.1:$port" >"$folder/$1.url"
        return
      fi
      sleep 0.1
    done
    kill "$(cat "$folder/$1.pid")" 2>/dev/null || true
  done
  say "the program did not start for $1:"
  tail -n 20 "$folder/$1.log" >&2
  return 1
}

# What Schemathesis ends with is judged by the sum.
attack() {
  local name="$1" phases="$2" url code=0
  start "$name"
  url="$(cat "$folder/$name.url")"
  "$tools/python" -B tests/requests/scene.py "$url" settled
  MOTCUA_FUZZ_URL="$url" MOTCUA_FUZZ_PERSON="$name" MOTCUA_FUZZ_SEED="$seed" MOTCUA_FUZZ_FOUND="$folder/$name.json" \
    PYTHONPATH=tests/requests PYTHONDONTWRITEBYTECODE=1 SCHEMATHESIS_HOOKS=hooks \
    "$tools/st" --config-file tests/requests/schemathesis.toml run openapi/openapi.json --url "$url" \
    --phases "$phases" --max-examples "$cases" --seed "$seed" >"$folder/$name.st" 2>&1 || code=$?
  echo "$code" >"$folder/$name.code"
  end "$name"
}

say "preparing"
prepare
running=0
for person in "${persons[@]}"; do
  name="${person%:*}"
  phases=examples,fuzzing
  [ "$person" = "$name" ] || phases=examples,coverage,fuzzing
  copy "$name"
  attack "$name" "$phases" &
  running=$((running + 1))
  # Two at a time: each takes a core for itself and one for the program.
  if [ "$running" -ge 2 ]; then
    wait -n || { tail -n 20 "$folder"/*.st >&2; exit 1; }
    running=$((running - 1))
  fi
done
while [ "$running" -gt 0 ]; do
  wait -n || { tail -n 20 "$folder"/*.st >&2; exit 1; }
  running=$((running - 1))
done
"$tools/python" tests/requests/summing.py "$engine-schemathesis${brief:+_brief}" "$folder" "${persons[@]%:*}"
