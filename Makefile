# `make` lists what there is. Everything can be run again at any time.

PORT ?= 8000
# Tests run in this many processes.
JOBS ?= 2
# So many times each race is run by make races.
RACES ?= 100
# More for pytest: make test ARGS="tests/home -k signup"
ARGS ?=

PYTHON := .venv/bin/python
MANAGE := DJANGO_SETTINGS_MODULE=linksite.settings.dev $(PYTHON) manage.py
STYLE_SHEET := linksite/static/css/site.css
RACE_TESTS := tests/groups/test_place_races.py tests/intake/test_races.py
PIP_INSTALL := $(PYTHON) -m pip install -qq --disable-pip-version-check

.PHONY: help run test test-postgres races bench lint format check audit messages clean remake
MAKEFLAGS += --no-print-directory

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(STYLE_SHEET) .venv/.runtime ## Set up what is missing and serve the demo centre on 127.0.0.1 (PORT=8000)
	@echo "Bringing the database up to date"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) compilemessages --verbosity 0
	@SITE_URL=http://127.0.0.1:$(PORT) $(MANAGE) load_demo --if-empty
	@echo
	@echo "  The site        http://127.0.0.1:$(PORT)/"
	@echo "  For the staff   http://127.0.0.1:$(PORT)/admin/"
	@echo
	@echo "Ctrl-C stops it; make run PORT=8001 takes another port."
	@SITE_URL=http://127.0.0.1:$(PORT) $(MANAGE) runserver 127.0.0.1:$(PORT)

test: $(STYLE_SHEET) .venv/.development ## Run all tests, on SQLite or on DATABASE_URL (ARGS= for pytest)
	@$(MANAGE) compilemessages --verbosity 0
	@DJANGO_SETTINGS_MODULE=linksite.settings.test $(PYTHON) -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

test-postgres: ## Run all tests on a PostgreSQL started for them alone (ARGS="-m postgres": what can differ there)
	@.ci/with-postgres $(MAKE) test

races: .venv/.development ## Run each race RACES=100 times, on SQLite and on PostgreSQL
	@RACES=$(RACES) DJANGO_SETTINGS_MODULE=linksite.settings.test $(PYTHON) -m pytest -q $(RACE_TESTS)
	@RACES=$(RACES) DJANGO_SETTINGS_MODULE=linksite.settings.test .ci/with-postgres \
	  $(PYTHON) -m pytest -q $(RACE_TESTS)

bench: $(STYLE_SHEET) .venv/.development ## Measure pages and signups against a bare view; fails when a page of the queues slows down
	@$(MANAGE) compilemessages --verbosity 0
	@$(PYTHON) -m tests.benchmarks $(ARGS)

lint: .venv/.development ## Check style, types, templates, layers and the size of rooms; changes nothing
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m djlint templates --lint --quiet
	@$(PYTHON) -m djlint templates --check
	@.venv/bin/lint-imports
	@$(PYTHON) -m mypy
	@$(PYTHON) .ci/house

format: .venv/.development ## Put code and templates into shape
	@$(PYTHON) -m ruff check --fix-only --quiet
	@$(PYTHON) -m ruff format
	@$(PYTHON) -m djlint templates --reformat --quiet --warn

check: $(STYLE_SHEET) .venv/.development ## Check settings (also production's) and migrations
	@$(MANAGE) check
	@$(MANAGE) makemigrations --check --dry-run
	@.ci/check-production

audit: node_modules/.installed .venv/.development ## Look for known vulnerabilities in the packages, where the network answers
	@.ci/audit

messages: .venv/.development ## Collect the texts to translate into locale/ and compile them
	@command -v xgettext >/dev/null || { \
	  echo "Collecting texts needs GNU gettext (Debian: apt install gettext)"; exit 1; }
	@$(MANAGE) makemessages --locale nb --locale nn --no-wrap --no-obsolete --add-location file \
	  --ignore .venv --ignore node_modules --ignore tests
	@$(MANAGE) collect_wagtail_messages --verbosity 0
	@# The date would change the files each time, and tells nothing.
	@sed -i '/^"POT-Creation-Date/d' locale/*/LC_MESSAGES/django.po
	@$(MANAGE) compilemessages --verbosity 0

clean: ## Remove what was installed, compiled or cached; the database and uploads stay
	@rm -rf .venv node_modules static linksite/static/css .pytest_cache .ruff_cache .mypy_cache .test-database .hypothesis .import_linter_cache
	@find . -name __pycache__ -prune -exec rm -rf {} + -o -path './locale/*.mo' -exec rm {} +

# An environment is finished when it has pip. One whose Python has gone is made anew.
remake:
.venv/bin/pip: $(if $(shell $(PYTHON) --version 2>&1 | grep '^Python'),,remake)
	@.ci/make-venv

.venv/.runtime: .venv/bin/pip requirements.txt
	@echo "Installing Python packages (about a minute the first time)"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/.development: .venv/bin/pip requirements.txt requirements-dev.txt
	@echo "Installing Python packages for tests and checks (about a minute the first time)"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ .venv/.runtime

node_modules/.installed: package.json package-lock.json
	@node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null \
	  && command -v npm >/dev/null \
	  || { echo "Node 20 or newer with npm is needed (see nodejs.org)"; exit 1; }
	@echo "Installing the design system and the tool that bundles style sheets"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

$(STYLE_SHEET): node_modules/.installed $(wildcard linksite/css/*.css)
	@npm run --silent css
	@touch $@
