# Gongkai: the commands. `make help` lists them; README names the plain commands behind them.

PYTHON ?= python3
REPORTS ?= reports
PORT ?= 8001
DATABASE ?= gongkai.db
# How many processes read; empty: one for each core.
JOBS ?=
# From the command line only: a shell may have a HOST of its own in the environment, and a site would be open to all.
HOST = 127.0.0.1
# OCR=1 reads scans; CORRECTIONS=FILE.yml; limits on one file, as `python -m build --help` tells them.
OCR =
CORRECTIONS =
AT_LEAST =
MAX_BYTES =
MAX_CELLS =
MAX_PAGES =
MAX_SECONDS =
SEARCH_STEPS =
# Whatever else the two commands take: BUILD_OPTIONS="--fresh --log build.log" SERVE_OPTIONS="--base-url /data/"
BUILD_OPTIONS =
SERVE_OPTIONS =
# Processes that run tests, auto: one for each core.
WORKERS ?= auto
# STRICT=1: `make build` fails where a file gave no report, too.
STRICT =
# Where releases stand, and the release before, as a folder or a database: what is new is told against it.
RELEASE ?= releases
LAST ?=

BIN := .venv/bin
TOOLS := .venv/tools
SERVE_READY := .venv/.ready-to-serve
# Where no test may be skipped (CI), the validators of releases are installed, too.
TESTS_NEED := $(if $(GONGKAI_REQUIRE_TOOLS),requirements-ci.txt,requirements-dev.txt)
TEST_READY := .venv/.ready-to-test$(if $(GONGKAI_REQUIRE_TOOLS),-all)
# What pip does is seen on a terminal; elsewhere only what goes wrong.
PIP = $(BIN)/python -m pip install $(shell test -t 2 || echo --quiet) --disable-pip-version-check

# (variable, option): the option with its value where the variable has one.
given = $(if $($(1)),$(2) "$($(1))")
BUILD = $(BIN)/python -m build "$(REPORTS)" --output "$(DATABASE)" $(call given,JOBS,--jobs) $(if $(filter-out 0 no,$(OCR)),--ocr) \
	$(call given,CORRECTIONS,--corrections) $(call given,AT_LEAST,--at-least) $(call given,MAX_BYTES,--max-bytes) \
	$(call given,MAX_CELLS,--max-cells) $(call given,MAX_PAGES,--max-pages) $(call given,MAX_SECONDS,--max-seconds) \
	$(call given,SEARCH_STEPS,--search-steps) $(BUILD_OPTIONS)
SERVE = $(BIN)/python scripts/serve.py "$(DATABASE)" --host "$(HOST)" --port "$(PORT)" $(SERVE_OPTIONS)

.DEFAULT_GOAL := help
# `build` and `tests` are folders and targets.
.PHONY: serve build release test types tests metadata audit lock clean help

serve: $(SERVE_READY) ## set everything up, build the database from REPORTS, serve it at http://HOST:PORT
	@$(SERVE) --check-port
	@$(BUILD) || test $$? -eq 1
	@$(SERVE)

# make itself can end with 0 or 2 only. 0: the database was written (the build's 0 and 1); 2: it was not.
build: $(SERVE_READY) ## only the database: REPORTS → DATABASE (a file called gongkai.db)
	@$(BUILD) || { code=$$?; test $$code -eq 1 && test -z "$(STRICT)" || exit $$code; \
		case "$${LC_ALL:-$${LC_MESSAGES:-$$LANG}}" in \
			zh*) echo "make build：数据库已写好，但不含上述文件（build 的退出码为 1）" >&2 ;; \
			*) echo "make build: the database was written without the files named above (the build's exit code 1)" >&2 ;; \
		esac; }

release: $(SERVE_READY) ## DATABASE as files to load, cite and verify: RELEASE/gongkai-VERSION/ (LAST: the release before)
	@$(BIN)/python -c 'import pyarrow' 2>/dev/null || $(PIP) -r requirements-release.txt
	@$(BIN)/python scripts/release.py "$(DATABASE)" --into "$(RELEASE)" $(if $(LAST),--last "$(LAST)")

test: $(TEST_READY) ## set everything up, run every test: ruff, mypy --strict, pytest
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory --jobs=2 --keep-going types tests

types: $(TEST_READY)
	$(BIN)/mypy

# Whatever the environment says, bytecode is kept: pytest rewrites the tests once, and each process that they start loads
# at once. The tests' own `make` are none of this one's jobs.
tests: $(TEST_READY)
	PYTHONDONTWRITEBYTECODE= MAKEFLAGS= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

metadata: $(SERVE_READY) ## make the last part of metadata.yml anew, what Datasette by itself reads, of the rest and queries/
	@$(BIN)/python scripts/metadata.py

audit: $(TEST_READY) ## look for known holes in what we depend on (needs the network)
	test -x $(TOOLS)/bin/pip-audit || ($(PYTHON) -m venv $(TOOLS) && $(TOOLS)/bin/python -m pip install --quiet pip-tools==7.6.2 pip-audit==2.10.1)
	$(TOOLS)/bin/pip-audit --require-hashes --disable-pip -r requirements-dev.lock

lock: $(TEST_READY) ## write the lock files with their hashes, and the list of licences (needs the network)
	test -x $(TOOLS)/bin/pip-compile || ($(PYTHON) -m venv $(TOOLS) && $(TOOLS)/bin/python -m pip install --quiet pip-tools==7.6.2 pip-audit==2.10.1)
	for names in requirements:requirements requirements-dev:requirements-ci; do \
		$(TOOLS)/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
			--no-header --strip-extras --allow-unsafe --output-file $${names%:*}.lock $${names#*:}.txt || exit 1; \
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
	@$(PYTHON) scripts/environment.py .venv $<
	$(PIP) -r $<
	touch $@

$(TEST_READY): $(TESTS_NEED) requirements-dev.txt $(SERVE_READY)
	@$(BIN)/python scripts/environment.py .venv $<
	$(PIP) -r $<
	touch $@
