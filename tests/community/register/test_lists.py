"""Choices of the pick-lists, as forms offer them."""

import pytest

from community.models import ListEntry
from community.register.lists import choices_of

pytestmark = pytest.mark.django_db


def test_an_entry_no_longer_offered_stays_where_it_was_chosen(lists):
    ListEntry.objects.filter(code="bn").update(is_active=False)
    assert choices_of(ListEntry.Kind.LANGUAGE) == [("en", "English")]
    assert ("bn", "Bengali") in choices_of(ListEntry.Kind.LANGUAGE, kept=["bn"])


def test_a_code_that_no_list_knows_is_not_lost(lists):
    assert ("xx", "xx") in choices_of(ListEntry.Kind.LANGUAGE, kept=["xx"])
