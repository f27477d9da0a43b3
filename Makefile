# From nothing but Python 3.11 and make: `make demo` shows it, `make test` checks it.

PYTHON ?= python3
BASE ?= HEAD
RUNS ?= 1000000

VENV := .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
PIP := $(PY) -m pip -qq --disable-pip-version-check
INSTALLED := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed
# torch slows the start of everything beside it: stanza has an environment of its own.
STANZA := .venv-stanza

.DEFAULT_GOAL := help
.PHONY: help demo chromium test test-extras test-engines lint gate diff docs bench bench-dump bench-gate bench-peers bench-resolve schemas corpora readme train-kk train-rankers score-ner faults faults-engines fuzz clean

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
	$(PIP) install --editable '.[report]'
	@touch $@

$(DEVELOPED): pyproject.toml | $(PY)
	$(PIP) install --editable '.[dev]'
	@touch $@ $(INSTALLED)

demo: $(INSTALLED) ## six sample articles: records, events as a table, and the page out/report.html
	@mkdir -p out
	$(BIN)/extractor extract corpora/samples --with-text --output out/records.jsonl
	@echo
	@$(BIN)/extractor extract corpora/samples --format table 2>/dev/null
	@$(BIN)/extractor report out/records.jsonl --output out/report.html
	@echo "The records, one a line: out/records.jsonl"
	@echo "The page to look at: out/report.html"

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

chromium: # for the report in a browser; its tests skip where there is none
	@command -v chromium google-chrome >/dev/null || { [ "$$(id -u)" = 0 ] && \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
		echo "no Chromium: the tests of the report in a browser are skipped" >&2

test-extras: chromium $(DEVELOPED) $(STANZA)/.installed ## the tests that are slow or need an optional extra
	$(PIP) install --no-deps --require-hashes -r models/requirements.txt
	$(PIP) install --editable '.[docs]'
	$(PY) -m pytest tests/test_ner.py tests/test_open_roles.py
	$(STANZA)/bin/python -m pytest tests/test_ner_stanza.py
	@$(PY) -m pytest -m extras || { code=$$?; \
		if [ $$code -eq 5 ]; then echo "0 passed, 0 failed"; else exit $$code; fi; }

test-engines: $(DEVELOPED) ## runs on PySpark (needs Java) and Ray, two workers each
	$(PIP) install --editable '.[spark,ray]'
	$(PY) -m pytest tests/test_run_engines.py

gate: $(DEVELOPED) ## scores on corpora/dev, none below its floor
	$(BIN)/extractor evaluate corpora/dev --ner rules --floors tests/floors.json

diff: $(DEVELOPED) ## gains and losses on corpora/dev since a commit (BASE=HEAD)
	@rm -rf out/base && mkdir -p out/base
	@git archive $(BASE) extractor | tar -x -C out/base
	@PYTHONPATH=out/base $(PY) -P -m extractor extract corpora/dev.jsonl -o out/before.jsonl
	@$(BIN)/extractor extract corpora/dev.jsonl -o out/after.jsonl
	$(BIN)/extractor diff out/before.jsonl out/after.jsonl --gold corpora/dev

docs: $(INSTALLED) ## the documentation: docs/ to out/site
	$(PIP) install --editable '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict
	@echo "The documentation: out/site/index.html"

bench: $(INSTALLED) ## articles a second by stage and by language on one core, memory, the time to start
	$(PY) scripts/bench.py
	$(PY) scripts/bench_quantities.py
	$(PY) scripts/bench_articles.py

bench-resolve: $(INSTALLED) ## canonical events from 10k, 100k and 1M generated mentions
	$(PY) scripts/bench_resolve.py

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

faults: $(DEVELOPED) ## every fault of tests/test_run_faults.py, and the table of docs/faults.md
	FAULT_TABLE=docs/faults.md $(PY) -m pytest tests/test_run_faults.py

faults-engines: $(DEVELOPED) ## engines, their workers and drivers killed, and their table of docs/faults.md
	$(PIP) install --editable '.[spark,ray]'
	FAULT_TABLE=docs/faults.md $(PY) -m pytest tests/test_run_engines.py

fuzz: $(DEVELOPED) ## a million strange inputs for each entry point (RUNS=1000000)
	$(PIP) install --editable '.[fuzz]'
	$(PY) scripts/fuzz.py --runs $(RUNS)

clean: ## what was made here, but not .venv
	rm -rf out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find extractor tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
