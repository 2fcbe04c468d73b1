# Recoupe: `make run` serves the page, `make test` runs every check, `make ask Q="..."` answers in the terminal.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run ask test gate baseline constraints model clean

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

# Take the newest versions that pyproject.toml allows into constraints.txt, but torch, whose wheels are the largest, stays:
# make constraints TORCH=2.14.1 moves it. Run `make test` before you commit them.
TORCH ?= $(shell sed -n 's/^torch==//p' constraints.txt)
constraints: $(BIN)/uv
	@sh .ci/constraints.sh $(VENV) $(TORCH)

# Make the translation table, the encoder and the reader anew, from the data that index/training reads: hours. See README.md.
model: $(VENV)/.installed-for-training
	$(BIN)/python -m index.training.lexicon
	$(BIN)/python -m index.training.pieces
	$(BIN)/python -m index.training.retrieve
	$(BIN)/python -m index.training.export
	$(BIN)/python -m qa.training.learn
	$(BIN)/python -m qa.training.export

clean:
	rm -rf $(VENV) .recoupe build *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "Recoupe needs Python 3.11, 3.12 or 3.13; with another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make a virtual environment; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }

$(BIN)/uv: | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"

# A stamp is as new as what it was installed from, so that the second time costs nothing.
$(VENV)/.installed: pyproject.toml constraints.txt .ci/install.sh | $(BIN)/uv
	@echo "Installing Recoupe and its libraries into $(VENV): a minute or some the first time"
	@sh .ci/install.sh $(VENV)
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml constraints.txt .ci/install.sh | $(BIN)/uv
	@echo "Installing Recoupe, its libraries and those of its tests into $(VENV): a minute or some the first time"
	@sh .ci/install.sh $(VENV) test
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-for-training: pyproject.toml constraints.txt .ci/install.sh | $(BIN)/uv
	@sh .ci/install.sh $(VENV) training
	@touch $@ $(VENV)/.installed
