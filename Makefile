# Thin on purpose: the logic is in config/bootstrap, on the system's Python and its standard library.
#   PYTHON=python3.12   which Python makes the environment (3.11 to 3.13)
#   PORT=8000           where `make run` serves
#   ARGS="tests/site"   what `make test`, `make fuzz`, `make test-faults` and `make bench` pass on
#   DOCS=10000 CORPUS=a.jsonl.gz,b.jsonl JSON=figures.json CHART=chart.svg
#                       for `make bench`: how many articles of which corpora, and where the figures go
PYTHON ?= $(shell command -v python3 || command -v python)
BOOTSTRAP = $(if $(PYTHON),"$(PYTHON)",$(error Python is missing: install Python 3.11 to 3.13 — بايثون غير موجود: ثبّت بايثون من 3.11 إلى 3.13)) -m config.bootstrap

.DEFAULT_GOAL := help
.PHONY: help setup run test fuzz test-faults lint bench

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv and install what the product runs on
	@$(BOOTSTRAP) setup

run: ## Set up everything and serve the archive on http://127.0.0.1:8000 (PORT changes it)
	@PORT="$(PORT)" exec $(BOOTSTRAP) run

test: ## Run the tests (ARGS="tests/search -k phrase" chooses)
	@$(BOOTSTRAP) test $(ARGS)

fuzz: ## Ask the search 100,000 random and adversarial queries (MAHDAR_FUZZ=1000 asks fewer)
	@$(BOOTSTRAP) fuzz $(ARGS)

test-faults: ## Kill, damage and fill up the index while it works (MAHDAR_FAULTS=200 says how often)
	@$(BOOTSTRAP) test-faults $(ARGS)

lint: ## Check formatting, code, types and the direction of imports
	@$(BOOTSTRAP) lint

bench: ## Measure search beside other engines (DOCS, CORPUS), or ARGS=speed, or ARGS="relevance DIR"
	@DOCS="$(DOCS)" CORPUS="$(CORPUS)" JSON="$(JSON)" CHART="$(CHART)" $(BOOTSTRAP) bench $(ARGS)
