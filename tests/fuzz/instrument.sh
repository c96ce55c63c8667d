#!/usr/bin/env bash
# Stands before rustc for the crates of this workspace: compiles them so that libFuzzer sees which way the code goes.
# These are flags of stable Rust; what comes from elsewhere, build scripts and macros are compiled as ever.
set -euo pipefail
rustc="$1"
shift
case " $* " in
  *" proc-macro "* | *" build_script_build "* | *" --print"* | *" -vV "*) exec "$rustc" "$@" ;;
esac
exec "$rustc" "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
  -Cllvm-args=-sanitizer-coverage-trace-compares
