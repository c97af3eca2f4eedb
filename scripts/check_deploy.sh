#!/bin/sh
# Django's deployment check on the production settings, with throw-away values for what the environment must give.
set -eu
export DJANGO_SETTINGS_MODULE=cscp.settings.production
export SECRET_KEY="${SECRET_KEY:-check-only-$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')}"
export AUDIT_KEY="${AUDIT_KEY:-check-only}" SECOND_FACTOR_KEY="${SECOND_FACTOR_KEY:-check-only}"
export ALLOWED_HOSTS="${ALLOWED_HOSTS:-example.org}"
export BASE_URL="${BASE_URL:-https://example.org}"
export DATABASE_URL="${DATABASE_URL:-sqlite:///var/check-deploy.sqlite3}"
export BACKGROUND_WORKER="${BACKGROUND_WORKER:-1}"
export STATIC_ROOT="${STATIC_ROOT:-var/check-static}"
exec "$1" manage.py check --deploy --fail-level WARNING
