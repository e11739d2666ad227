# Gongkai: the commands. `make help` lists them; README names the plain commands behind them.

PYTHON ?= python3
REPORTS ?= reports
PORT ?= 8001
DATABASE ?= gongkai.db
# How many processes read; empty: one for each core.
JOBS ?=
# Where releases stand, and the release before, as a folder or a database: what is new is told against it.
RELEASE ?= releases
LAST ?=

BIN := .venv/bin
TOOLS := .venv/tools
SERVE_READY := .venv/.ready-to-serve
TEST_READY := .venv/.ready-to-test

.DEFAULT_GOAL := help
# `build` is a folder and a target.
.PHONY: serve build release test metadata audit lock clean help

serve: $(SERVE_READY) ## set everything up, build the database from REPORTS, serve it at http://127.0.0.1:PORT
	@$(BIN)/python scripts/serve.py "$(DATABASE)" --port "$(PORT)" --check-port
	@$(BIN)/python -m build "$(REPORTS)" --output "$(DATABASE)" $(if $(JOBS),--jobs "$(JOBS)") || test $$? -eq 1
	@$(BIN)/python scripts/serve.py "$(DATABASE)" --port "$(PORT)"

build: $(SERVE_READY) ## only the database: REPORTS → DATABASE (a file called gongkai.db)
	@$(BIN)/python -m build "$(REPORTS)" --output "$(DATABASE)" $(if $(JOBS),--jobs "$(JOBS)")

release: $(SERVE_READY) ## DATABASE as files to load, cite and verify: RELEASE/gongkai-VERSION/ (LAST: the release before)
	@$(BIN)/python -c 'import pyarrow' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-release.txt
	@$(BIN)/python scripts/release.py "$(DATABASE)" --into "$(RELEASE)" $(if $(LAST),--last "$(LAST)")

test: $(TEST_READY) ## set everything up, run every test: ruff, mypy --strict, pytest
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

metadata: $(SERVE_READY) ## make the last part of metadata.yml anew, what Datasette by itself reads, of the rest and queries/
	@$(BIN)/python scripts/metadata.py

audit: $(TEST_READY) ## look for known holes in what we depend on (needs the network)
	test -x $(TOOLS)/bin/pip-audit || ($(PYTHON) -m venv $(TOOLS) && $(TOOLS)/bin/python -m pip install --quiet pip-tools==7.6.2 pip-audit==2.10.1)
	$(TOOLS)/bin/pip-audit --require-hashes --disable-pip -r requirements-dev.lock

lock: $(TEST_READY) ## write the lock files with their hashes, and the list of licences (needs the network)
	test -x $(TOOLS)/bin/pip-compile || ($(PYTHON) -m venv $(TOOLS) && $(TOOLS)/bin/python -m pip install --quiet pip-tools==7.6.2 pip-audit==2.10.1)
	for name in requirements requirements-dev; do \
		$(TOOLS)/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
			--no-header --strip-extras --allow-unsafe --output-file $$name.lock $$name.txt || exit 1; \
	done
	$(BIN)/python scripts/licences.py > docs/licences.md

clean: ## remove the environment, the database, what was read and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis "$(DATABASE)" "$(DATABASE:.db=.inspect.json)" "$(DATABASE:.db=.metadata.json)"
	rm -rf "$(dir $(DATABASE)).gongkai-readings"
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@echo "make serve PORT=8080 REPORTS=/path/to/reports"
	@sed -n 's/^\([a-z]*\):.*## /make \1 — /p' $(MAKEFILE_LIST)

# A stamp file each, so that a second run does no set-up again; changed requirements set up anew.
$(SERVE_READY): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 serve")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(TEST_READY): requirements-dev.txt $(SERVE_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
