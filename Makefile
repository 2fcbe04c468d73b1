# Recoupe: `make run` serves the page, `make test` runs every check, `make ask Q="..."` answers in the terminal.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run ask test gate baseline model clean

# Serve the chat page; an index of seeds/ is built when there is none. make run PORT=8000 HOST=0.0.0.0
run: $(VENV)/.installed
	@$(BIN)/recoupe serve $(if $(HOST),--host "$(HOST)") $(if $(PORT),--port "$(PORT)")

# Answer one question: make ask Q="how many soldiers died?"
export Q
ask: $(VENV)/.installed
	@test -n "$$Q" || { echo 'Say what to ask: make ask Q="how many soldiers died?"' >&2; exit 2; }
	@$(BIN)/recoupe ask -- "$$Q"

test: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# Did an answer get worse? tests/gold/baseline.json is what was last accepted; `make baseline` accepts anew.
gate baseline: $(VENV)/.installed-for-tests
	$(BIN)/recoupe build seeds build/gate-index
	$(BIN)/recoupe evaluate tests/gold/seeds.jsonl --index build/gate-index --gate tests/gold/baseline.json \
		$(if $(filter baseline,$@),--update-baseline)

# Make the translation table and the encoder anew, from the data that index/training reads: hours. See README.md.
model: $(VENV)/.installed-for-training
	$(BIN)/python -m index.training.lexicon
	$(BIN)/python -m index.training.tokenizer
	$(BIN)/python -m index.training.distil
	$(BIN)/python -m index.training.retrieve
	$(BIN)/python -m index.training.export

clean:
	rm -rf $(VENV) .recoupe build *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Recoupe needs Python 3.11 or newer; with another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make a virtual environment; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }

# A stamp is as new as the pyproject.toml it was installed from, so that the second time costs nothing.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Recoupe and its libraries into $(VENV): some minutes the first time"
	@$(BIN)/python -m pip install --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Recoupe, its libraries and those of its tests into $(VENV): some minutes the first time"
	@$(BIN)/python -m pip install --disable-pip-version-check --editable ".[test]"
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-for-training: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --disable-pip-version-check --editable ".[training]"
	@touch $@
