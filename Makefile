# The commands of the project. On Windows without make, see "Without make" in README.md.
PYTHON ?= python3
UV ?= $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

.PHONY: review test test-slow mutants mutants-sample faults faults-sample check calibration format docs clean

review: .venv/.ready  ## set up once, then run the demonstration's 2019 review
	$(BIN)/annual-review run 2019

# Tests start many processes: each is quicker where the first one left compiled modules.
test test-slow: export PYTHONDONTWRITEBYTECODE =

test: .venv/.ready  ## every test but the slow ones
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"

test-slow: .venv/.ready  ## whole reviews, run twice, killed and compared
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m slow

mutants: .venv/.ready  ## 200 wrong changes, one at a time: which do the tests notice? (half an hour)
	$(BIN)/python tests/mutants

mutants-sample: .venv/.ready  ## some of them, in two minutes
	$(BIN)/python tests/mutants --rooms analysis,disclosure,quality,refresh --modules 3 --number 60 --near 2 \
		--minutes 1.8 --least 65

faults: .venv/.ready  ## faults planted in clean data, one at a time: which do the checks catch? (half an hour)
	$(BIN)/python tests/faults

faults-sample: .venv/.ready  ## some of them, in well under a minute
	$(BIN)/python tests/faults --bases export --sample 20 --minutes 1

check: .venv/.ready  ## lint, format, types, layers, lock agreement, stale docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(UV) lock --check
	$(UV) export --frozen --no-dev --extra documents --extra explore --no-emit-project --no-header --quiet | diff requirements.txt -
	$(BIN)/python docs/generate.py --check
	$(BIN)/python data/local/generate.py --check

calibration: .venv/.ready  ## how often the words are wrong, on the national figures; written into docs/methods.md (2 minutes)
	$(BIN)/python benchmarks/methods_page.py

format: .venv/.ready  ## put the code and the generated files in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(UV) export --frozen --no-dev --extra documents --extra explore --no-emit-project --no-header --quiet > requirements.txt
	$(BIN)/python docs/generate.py

.venv/.ready: pyproject.toml uv.lock
	@command -v $(UV) >/dev/null || $(PYTHON) -m pip install --quiet --target .uv uv
	$(UV) sync --frozen --extra documents --extra explore --python $(PYTHON)
	@touch $@

clean:  ## take away what a run and a set-up made; params and data stay
	rm -rf .venv .uv .cache outputs/*
