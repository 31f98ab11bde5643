# The two commands that matter: `make run` and `make test`. Both need only Python >= 3.11 with venv.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test test-clients lint format bench fuzz screenshots clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

# pip's editable install asks the network each time; the stamp keeps the second run offline.
$(STAMP): pyproject.toml sfexplorer/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sfexplorer needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "python3 -m venv doesn't work here; install it first, on Debian or Ubuntu with: apt install python3-venv" >&2; exit 2; }
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q sfexplorer plugins
	@touch $@

install: $(STAMP) ## Make .venv with sfexplorer and its test tools

run: $(STAMP) ## Open sfexplorer on the embedded demo org
	@$(BIN)/sfexplorer --demo

# Five on two cores: most tests wait for the screen to settle, not for a processor.
test: $(STAMP) ## Run the test suite
	$(BIN)/pytest --numprocesses=5 --dist=worksteal

# Their own code, unmodified; npm puts it into a folder that git ignores.
test-clients: $(STAMP) ## Drive the demo org with the clients of node (needs node and npm)
	@command -v npm >/dev/null || { echo "this needs node and npm; on Debian or Ubuntu: apt install npm" >&2; exit 2; }
	@for folder in node sf; do npm install --prefix tests/clients/$$folder --no-audit --no-fund --no-package-lock --ignore-scripts --silent || exit 1; done
	$(BIN)/python tests/clients/run.py
	$(BIN)/python tests/clients/bayeux_servers.py

lint: $(STAMP) ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## Mend style and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## Run the benchmarks
	@failed=0; for script in tests/benchmarks/bench_*.py; do $(BIN)/python $$script || failed=1; done; exit $$failed

fuzz: $(STAMP) ## Put 100,000 texts through all that reads queries, and 5,000 hostile requests to the demo org
	$(BIN)/python tests/soql/fuzz.py
	$(BIN)/python tests/demo/fuzz.py

screenshots: $(STAMP) ## Make the pictures of the README anew
	$(BIN)/python screenshots/make.py

clean: ## Remove the environment and everything generated
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist snapshot_report.html
