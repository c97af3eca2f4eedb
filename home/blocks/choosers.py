"""Choosers that read what was chosen with a question written once: every page with cards or a contact asks it."""

import copy
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from home.selectors.prepared import Prepared

# As much of a page as a card shows and a chooser in the admin names; whatever else is asked of it is read then.
_pages = Prepared(
    lambda keys: Page.objects.filter(pk__in=keys).only(
        "title", "draft_title", "slug", "url_path", "path", "depth", "numchild", "live", "content_type", "locale",
        "translation_key", "alias_of", "latest_revision",
    )
)  # fmt: skip
_helplines = Prepared(
    lambda keys: apps.get_model("partnership", "Helpline")._default_manager.filter(pk__in=keys).order_by()
)


class CardPageBlock(PageChooserBlock):
    """A page of any type."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        return _in_order(values, _pages)


class HelplineBlock(SnippetChooserBlock):
    """A helpline."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        return _in_order(values, _helplines)


def _in_order(values: Sequence[int | None], query: Prepared) -> list[Any]:
    """As Wagtail promises: in the order of the keys, None for what is gone, an object of its own for each place."""
    keys = list({value for value in values if value is not None})
    found = {thing.pk: thing for thing in query.objects(keys=keys)} if keys else {}
    given = set()
    result = []
    for value in values:
        thing = found.get(value)
        result.append(copy.copy(thing) if value in given else thing)
        given.add(value)
    return result


# For migrations they are what they stand for.
DECONSTRUCT_ALIASES = {
    CardPageBlock: "wagtail.blocks.PageChooserBlock",
    HelplineBlock: "wagtail.snippets.blocks.SnippetChooserBlock",
}
