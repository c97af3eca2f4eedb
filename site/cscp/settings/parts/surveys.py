"""How long the answers of a survey are kept."""

from .environment import env

# A year, so that the next wave's comparison can still be checked; then `manage.py delete_sealed` (the figures stay).
SURVEYS_KEEP_SEALED_DAYS = env.int("SURVEYS_KEEP_SEALED_DAYS", default=365)
