# Set-up and everyday commands. `make run` and `make test` install what they need and say so first.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready-to-test
SAMPLES := saraban/samples/scans
export SARABAN_DATA_DIR ?= data

RUN_PACKAGES := tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng tesseract-ocr-osd poppler-utils \
	fonts-thai-tlwg libfribidi0
TEST_PACKAGES := $(RUN_PACKAGES) chromium
BENCH_PACKAGES := ocrmypdf

.PHONY: help run serve test check format lint types bench samples lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(INSTALLED) ## install, take in the sample scans, and serve on http://127.0.0.1:8000
	@.ci/install-packages $(RUN_PACKAGES)
	@$(BIN)/saraban ingest $(SAMPLES) --batch "ตัวอย่าง" || test $$? -eq 1
	@$(BIN)/saraban serve

serve: $(INSTALLED) ## serve what was taken in before
	@$(BIN)/saraban serve

test: $(READY) ## pass the tests from a clean checkout
	@$(BIN)/python -m pytest

check: $(READY) ## format, lint, types and tests, as CI runs them
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test

format: $(READY) ## put the code in form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## measure accuracy, speed and memory, side by side with plain Tesseract
	@.ci/install-packages $(BENCH_PACKAGES) || echo "Without $(BENCH_PACKAGES): its row is left out"
	@$(BIN)/python -m benchmarks

samples: $(READY) ## draw the sample scans again
	@$(BIN)/python -m benchmarks.drawing.samples

lock: $(VENV)/bin/uv ## choose the newest versions and lock them
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --group dev --constraint requirements.lock pyproject.toml \
		--output-file requirements-dev.lock

clean: ## remove the virtual environment and caches; data/ stays
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/uv:
	@.ci/make-venv $(PYTHON) $(VENV)

$(INSTALLED): requirements.lock pyproject.toml $(VENV)/bin/uv
	@echo "Installing the Python packages of requirements.lock into $(VENV)"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes --requirement requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

$(READY): $(INSTALLED) requirements-dev.lock
	@.ci/install-packages $(TEST_PACKAGES)
	@echo "Installing the Python packages of requirements-dev.lock into $(VENV)"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes \
		--requirement requirements-dev.lock
	@touch $@
