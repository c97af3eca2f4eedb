"""The site as it is run, with Wagtail's own form submission beside it to compare with."""

from cscp.settings.dev import *  # noqa: F403

ROOT_URLCONF = "benchmarks.lesson_urls"
DEBUG = False
DEMO_MODE = True
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
# Answers write no line for a request; the form that they are compared with shall not pay for its own.
LOG_REQUESTS = False
