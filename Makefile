# Two commands do everything: `make drill` and `make test`. Stamp files in .venv keep a second run from installing again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements/constraints.txt
ORACLE ?= $(BIN)/python
PYTEST_OPTIONS ?= -n 2

.PHONY: help drill test check format golden sweep fuzz gallery pictures wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

drill: $(VENV)/user.stamp ## set up and open a drill on the built-in bank
	@$(BIN)/quizcnn drill

test: $(VENV)/dev.stamp ## set up and run the tests
	$(BIN)/pytest $(PYTEST_OPTIONS)

check: $(VENV)/dev.stamp lint test bankcheck ## format, lint, types, import contracts, tests, bank

.PHONY: lint bankcheck
lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bankcheck: $(VENV)/dev.stamp
	$(BIN)/quizcnn bank check --cross

format: $(VENV)/dev.stamp ## format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(VENV)/dev.stamp ## ask the oracles anew (ORACLE=python with requirements/oracle.txt)
	PYTHONPATH=. $(ORACLE) tests/golden/make.py
	PYTHONPATH=. $(ORACLE) tests/golden/networks.py

sweep: $(VENV)/dev.stamp ## thousands of seeds of every numeric entry (SEEDS=2000)
	$(BIN)/python -m tests.sweep $(or $(SEEDS),2000)

fuzz: $(VENV)/dev.stamp ## hostile inputs for every family (LINES=50000)
	$(BIN)/python -m tests.fuzz $(or $(LINES),50000)

gallery: $(VENV)/user.stamp ## three samples of every question on one page
	$(BIN)/quizcnn bank gallery --force -o gallery.html

pictures: $(VENV)/dev.stamp ## draw the pictures of README and docs again
	$(BIN)/python -m tests.pictures
	$(BIN)/python tests/figures/write_formulas.py

wheel: $(VENV)/dev.stamp ## build the wheel into dist/
	rm -rf dist && $(BIN)/python -m build --no-isolation --outdir dist .

clean: ## remove what was built
	rm -rf $(VENV) build dist *.egg-info gallery.html

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "quizcnn needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/user.stamp: pyproject.toml requirements/constraints.txt | $(VENV)/bin/python
	$(PIP) -e ".[pdf]"
	@touch $@

$(VENV)/dev.stamp: pyproject.toml requirements/constraints.txt | $(VENV)/bin/python
	$(PIP) -e ".[dev]"
	@touch $@ $(VENV)/user.stamp
