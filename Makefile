# Two commands: `make run` opens the chat, `make test` passes every test.
PYTHON ?= python3
# Byte code is kept, whatever the environment says: each process would else compile all that it imports.
export PYTHONDONTWRITEBYTECODE :=
TORCH_INDEX ?=
VENV := .venv
BIN := $(VENV)/bin
# Byte code is left to the first import: compiling all of torch takes longer than fetching it.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
# uv installs in a tenth of the time. It does not read pip's own settings: when it fails, pip is there.
FIND_LINKS := $(shell $(PYTHON) -m pip config get global.find-links 2>/dev/null)
UV := UV_HTTP_TIMEOUT=180 $(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt \
	--index-strategy unsafe-best-match $(addprefix --find-links ,$(FIND_LINKS))
INDEX := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
STAMP := $(VENV)/.installed
FACTS := $(BIN)/mypy && $(BIN)/maintelex check

.PHONY: run test lint style facts clean

run: $(STAMP) ## install what is missing, build the index if it is stale, open http://localhost:8501
	$(BIN)/maintelex ingest --if-stale
	$(BIN)/maintelex serve

test: $(STAMP) style ## check style, run every test, check types and the knowledge base beside them
	{ $(FACTS); } >$(VENV)/facts.log 2>&1 & facts=$$!; \
	$(BIN)/python -m pytest -n 2 --dist loadfile; tests=$$?; \
	wait $$facts; right=$$?; cat $(VENV)/facts.log; \
	test $$tests -eq 0 && test $$right -eq 0

lint: style facts

style: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

facts: $(STAMP)
	$(FACTS)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	{ $(PIP) uv && $(UV) $(INDEX) torch -e '.[dev]'; } || { $(PIP) $(INDEX) torch && $(PIP) -e '.[dev]'; }
	touch $@

clean:
	rm -rf $(VENV) var
