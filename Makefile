# From nothing but Python 3.11 and make: `make demo` shows it, `make test` checks it.

PYTHON ?= python3
BASE ?= HEAD

VENV := .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
PIP := $(PY) -m pip -qq --disable-pip-version-check
INSTALLED := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed
# torch slows the start of everything beside it: stanza has an environment of its own.
STANZA := .venv-stanza

.DEFAULT_GOAL := help
.PHONY: help demo test test-extras lint gate diff bench bench-dump bench-gate bench-peers schemas corpora readme train-kk train-rankers score-ner clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		while IFS='|' read -r name words; do printf '  make %-14s %s\n' "$$name" "$$words"; done

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "extractor needs Python 3.11 or newer; '$(PYTHON)' is not" \
			"($$($(PYTHON) --version 2>&1)). Try: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments: install its venv package" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(PY)
	$(PIP) install --editable .
	@touch $@

$(DEVELOPED): pyproject.toml | $(PY)
	$(PIP) install --editable '.[dev]'
	@touch $@ $(INSTALLED)

demo: $(INSTALLED) ## six sample articles: records to out/records.jsonl, events as a table
	@mkdir -p out
	$(BIN)/extractor extract corpora/samples --output out/records.jsonl
	@echo
	@$(BIN)/extractor extract corpora/samples --format table 2>/dev/null
	@echo "The records, one a line: out/records.jsonl"

test: $(DEVELOPED) lint ## lint, types, layers, tests, and the gate
	$(PY) -m pytest -m "not extras"
	@$(MAKE) --no-print-directory gate

lint: $(DEVELOPED) ## ruff, mypy, and which layer may import which
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

$(STANZA)/.installed: pyproject.toml | $(PY)
	$(PYTHON) -m venv $(STANZA)
	$(STANZA)/bin/python -m pip -qq --disable-pip-version-check install --editable '.[stanza]' \
		'torch==2.13.0' 'pytest>=8'
	@touch $@

test-extras: $(DEVELOPED) $(STANZA)/.installed ## the tests that are slow or need an optional extra
	$(PIP) install --no-deps --require-hashes -r models/requirements.txt
	$(PY) -m pytest tests/test_ner.py tests/test_open_roles.py
	$(STANZA)/bin/python -m pytest tests/test_ner_stanza.py
	@$(PY) -m pytest -m extras || { code=$$?; \
		if [ $$code -eq 5 ]; then echo "0 passed, 0 failed"; else exit $$code; fi; }

gate: $(DEVELOPED) ## scores on corpora/dev, none below its floor
	$(BIN)/extractor evaluate corpora/dev --ner rules --floors tests/floors.json

diff: $(DEVELOPED) ## gains and losses on corpora/dev since a commit (BASE=HEAD)
	@rm -rf out/base && mkdir -p out/base
	@git archive $(BASE) extractor | tar -x -C out/base
	@PYTHONPATH=out/base $(PY) -P -m extractor extract corpora/dev.jsonl -o out/before.jsonl
	@$(BIN)/extractor extract corpora/dev.jsonl -o out/after.jsonl
	$(BIN)/extractor diff out/before.jsonl out/after.jsonl --gold corpora/dev

bench: $(INSTALLED) ## articles a second by stage and by language on one core, memory, the time to start
	$(PY) scripts/bench.py
	$(PY) scripts/bench_quantities.py
	$(PY) scripts/bench_articles.py

bench-peers: $(INSTALLED) ## against other readers of numbers and names, same text, same run
	$(PIP) install --editable '.[bench,ner]'
	$(PY) scripts/bench_quantities.py
	$(PY) scripts/bench_articles.py

bench-gate: $(INSTALLED) ## what the gate of a run loses, lets through, and how fast it is
	$(PY) scripts/bench_gate.py

bench-dump: $(INSTALLED) ## a dump of 200 000 articles through every part of a run, beside others
	$(PIP) install --editable '.[ner]'
	$(PIP) install --no-deps --require-hashes -r models/requirements.txt
	$(PY) scripts/bench_dump.py

schemas: $(INSTALLED) ## schemas/*.json from the models
	$(PY) scripts/make_schemas.py

corpora: $(INSTALLED) ## corpora/*.jsonl from corpora/*/*.txt and .json
	$(PY) scripts/make_corpora.py

readme: $(INSTALLED) ## the measured tables of README.md: scores and speed
	$(PY) scripts/readme_scores.py

train-kk: $(DEVELOPED) ## the weights of models/kk-ner from KazNERD, the same bytes each time
	$(PY) scripts/train_kk.py

train-rankers: $(DEVELOPED) ## the weights of models/rankers from the gold, the same bytes each time
	$(PIP) install --editable '.[train]'
	$(PY) scripts/train_rankers.py

score-ner: $(DEVELOPED) ## the scores of the model cards again, from ../shared/data
	$(PIP) install --no-deps --require-hashes -r models/requirements.txt
	$(PY) scripts/score_ner.py

clean: ## what was made here, but not .venv
	rm -rf out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find extractor tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
