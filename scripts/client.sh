#!/usr/bin/env bash
# Generates the TypeScript client's types from the promised document and type-checks the example with them.
set -euo pipefail
cd "$(dirname "$0")/../openapi/client"
source ../../scripts/programs.sh

if [ ! -e ../openapi.json ]; then
  say "openapi/openapi.json is not there; make openapi writes it"
  exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
npm run --silent generate
npm run --silent check
say "the client type-checks"
