"""The site as a demonstration runs it, with one trivial view more to compare with."""

from cscp.settings.dev import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
DEBUG = False
LOG_REQUESTS = True
