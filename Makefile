# Thin: every target calls the `amparo` command or a tool. `make help` prints them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --frozen
ENV := .venv/.synced
NLU_ENV := nlu/.venv/.synced
# Tests of code alone, on both cores; the others start processes and drive browsers, one after the other.
QUICK = $(RUN) pytest -q -n 2 -m "not rasa and not browser and not e2e and not data"

.PHONY: help run test check content evaluate load train setup setup-nlu browser postgresql fix format lint types contracts

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup setup-nlu ## Install what is missing, train if needed, start the bot and the chat page
	$(RUN) amparo run

test: setup setup-nlu browser postgresql train ## Install what is missing and run every test
	$(QUICK)
	$(RUN) pytest -m "rasa or browser or e2e or data"

check: setup format lint types contracts ## All checks and the quick tests: no training, no browser, under a minute
	$(RUN) amparo knowledge check
	$(QUICK)

content: setup ## What an editor needs: check the knowledge, run the scenarios
	$(RUN) amparo knowledge check
	$(RUN) pytest -q tests/test_content.py tests/test_scenarios.py

evaluate: setup setup-nlu train ## Measure the classifier on the held-out questions
	$(RUN) amparo nlu evaluate nlu/evaluation/heldout.jsonl

load: setup setup-nlu train ## Put the whole bot under load, against the Telegram emulator
	$(RUN) python -m tests.load

train: setup setup-nlu ## Train the classifier unless a model of the present inputs is there
	$(RUN) amparo nlu train

setup: $(ENV) ## Install the bot's environment

setup-nlu: $(NLU_ENV) ## Install Rasa's environment

browser: ## Install headless Chromium for the browser tests (Debian; elsewhere it says what to do)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "· Installing Chromium for the browser tests"; apt-get update -qq && apt-get install -y -qq chromium chromium-driver fonts-noto-color-emoji >/dev/null; \
	  else echo "Install Chromium and its driver for the browser tests: sudo apt-get install chromium chromium-driver" >&2; exit 1; fi; }

postgresql: ## Install PostgreSQL's server for the storage tests (Debian; elsewhere it says what to do)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "· Installing PostgreSQL for the storage tests"; apt-get update -qq && apt-get install -y -qq postgresql >/dev/null; \
	  else echo "Install PostgreSQL's server for the storage tests: sudo apt-get install postgresql" >&2; exit 1; fi; }

fix: setup ## Format and mend what can be mended
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

format: setup
	$(RUN) ruff format --check .

lint: setup
	$(RUN) ruff check .

types: setup
	$(RUN) mypy bot actions knowledge nlu tests

contracts: setup
	$(RUN) lint-imports

$(UV):
	@echo "· Installing uv"
	python3 -m venv .tools && .tools/bin/python -m pip install --quiet uv

$(ENV): pyproject.toml uv.lock | $(UV)
	@echo "· Installing the bot's environment"
	$(UV) sync --frozen
	@touch $@

$(NLU_ENV): nlu/pyproject.toml nlu/uv.lock | $(UV)
	@echo "· Installing Rasa's environment (about a gigabyte; a few minutes the first time)"
	$(UV) sync --frozen --project nlu
	@touch $@
