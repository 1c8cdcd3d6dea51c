# `make run` is the demo, `make start` serves real people, `make test` passes everything.
SHELL := /bin/bash
PYTHON ?= python3.11
BIN := .venv/bin
UV := .bootstrap/bin/uv
# Modules are compiled once: a start is five processes, and the tests start many.
unexport PYTHONDONTWRITEBYTECODE
INSTALLED := .venv/.installed

.PHONY: run start test quick deep bench shots lint format lock install browser messages clean

run: $(INSTALLED)
	@exec $(BIN)/baiying run --demo

start: $(INSTALLED)
	@exec $(BIN)/baiying run

test: $(INSTALLED) browser lint
	$(BIN)/pytest -n 2 --dist loadgroup -m "not deep"

# Under a minute, to be run at every change: the pure engine, the kit, the walls. All else is in `make test`.
quick: $(INSTALLED)
	$(BIN)/pytest -n 2 tests/engine tests/kit tests/structure -m "not browser and not live and not long and not deep"

deep: $(INSTALLED) browser
	$(BIN)/pytest -n 2 -m "not browser" --hypothesis-profile deep
	$(BIN)/pytest -n 2 --dist loadgroup -m "browser and deep"

# Each with its words, commas for spaces. A million people: make bench PEOPLE=1000000
PEOPLE ?= 200000
BENCHES := text topics submit pages,--peer,helpdesk log import loading rules sweep,--people,$(PEOPLE),--peer,openfisca

bench: $(INSTALLED)
	@missed=0; for what in $(BENCHES); do \
		echo "bench $$what" >&2; $(BIN)/baiying bench $$(echo $$what | tr , ' ') --json || missed=1; done; exit $$missed

shots: $(INSTALLED) browser
	$(BIN)/python tools/shots.py

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/mypy baiying
	$(BIN)/lint-imports
	$(BIN)/djlint baiying/web/templates --lint --quiet

install: $(INSTALLED)

$(UV):
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --target .bootstrap -r requirements/bootstrap.txt

$(INSTALLED): $(UV) requirements/lock.txt requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/lock.txt -r requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# Debian's Chromium and the Chinese fonts that browser tests and screenshots need.
browser:
	@if command -v chromium >/dev/null && fc-list 2>/dev/null | grep -q NotoSansCJK; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else echo "The browser tests need Chromium and Chinese fonts. Type: sudo apt-get install chromium fonts-noto-cjk"; exit 1; fi

messages: $(INSTALLED)
	cd locale/.. && $(BIN)/django-admin makemessages --locale zh_Hans --no-location --ignore .venv && $(BIN)/django-admin compilemessages --locale zh_Hans

lock: $(UV)
	$(UV) pip compile --quiet --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/lock.txt
	$(UV) pip compile --quiet --python-version 3.11 --generate-hashes --no-header requirements/dev.in -o requirements/dev.txt
	$(UV) pip compile --quiet --python-version 3.11 --generate-hashes --no-header requirements/bootstrap.in -o requirements/bootstrap.txt

format: $(INSTALLED)
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .bootstrap build *.egg-info
