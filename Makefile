# The commands of this repository; README.md explains the first two.
.PHONY: demo demo-story test attack soak bench openapi docs evidence fmt clean-data help

demo: ## Build, seed and start everything in one process under ./data
	@scripts/packages.sh demo
	cargo run --locked -- demo

demo-story: ## The same, and play a dossier's whole journey, printing each step
	@scripts/packages.sh demo
	cargo run --locked -- demo --story

test: ## Everything that must hold, on SQLite and on PostgreSQL with Redis
	@scripts/test.sh

attack: ## Ask every operation of the API what no test asks, on both engines (docs/attacks.md)
	@scripts/attack.sh

soak: ## Ten minutes of journeys and faults on each engine, hundreds of kills, and longer attacks (scripts/soak.sh)
	@scripts/soak.sh

bench: ## Measure the program beside its ceiling (docs/performance.md)
	@scripts/bench.sh

openapi: ## Write openapi/openapi.json from the program
	cargo run --locked --quiet -- openapi > openapi/openapi.json.new
	mv openapi/openapi.json.new openapi/openapi.json

docs: ## Print the documents that are made from the program
	MOTCUA_WRITE_DOCS=1 cargo test --locked -p office-tests --test office guards

evidence: ## Print docs/security/evidence.md from the figures of the last `make test`
	MOTCUA_WRITE_EVIDENCE=1 cargo test --locked -p office-tests --test office guards::evidence

fmt: ## Format the sources
	cargo fmt --all

clean-data: ## Forget what the demo wrote
	rm -rf data

help: ## List these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
