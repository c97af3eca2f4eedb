# `make run` serves the site with its demonstration content; `make test` runs every test. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run test test-deps test-quick lint types borders check bench messages bench-directory bench-release bench-lesson rehearsal bench-newsletter bench-outreach lock fresh-database clean

VENV ?= .venv
PY = $(VENV)/bin/python
UV ?= uv
LOCK = $(UV) pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
JOBS ?= 2

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(VENV)/.base: requirements/base.txt scripts/install.sh
	@echo "Installing the locked packages into $(VENV) …"
	@sh scripts/install.sh $(VENV) requirements/base.txt
	@touch $@

$(VENV)/.test: requirements/test.txt scripts/install.sh
	@echo "Installing the locked packages and the test tools into $(VENV) …"
	@sh scripts/install.sh $(VENV) requirements/test.txt
	@touch $@ $(VENV)/.base

run: $(VENV)/.base  ## serve the site at http://127.0.0.1:8000 with demonstration content
	@$(PY) scripts/run.py

test: $(VENV)/.test  ## run every test, browser tests too where there is a Chromium
	@$(PY) -m pytest -q -n $(JOBS) --dist loadfile $(ARGS)

test-quick: $(VENV)/.test  ## run the tests that need no browser, keeping the test database
	@$(PY) -m pytest -q -m "not browser" -x $(ARGS)

test-deps:  ## install Chromium and fonts for the browser tests (Debian, as root)
	apt-get update -q && apt-get install -y -q chromium fonts-noto-core

lint: $(VENV)/.test  ## check the style of the code and the templates
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(PY) scripts/scan_secrets.py

types: $(VENV)/.test  ## check the types
	@$(VENV)/bin/mypy site/cscp site/foundation home community surveys scripts benchmarks

borders: $(VENV)/.test  ## check that no room imports what it must not
	@PYTHONPATH=.:site $(VENV)/bin/lint-imports --no-logo

check: lint types borders  ## lint, types, borders, migrations and the deployment check
	@$(PY) manage.py makemigrations --check --dry-run
	@sh scripts/check_deploy.sh $(PY)

bench: $(VENV)/.test  ## measure the speed and weight of the pages
	@$(PY) -m benchmarks.pages

# Only words that public readers meet: the admin, the registry's forms and e-mails to staff stay in English.
NOT_PUBLIC = $(filter-out community/directory community/newsletter,$(wildcard community/*)) community/newsletter/services community/newsletter/views/officer_forms.py community/newsletter/views/issues.py community/newsletter/views/contacts.py community/newsletter/views/articles.py community/newsletter/views/base.py community/newsletter/states.py community/newsletter/viewsets.py templates/community/newsletter/admin templates/community/outreach/admin $(filter-out surveys/questionnaire/enums.py,$(wildcard surveys/questionnaire/*)) surveys/fieldwork surveys/collection surveys/disclosure surveys/release \
	surveys/demo benchmarks tests frontend var scripts templates/community/moderation templates/community/quality templates/community/register templates/account templates/accounts \
	templates/allauth templates/mfa templates/email templates/style_guide.html site/foundation/accounts site/foundation/audit \
	site/foundation/counts site/foundation/media site/foundation/partnership home/models home/blocks home/management \
	home/search/models.py home/contact/services.py home/contact/built_forms.py home/viewsets.py home/reports.py \
	*/wagtail_hooks.py */models.py home/review templates/home/review/list.html templates/home/review/page.html \
	templates/home/review/closed.html templates/home/review/own templates/home/review/admin
NOT_PUBLIC += $(filter-out surveys/response/selectors.py surveys/response/views,$(wildcard surveys/response/*)) \
	surveys/response/views/first_look.py surveys/response/views/members.py surveys/response/views/managers.py \
	surveys/results/views/schools.py surveys/results/views/subgroups.py $(filter-out surveys/texts/views,$(wildcard surveys/texts/*)) \
	surveys/texts/views/moderators.py surveys/texts/views/safeguarding.py templates/surveys/response/find* \
	templates/surveys/response/response_form.html templates/surveys/response/first_look* templates/surveys/response/parts/of_subgroup.html \
	templates/surveys/results/school_report.html templates/surveys/results/my_* templates/surveys/results/subgroup.html \
	templates/surveys/results/parts/beside.html
messages:  ## collect the words to translate into locale/ (for maintainers; needs gettext)
	@$(PY) manage.py makemessages -l bn -l ar -l so --no-obsolete --no-wrap --add-location file $(foreach path,$(NOT_PUBLIC),--ignore '$(path)')
	@$(PY) manage.py compile_catalogues

bench-release: $(VENV)/.test  ## measure tabulating, protecting and attacking a wave of 100,000
	@$(PY) -m benchmarks.release

bench-directory: $(VENV)/.test  ## measure the register with ten thousand settings
	@$(PY) -m benchmarks.directory

bench-lesson: $(VENV)/.test  ## play a school's lessons against gunicorn (BENCH_DATABASE_URL for PostgreSQL)
	@$(PY) -m benchmarks.lesson

rehearsal: $(VENV)/.test  ## start two servers, worker, proxy, PostgreSQL roles and Redis, and walk through them
	@$(PY) -m scripts.rehearsal

bench-newsletter: $(VENV)/.test  ## measure sending an issue to ten thousand contacts
	@$(PY) -m benchmarks.newsletter

bench-outreach: $(VENV)/.test  ## measure the outreach cockpit with ten thousand settings
	@$(PY) -m benchmarks.outreach

lock:  ## compile the locked requirements from pyproject.toml (for maintainers; needs uv)
	$(LOCK) pyproject.toml -o requirements/base.txt
	$(LOCK) pyproject.toml --group test -o requirements/test.txt
	@mkdir -p var/wagtail80 && sed 's/"wagtail~=[^"]*"/"wagtail==8.0.1"/' pyproject.toml > var/wagtail80/pyproject.toml
	$(LOCK) var/wagtail80/pyproject.toml --group var/wagtail80/pyproject.toml:test -o requirements/wagtail80.txt

fresh-database: $(VENV)/.test  ## make the empty database that a first `make run` starts from (for maintainers)
	@$(PY) scripts/fresh_database.py

clean:  ## remove the environment; the database and uploads in var/ stay
	rm -rf $(VENV)
