# For people: each target sets up what it needs on a machine that has Python >= 3.11, make and git.
PYTHON ?= python3
VENV := .venv
KB := $(VENV)/bin/kb
# What is installed knows where it was: in a folder that was moved or renamed it is installed anew.
AT_HOME := test ! -e $(VENV)/place || test "$$(cat $(VENV)/place)" = "$$(pwd -P)"
$(shell { $(AT_HOME); } || rm -f $(VENV)/*.stamp)
.DEFAULT_GOAL := help
.PHONY: help site members serve check test bench phone lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/site.stamp: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed; PYTHON=/path/to/python3.12 make ... chooses one.")'
	@{ $(AT_HOME); } && $(VENV)/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@pwd -P > $(VENV)/place
	@echo "Setting up $(VENV) ..."
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/site.stamp requirements/dev.txt
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

site: $(VENV)/site.stamp ## check the records and build the public site, in every language, into site/
	@$(KB) build

members: $(VENV)/site.stamp ## the same with everything, for those who log in, into site-members/ (docs/hosting.md)
	@$(KB) build --edition members

serve: $(VENV)/site.stamp ## preview at http://127.0.0.1:8000; a saved record shows at once
	@$(KB) serve

check: $(VENV)/dev.stamp ## lint, types, floors of the house, records
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(KB) check

test: $(VENV)/dev.stamp ## run every test
	@$(VENV)/bin/python -m pytest

bench: $(VENV)/dev.stamp ## measure speed and memory as ratios to baselines
	@$(VENV)/bin/python tests/bench/bench.py

phone: site $(VENV)/dev.stamp ## weigh the site as a phone fetches it, and judge it with Lighthouse (needs Chromium and npx)
	@$(VENV)/bin/python tests/bench/phone.py

lock: $(VENV)/dev.stamp ## resolve pyproject.toml anew into hash-pinned requirement files (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/site.txt
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

clean: ## remove what was built (never the records)
	@rm -rf build site site-members
