# Two commands: `make run` opens the chat, `make test` passes every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test check clean
.DELETE_ON_ERROR:

run: $(STAMP) ## install what is missing, build the index if it is stale, open http://localhost:8501
	$(BIN)/maintelex ingest --if-stale
	$(BIN)/maintelex serve

test: $(STAMP) ## install what is missing, check style, types and the knowledge base, run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/maintelex check
	$(BIN)/python -m pytest -n 2 --dist loadfile

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) var
