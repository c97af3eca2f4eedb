"""What pages are, and where they may stand."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from home.models import BasePage, HomePage, InformationPage, ResourcePage, WorriedPage, WorriedRoutePage
from home.selectors import pages_due_for_review
from tests.factories.pages import a_home_page, a_page

PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_type_says_where_it_stands_and_what_it_is(model: type[BasePage]):
    assert "parent_page_types" in model.__dict__
    assert "subpage_types" in model.__dict__
    assert model.page_description
    assert model.parent_page_types != []


def test_no_type_may_stand_right_below_the_root_but_the_home_page():
    below_root = [model for model in PAGE_TYPES if Page in model.clean_parent_page_models()]
    assert below_root == [HomePage]


@pytest.mark.django_db
def test_pages_for_the_worried_show_the_exit_button_unless_an_editor_says_no():
    assert WorriedPage(title="x").is_sensitive
    assert WorriedRoutePage(title="x").is_sensitive
    assert not WorriedPage(title="x", is_sensitive=False).is_sensitive
    assert not ResourcePage(title="x").is_sensitive


@pytest.mark.django_db
def test_due_pages_come_longest_overdue_first_and_undated_last(django_assert_num_queries):
    home = a_home_page(review_due=date(2026, 1, 1))
    a_page(InformationPage, under=home, title="Older", review_due=date(2025, 1, 1))
    a_page(InformationPage, under=home, title="Later", review_due=timezone.localdate() + timedelta(days=5))
    a_page(InformationPage, under=home, title="Draft", review_due=date(2025, 1, 1), live=False)
    a_page(InformationPage, under=home, title="Never")
    with django_assert_num_queries(1):
        due = pages_due_for_review(on=date(2026, 6, 1))
    assert [page.title for page in due] == ["Older", "Home", "Never"]
    dated = pages_due_for_review(on=date(2026, 6, 1), include_undated=False)
    assert [page.title for page in dated] == ["Older", "Home"]
