"""What the public knows by a name: a topic, a survey, a wave. Its name in other languages stands with it.

The same way as a questionnaire's texts (`Wording`): each translation keeps the English that it was made from, so that one
whose English has changed since can be told. Unlike those it belongs to no version: a name is mended whenever somebody sees to it.
"""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ENGLISH = "en"


class Named(models.Model):
    """Something with a `name` in English."""

    name: Any
    names = models.JSONField(_("name in other languages"), default=dict, db_default={}, blank=True, editable=False)
    """Language -> {"text": the translation, "english": what it was made from}."""

    shown_on_pages = True

    class Meta:
        abstract = True

    @property
    def name_here(self) -> str:
        """The name in the language of the page, in English where there is none."""
        return str(self._translated or self.name)

    @property
    def lang(self) -> str:
        """The language that `name_here` is in."""
        return (get_language() or ENGLISH) if self._translated else ENGLISH

    @property
    def _translated(self) -> str:
        found: str = self.names.get(get_language() or ENGLISH, {}).get("text", "")
        return found
