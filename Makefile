# Two commands do everything on a fresh Debian or Ubuntu: `make run` and `make test`.
.PHONY: run test dev check format contract browser bench-http bench-execution bench-room help

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

run: ## set everything up and serve http://localhost:3000
	@scripts/setup run
	@exec .venv/bin/interview-platform serve

test: ## set everything up, then every check and every test
	@scripts/setup test
	@scripts/test

check: ## the quick ones: types, lint, layers, contract drift
	@scripts/setup test
	@scripts/check

dev: ## the server and Vite side by side, reloading: http://localhost:5173
	@scripts/setup test
	@scripts/dev

browser: ## only the stories in real browsers
	@scripts/setup test
	@.venv/bin/pytest -m journey -q

format: ## put Python and TypeScript into the house's form
	@.venv/bin/ruff format src tests scripts benchmarks && .venv/bin/ruff check --fix src tests scripts benchmarks

contract: ## write contract/ and the TypeScript made from it anew
	@.venv/bin/python scripts/contract.py

bench-http: ## requests a second and CPU per request of the hot reads
	@.venv/bin/python -m benchmarks.http.run

bench-execution: ## how long Run takes over HTTP, beside the bare commands and Piston's way
	@.venv/bin/python -m benchmarks.execution.run

bench-room: ## the live room beside Hocuspocus; WHAT=--memory, --join, …: benchmarks/room/README.md
	@.venv/bin/python -m benchmarks.room.run $(WHAT)
