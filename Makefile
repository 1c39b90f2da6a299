# What people type. `make demo PORT=8001` moves the demo; `make test ARGS="-k deadline"` runs some tests, in one process.

export PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE  # without bytecode every process compiles for five seconds what it imports
PYTHON := .venv/bin/python
EVERY_CORE := -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

.PHONY: setup demo test test-clocks test-deep check messages bench stop

setup: ## prepare .venv from the lock file, compile translations
	@deploy/bootstrap.sh

demo: setup ## run the whole service until Ctrl-C
	@exec $(PYTHON) -m deploy.local.demo

test: setup ## run every test
	@exec $(PYTHON) -m pytest $(or $(ARGS),$(EVERY_CORE))

test-clocks: setup ## run every test that reads the machine's clock under others (needs Debian's faketime)
	@exec $(PYTHON) -m tests.other_clocks

test-deep: setup ## run the drills, for three quarters of an hour; ARGS="-k mail" runs one
	@exec $(PYTHON) -m tests.drills $(ARGS)

check: setup ## lint and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@.venv/bin/djlint --quiet --lint tenants casework billing
	@.venv/bin/lint-imports
	@$(PYTHON) -m mypy
	@$(PYTHON) manage.py makemigrations --check --dry-run

messages: setup ## bring the catalogues of translations up to date (needs Debian's gettext)
	@for app in tenants casework billing; do \
	    (cd $$app && ../$(PYTHON) -P -m django makemessages -l fi -l sv --no-obsolete --no-location --no-wrap -v 0 && \
	        sed -i '/^"POT-Creation-Date/d' locale/*/LC_MESSAGES/django.po) || exit 1; \
	done

bench: setup ## measure; prints JSON
	@exec $(PYTHON) -m tests.bench

stop: ## stop a database that a killed process left running; the data stays
	@for home in .suunta/test .suunta/test/gw* .suunta/clocks/*; do SUUNTA_HOME=$$home $(PYTHON) -m deploy.local.embedded stop; done
	@exec $(PYTHON) -m deploy.local.embedded stop
