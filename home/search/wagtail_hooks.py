"""Lets editors add words that mean the same."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Synonym


class SynonymViewSet(SnippetViewSet):
    """Search synonyms, under Snippets."""

    model = Synonym
    icon = "search"
    menu_label = _("Search synonyms")
    list_display = ["words"]


register_snippet(SynonymViewSet)
