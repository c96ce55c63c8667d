#!/usr/bin/env bash
# libFuzzer at every parser of tests/fuzz, from its corpus on; a crash is kept and told.
#   scripts/fuzz_parsers.sh                              some seconds each
#   MOTCUA_FUZZ_SECONDS=300 scripts/fuzz_parsers.sh      longer
#   scripts/fuzz_parsers.sh seeds claims                 these parsers alone
#   MOTCUA_FUZZ_KEEP=1 keeps what libFuzzer found on the way, to choose from for the corpus
# With MOTCUA_EVIDENCE the figures are kept in that folder.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

seconds="${MOTCUA_FUZZ_SECONDS:-4}"
seed="${MOTCUA_FUZZ_SEED:-6}"
folder="$(mktemp -d "${TMPDIR:-/tmp}/motcua-fuzz.XXXXXX")"
crashes="$PWD/target/fuzz-crashes"
trap '[ -n "${MOTCUA_FUZZ_KEEP:-}" ] && say "kept in $folder" || rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Of the whole workspace, so that the crates of others have the features with which they are compiled already.
build=(cargo build --workspace --test attack --features office-fuzz/libfuzzer --locked)
export RUSTC_WORKSPACE_WRAPPER="$PWD/tests/fuzz/instrument.sh"
"${build[@]}"
attack="$("${build[@]}" --quiet --message-format=json |
  "$(system_python)" -c 'import json, sys; print(*[one["executable"] for one in map(json.loads, sys.stdin)
    if one.get("executable") and one["target"]["name"] == "attack"])')"

parsers=("$@")
[ ${#parsers[@]} -gt 0 ] || mapfile -t parsers < <(find tests/fuzz/corpus -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)

# What the parser finds goes into a folder of its own; the corpus is only read.
attacked() {
  local name="$1"
  mkdir -p "$folder/$name" "$crashes" "$folder/tmp"
  MOTCUA_FUZZ_PARSER="$name" TMPDIR="$folder/tmp" "$attack" -seed="$seed" -max_total_time="$seconds" -timeout=20 \
    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 -artifact_prefix="$crashes/$name-" \
    "$folder/$name" "tests/fuzz/corpus/$name" >"$folder/$name.log" 2>&1 ||
    { echo "$name" >>"$folder/fallen"; say "$name fell:"; tail -n 25 "$folder/$name.log" >&2; }
}

for name in "${parsers[@]}"; do
  attacked "$name" &
  # Two at a time.
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n || true; done
done
wait

executions=0
for name in "${parsers[@]}"; do
  runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$name.log" | tail -n 1)"
  reached="$(grep -o ' cov: [0-9]*' "$folder/$name.log" | tail -n 1)"
  printf '%-20s %9s runs,%s\n' "$name" "${runs:-0}" "${reached:- cov: 0}"
  executions=$((executions + ${runs:-0}))
done
fallen=0
[ -e "$folder/fallen" ] && fallen="$(wc -l <"$folder/fallen")"
figures="{\"targets\": ${#parsers[@]}, \"executions\": $executions, \"crashes\": $fallen}"
echo "$figures"
[ -n "${MOTCUA_EVIDENCE:-}" ] && echo "$figures" >"$MOTCUA_EVIDENCE/sqlite-fuzz_targets.json"
[ "$fallen" -eq 0 ] || { say "what made them fall lies in $crashes; put it into the corpus with its mend"; exit 1; }
