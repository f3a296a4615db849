# Two commands do all the set-up: `make demo` and `make test`. Only Python 3.11+ and a package index are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-fast lint bench wheel clean

# Installed from the lock, with hashes; the project itself in place.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("checker needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: $(READY) ## check the example draft against the example corpus
	$(BIN)/checker check examples/ferry.md --corpus corpus --fail-on never
	$(BIN)/checker check examples/ferry.md --corpus corpus --fail-on never --output demo-report.html

test: $(READY) ## every test
	$(BIN)/python -m pytest -n auto

test-fast: $(READY) ## without servers, browsers and kill loops
	$(BIN)/python -m pytest -n auto -m "not slow"

lint: $(READY) ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## speed of search, encoder and a whole check
	$(BIN)/python -m benchmarks

wheel: $(READY)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

clean:
	rm -rf $(VENV) dist build demo-report.html .mypy_cache .pytest_cache .ruff_cache
