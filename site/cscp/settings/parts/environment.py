"""The environment, read once: a `.env` file beside manage.py where there is one, real variables before it."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[4]

env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")


def gettext_noop(words: str) -> str:
    """Marks words for translation. Django's own asks the settings, which are only being read here: when the start then
    fails, a half of them would stay behind, and `manage.py check` would find nothing wrong."""
    return words
