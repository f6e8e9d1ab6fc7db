# Two commands: `make run` opens the chat, `make test` passes every test.
PYTHON ?= python3
TORCH_INDEX ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
STAMP := $(VENV)/.installed

.PHONY: run test lint clean

run: $(STAMP) ## install what is missing, build the index if it is stale, open http://localhost:8501
	$(BIN)/maintelex ingest --if-stale
	$(BIN)/maintelex serve

test: $(STAMP) lint ## check style, types and the knowledge base, then run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/maintelex check

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) torch
	$(PIP) -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) var
